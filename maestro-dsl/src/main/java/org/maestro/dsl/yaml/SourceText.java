package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.List;

/** A text with its file name and where its lines start. A line ends with LF, CR LF or CR. */
final class SourceText {
  private final String file;
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    starts.add(0);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        starts.add(i + 1);
      }
    }
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  /** The line of an offset, from 1. */
  int line(int offset) {
    var low = 0;
    var high = starts.size() - 1;
    while (low < high) {
      var middle = (low + high + 1) / 2;
      if (starts.get(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  /** The column of an offset, from 1, in UTF-16 units. */
  int column(int offset) {
    return offset - starts.get(line(offset) - 1) + 1;
  }

  /** The offset of the first character of a line, from 1. */
  int start(int line) {
    return starts.get(line - 1);
  }

  /** A line without its end. */
  String lineText(int line) {
    var from = start(line);
    var to = line < starts.size() ? starts.get(line) : text.length();
    while (to > from && (text.charAt(to - 1) == '\n' || text.charAt(to - 1) == '\r')) {
      to--;
    }
    return text.substring(from, to);
  }

  /** The same place, cut at the end of its first line. */
  Span firstLine(Span span) {
    var line = line(span.start());
    var end = start(line) + lineText(line).stripTrailing().length();
    return new Span(span.start(), Math.min(span.end(), Math.max(end, span.start())));
  }
}
