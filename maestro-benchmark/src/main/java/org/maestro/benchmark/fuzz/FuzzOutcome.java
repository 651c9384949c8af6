package org.maestro.benchmark.fuzz;

/** What came of one case. */
sealed interface FuzzOutcome {
  /** The text means something. */
  record Good() implements FuzzOutcome {}

  /** It doesn't, and was refused as promised. */
  record Refused() implements FuzzOutcome {}

  record Found(Finding finding) implements FuzzOutcome {}
}
