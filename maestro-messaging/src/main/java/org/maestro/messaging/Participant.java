package org.maestro.messaging;

/** One of those who share the messages of a topic, each of which goes to one of them. */
public interface Participant {

  /**
   * Leaves what it has to others, until {@link #takePart}: for a node that can't do its work
   * although it reaches the brokers. Returns at once; any thread may call it, more than once.
   */
  void standAside();

  /** Undoes {@link #standAside}. */
  void takePart();
}
