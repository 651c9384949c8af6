package org.maestro.benchmark.fuzz;

/** What reads people's text. */
enum FuzzTarget {
  EXPRESSION,
  YAML,
  JSON
}
