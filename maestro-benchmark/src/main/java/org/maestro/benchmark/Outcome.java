package org.maestro.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * What came of a fault. All times in epoch milliseconds.
 *
 * @param what in words
 * @param at when it was done
 * @param upAt when what was hit served again
 * @param progressAt when a run that ended after that was first seen
 * @param notes what else was measured
 * @param violations what must not have happened meanwhile
 */
record Outcome(
    Fault fault,
    String what,
    long at,
    long upAt,
    long progressAt,
    List<String> notes,
    List<String> violations) {

  Outcome {
    notes = List.copyOf(notes);
    violations = List.copyOf(violations);
  }

  double secondsUntilUp() {
    return (upAt - at) / 1000.0;
  }

  double secondsUntilProgress() {
    return (progressAt - upAt) / 1000.0;
  }

  String line() {
    var notesText = notes.isEmpty() ? "" : "; " + String.join("; ", notes);
    return String.format(
        Locale.ROOT,
        "fault %2d  %-26s back after %5.1f s, first run ended %5.2f s later%s",
        fault.number(),
        what,
        secondsUntilUp(),
        secondsUntilProgress(),
        notesText);
  }
}
