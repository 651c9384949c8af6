package org.maestro.dsl;

import java.util.regex.Pattern;
import org.maestro.model.document.Limit;

/** The rules for ids. */
final class Names {
  @Limit(value = "an id", unit = "characters")
  static final int LONGEST_ID = 128;

  @Limit(value = "a name", unit = "characters")
  static final int LONGEST_NAME = 256;

  @Limit(value = "a description", unit = "characters")
  static final int LONGEST_DESCRIPTION = 16_384;

  private static final Pattern WORKFLOW_ID = Pattern.compile("[_a-zA-Z0-9][.\\-_a-zA-Z0-9]*");
  private static final Pattern STEP_ID = Pattern.compile("[_a-zA-Z][.\\-_a-zA-Z0-9]*");

  private Names() {}

  static void checkWorkflowId(String id, Place place) {
    if (!WORKFLOW_ID.matcher(id).matches()) {
      place.report(
          ProblemCode.NAME,
          "expected a workflow id of letters, digits, _ . and -, starting with a letter, digit or"
              + " _, found "
              + Found.quote(id));
    } else if (id.startsWith("maestro_") || id.endsWith("_maestro")) {
      place.report(
          ProblemCode.NAME,
          "expected a workflow id that neither starts with maestro_ nor ends with _maestro, found "
              + Found.quote(id)
              + "; these belong to the system");
    }
  }

  static void checkStepId(String id, Place place) {
    if (!STEP_ID.matcher(id).matches()) {
      place.report(
          ProblemCode.NAME,
          "expected a step id of letters, digits, _ . and -, starting with a letter or _, found "
              + Found.quote(id));
    } else if (id.contains("__")) {
      place.report(
          ProblemCode.NAME,
          "expected a step id without __, found "
              + Found.quote(id)
              + "; step__param refers to a parameter of a step");
    } else if (id.startsWith("maestro_")) {
      place.report(
          ProblemCode.NAME,
          "expected a step id that doesn't start with maestro_, found "
              + Found.quote(id)
              + "; these belong to the system");
    }
  }
}
