package org.maestro.dsl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What kind of problem a document has. The ids are part of the interface and never change. */
public enum ProblemCode {
  SYNTAX("E0101", "the text isn't valid YAML or JSON"),
  TAB("E0102", "a tab where blanks are needed"),
  DUPLICATE_KEY("E0103", "a key twice in one mapping"),
  ALIAS("E0104", "too many aliases, or one inside its own anchor"),
  TAG("E0105", "a tag or merge key, which definitions don't know"),
  LIMIT("E0106", "too large, too deep or too many"),
  CHARACTER("E0107", "a character or encoding that can't be stored"),
  NUMBER("E0108", "something that looks like a number and isn't one in JSON"),
  MISSING("E0201", "a field that has to be there isn't"),
  VALUE("E0202", "a value that its field can't have"),
  UNKNOWN_FIELD("E0203", "a field that nobody knows"),
  INDENTATION("E0204", "fields at the wrong depth"),
  NAME("E0205", "an id or name that isn't allowed"),
  DUPLICATE_ID("E0206", "an id twice"),
  PARAMETER("E0207", "a parameter whose type, mode and value don't fit together"),
  EXPRESSION("E0301", "an expression that can't be compiled"),
  UNKNOWN_NAME("E0302", "a name in an expression or text that will never have a value"),
  SECRET("E0303", "a secret where none can be, or one that is written wrong"),
  EDGE("E0401", "an edge to or from a step that isn't there"),
  CYCLE("E0402", "steps that wait for each other"),
  LOOKS_LIKE_FIELD("W0501", "a parameter that may be a misspelt field"),
  LOOKS_LIKE_TYPE("W0502", "a job template that may be a misspelt step type"),
  LEADING_ZERO("W0503", "a number with a leading zero, which is not kept"),
  NUMBER_FROM_TEXT("W0504", "a number that isn't written as one, and may be meant as text"),
  CLOCK_DIALECT("W0510", "a time trigger that other tools would read otherwise"),
  CANNOT_RUN("W0520", "a step that this installation can't run"),
  NOT_AWAITED("W0521", "a step whose results are read by one that doesn't wait for it"),
  NAME_IN_BRANCH("W0522", "a name without a value, in a part that may never be evaluated"),
  CALLED("W0523", "a workflow that a step can't start as it is"),
  LACKS_PARAM("W0524", "a step in a loop whose parameters don't fit its type"),
  LOOKS_LIKE_SECRET(
      "W0525", "a text that is called like a secret, in a place where many may read it"),
  ALERTING("W0530", "something in alerting that nobody acts on");

  private final String id;
  private final String meaning;

  ProblemCode(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  /** The code of an id; {@code otherwise} if there is none, or it isn't known here. */
  public static ProblemCode of(@Nullable String id, ProblemCode otherwise) {
    return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst().orElse(otherwise);
  }

  /** Such as {@code E0203}; warnings start with W. */
  public String id() {
    return id;
  }

  /** One line for people. */
  public String meaning() {
    return meaning;
  }

  /** Whether a document with it can still be used. */
  public boolean isWarning() {
    return id.startsWith("W");
  }
}
