package org.maestro.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows in aligned columns under a heading. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** A text and how to colour it once it is padded. */
  public record Cell(String text, UnaryOperator<String> colour) {
    public static Cell of(String text) {
      return new Cell(text, UnaryOperator.identity());
    }
  }

  /** Adds a row of as many cells as there are headings. */
  public void row(Cell... cells) {
    row(List.of(cells));
  }

  /** The same. */
  public void row(List<Cell> cells) {
    rows.add(List.copyOf(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, heading first. */
  public List<String> lines(Style style) {
    var widths = new int[headings.size()];
    for (var column = 0; column < widths.length; column++) {
      widths[column] = length(headings.get(column));
      for (var row : rows) {
        widths[column] = Math.max(widths[column], length(clean(row.get(column))));
      }
    }
    var lines = new ArrayList<String>();
    lines.add(line(headings.stream().map(h -> new Cell(h, style::dim)).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static String clean(Cell cell) {
    return Style.harmless(cell.text());
  }

  private static String line(List<Cell> cells, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < cells.size(); column++) {
      var cell = cells.get(column);
      var text = clean(cell);
      line.append(cell.colour().apply(text));
      if (column < cells.size() - 1) {
        line.append(" ".repeat(widths[column] - length(text))).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
