package org.maestro.benchmark;

import java.util.Locale;

/** What a campaign does to an installation. */
enum FaultKind {
  /** {@code kill -9} of an engine; it is started again at once on the same folder. */
  ENGINE,
  /** {@code kill -9} of the message broker. */
  KAFKA,
  /** {@code kill -9} of the database server with all its processes. */
  POSTGRES,
  /** An engine stands still until others have taken over its shards, and then goes on. */
  PAUSE,
  /** {@code kill -9} of the message broker, and of an engine while the broker is away. */
  BROKER_AND_ENGINE,
  /** {@code kill -9} of everything within moments; then everything is started again. */
  BLACKOUT,
  /** The message broker stands still with its connections open, as behind a network that is cut. */
  BROKER_PAUSE,
  /** The database server stands still with its connections open. */
  DATABASE_PAUSE,
  /** Hundreds of connections that send a byte of a header now and then. */
  CROWD,
  /** Starts whose expressions take as long as they may. */
  HEAVY,
  /** Starts of a run whose steps are as large as they may be. */
  LARGE,
  /** Hundreds of clients who read lists as large as there are, and who follow what a job prints. */
  READERS,
  /** Slow clients, readers, and starts that take long, all at the same time. */
  UNRULY,
  /** An engine's connections to the database let nothing pass any more, and later do again. */
  PARTITION_DATABASE,
  /** An engine's connections to the broker do so. */
  PARTITION_BROKER,
  /** An engine's connections to both do so. */
  PARTITION,
  /** The disk of the database and of the broker is full for a while. */
  DISK_FULL,
  /** An engine is ended and started again as another release, or as this one again. */
  ROLL,
  /** The wall clock of an engine is set forwards, and later back to the right time. */
  CLOCK_FORWARD,
  /** The wall clock of an engine is set back, and later forwards to the right time. */
  CLOCK_BACK;

  /** As it is written in arguments and reports. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether somebody else has to be there who takes over. */
  boolean needsTwoEngines() {
    return this == PAUSE || isPartition();
  }

  /** Whether engines need {@link WallClock}s of their own. */
  boolean isOfClocks() {
    return this == CLOCK_FORWARD || this == CLOCK_BACK;
  }

  /** Whether engines need {@link Cable}s that can be cut. */
  boolean isPartition() {
    return this == PARTITION_DATABASE || this == PARTITION_BROKER || this == PARTITION;
  }
}
