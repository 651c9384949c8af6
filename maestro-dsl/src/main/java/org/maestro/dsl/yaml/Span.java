package org.maestro.dsl.yaml;

/** A part of a text, in UTF-16 units: {@code start} included, {@code end} not. */
record Span(int start, int end) {
  Span {
    end = Math.max(start, end);
  }

  /** From the start of this to the end of another. */
  Span to(Span last) {
    return new Span(start, last.end);
  }
}
