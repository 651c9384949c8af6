package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.List;

/** A text with its file name and where its lines start. A line ends with LF, CR LF or CR. */
final class SourceText {
  private final String file;
  private final String text;
  private final List<Integer> starts = new ArrayList<>();

  /** The offset of each code point; empty if each is one unit. */
  private final int[] offsets;

  SourceText(String file, String text) {
    this.file = file;
    this.text = text;
    this.offsets = offsets(text);
    starts.add(0);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        starts.add(i + 1);
      }
    }
  }

  private static int[] offsets(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return new int[0];
    }
    var offsets = new int[text.codePointCount(0, text.length()) + 1];
    var at = 0;
    for (var i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }
    return offsets;
  }

  /** The offset behind a number of code points, which is what SnakeYAML counts. */
  int offset(int codePoints) {
    if (offsets.length == 0) {
      return Math.min(codePoints, text.length());
    }
    return offsets[Math.min(codePoints, offsets.length - 1)];
  }

  /** How many lines there are; a line break at the end begins one more. */
  int lines() {
    return starts.size();
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
