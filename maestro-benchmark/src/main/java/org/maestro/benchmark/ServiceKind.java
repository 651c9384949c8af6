package org.maestro.benchmark;

import java.util.Locale;

/** A service of Maestro. */
enum ServiceKind {
  ENGINE,
  SCHEDULER,
  SIGNAL;

  /** The name of one of its processes. */
  String process(int number) {
    return name().toLowerCase(Locale.ROOT) + "-" + number;
  }
}
