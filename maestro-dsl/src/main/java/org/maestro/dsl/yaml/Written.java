package org.maestro.dsl.yaml;

/**
 * How a scalar is written: finds the place in the file of a character of its text. Escapes, folded
 * lines and indentation are followed; where the two can't be matched, the answer is the scalar.
 *
 * @param file the whole file
 * @param from where the scalar's first character is, behind quotes or the header of a block
 * @param to where it ends
 * @param quote {@code '"'}, {@code '\''}, or 0 for anything without quotes
 * @param text all of the scalar's text
 * @param shift characters of the text before the part that this is about
 */
record Written(String file, int from, int to, char quote, String text, int shift) {

  Written shifted(int more) {
    return new Written(file, from, to, quote, text, shift + more);
  }

  /** The place of a part of the text. */
  Span span(int start, int end, Span otherwise) {
    var first = place(shift + start);
    if (first < 0) {
      return otherwise;
    }
    var last = end > start ? place(shift + end - 1) : first - 1;
    return new Span(first, last < first ? first : last + 1);
  }

  private record Step(int next, String text) {}

  private int place(int offset) {
    var inFile = from;
    var inText = 0;
    while (inFile < to && inText <= offset) {
      if (isBlankText(inText)) {
        var textEnd = inText;
        while (isBlankText(textEnd)) {
          textEnd++;
        }
        var fileEnd = blanksEnd(inFile);
        if (offset < textEnd) {
          return Math.min(inFile + (offset - inText), Math.max(inFile, fileEnd - 1));
        }
        inFile = fileEnd;
        inText = textEnd;
        continue;
      }
      if (inText >= text.length()) {
        return inFile;
      }
      var step = step(inFile);
      if (step.text.isBlank()) {
        inFile = step.next;
      } else if (!text.startsWith(step.text, inText)) {
        return -1;
      } else if (offset < inText + step.text.length()) {
        return inFile;
      } else {
        inText += step.text.length();
        inFile = step.next;
      }
    }
    return inText >= offset ? Math.max(from, Math.min(inFile, to)) : -1;
  }

  private boolean isBlankText(int index) {
    return index < text.length() && Character.isWhitespace(text.charAt(index));
  }

  private int blanksEnd(int at) {
    var end = at;
    while (end < to) {
      var step = step(end);
      if (!step.text.isBlank()) {
        break;
      }
      end = step.next;
    }
    return end;
  }

  /** What is written at a place of the file, and where the next thing is. */
  private Step step(int at) {
    var c = file.charAt(at);
    if (quote == '\'' && c == '\'') {
      return new Step(at + 2, "'");
    }
    if (quote == '"' && c == '\\' && at + 1 < to) {
      return escape(at);
    }
    if (Character.isHighSurrogate(c) && at + 1 < to) {
      return new Step(at + 2, file.substring(at, at + 2));
    }
    return new Step(at + 1, String.valueOf(c));
  }

  private Step escape(int at) {
    var c = file.charAt(at + 1);
    var digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
      var end = Math.min(to, at + 2 + digits);
      try {
        return new Step(end, Character.toString(Integer.parseInt(file.substring(at + 2, end), 16)));
      } catch (IllegalArgumentException _) {
        return new Step(end, "\uFFFD");
      }
    }
    return new Step(
        at + 2,
        switch (c) {
          case 'n', 't', 'r', 'v', 'f', 'N', '_', 'L', 'P', ' ', '\t', '\n', '\r' -> " ";
          case '0' -> "\0";
          case 'a' -> "\u0007";
          case 'b' -> "\b";
          case 'e' -> "\u001B";
          default -> String.valueOf(c);
        });
  }
}
