package org.maestro.benchmark;

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
  /** An engine is ended and started again as another release, or as this one again. */
  ROLL
}
