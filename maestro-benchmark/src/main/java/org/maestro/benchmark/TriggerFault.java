package org.maestro.benchmark;

import java.util.Locale;

/** What is done to an installation while time and signals start workflows. */
enum TriggerFault {
  /** {@code kill -9} of the engine; it is started again at once. */
  ENGINE,
  /** {@code kill -9} of a signal service; it is started again at once. */
  SIGNAL,
  /** {@code kill -9} of a scheduler; it is started again at once. */
  SCHEDULER,
  /** A signal service stands still for a while. */
  SIGNAL_PAUSE,
  /** A scheduler stands still for a while. */
  SCHEDULER_PAUSE,
  /** The message broker stands still for a while, with its connections open. */
  BROKER_PAUSE,
  /** The database server stands still for a while, with its connections open. */
  DATABASE_PAUSE,
  /** The wall clock of a scheduler is set forwards for a while, by up to two hours. */
  CLOCK_FORWARD,
  /** The wall clock of a scheduler is set back for a while. */
  CLOCK_BACK;

  /** As it is written in arguments and reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether services need {@link WallClock}s of their own. */
  boolean isOfClocks() {
    return this == CLOCK_FORWARD || this == CLOCK_BACK;
  }

  /** Whether it needs a process of this kind. */
  boolean isOf(ServiceKind kind) {
    return switch (this) {
      case ENGINE -> kind == ServiceKind.ENGINE;
      case SIGNAL, SIGNAL_PAUSE -> kind == ServiceKind.SIGNAL;
      case SCHEDULER, SCHEDULER_PAUSE, CLOCK_FORWARD, CLOCK_BACK -> kind == ServiceKind.SCHEDULER;
      case BROKER_PAUSE, DATABASE_PAUSE -> false;
    };
  }
}
