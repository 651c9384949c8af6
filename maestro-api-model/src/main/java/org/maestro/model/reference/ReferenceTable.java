package org.maestro.model.reference;

import java.util.List;

/**
 * Parts of a thing, such as the parameters of a step type.
 *
 * @param title what they are
 * @param columns headings
 * @param rows a cell per heading
 */
public record ReferenceTable(String title, List<String> columns, List<List<String>> rows) {
  public ReferenceTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
