package org.maestro.dsl;

import org.jspecify.annotations.Nullable;

/** A spot in the document: knows its RFC 6901 pointer and takes the problems found there. */
final class Place {
  private final Problems problems;
  private final @Nullable Place parent;

  /** The key or index below the parent; for a root the whole pointer. */
  private final String token;

  private Place(Problems problems, @Nullable Place parent, String token) {
    this.problems = problems;
    this.parent = parent;
    this.token = token;
  }

  static Place root(Problems problems, String pointer) {
    return new Place(problems, null, pointer);
  }

  Place child(String name) {
    return new Place(problems, this, name);
  }

  Place child(int index) {
    return child(Integer.toString(index));
  }

  void report(String message) {
    report(message, null);
  }

  void report(String message, @Nullable String suggestion) {
    report(ProblemCode.VALUE, message, suggestion);
  }

  void report(ProblemCode code, String message) {
    report(code, message, null);
  }

  void report(ProblemCode code, String message, @Nullable String suggestion) {
    problems.add(new Finding(code, pointer(), message, suggestion, -1), message);
  }

  /**
   * Reports a problem inside the text at this place.
   *
   * @param withPlace the message with the place in words
   * @param offset characters before it; -1 if unknown
   */
  void reportInside(ProblemCode code, String message, String withPlace, int offset) {
    problems.add(new Finding(code, pointer(), message, null, offset), withPlace);
  }

  /** Pointers are built on demand: a good document needs none. */
  String pointer() {
    return parent == null
        ? token
        : parent.pointer() + "/" + token.replace("~", "~0").replace("/", "~1");
  }
}
