package org.maestro.engine.run;

/** Takes messages that are in the outbox out of this node, in order; never blocks. */
public interface WayOut {
  /** Takes a row that is read when its turn comes. */
  void send(String outboxId);

  /** As {@link #send(String)}, without reading again what a turn has just written. */
  void send(String outboxId, TurnNews news);

  /** As {@link #send(String)}, without reading again a command that has just been written. */
  void send(String outboxId, int shard, RunCommand command);

  /** Whether a row is on its way already. */
  boolean isWaiting(String outboxId);

  /** Whether everything that was handed over so far has left. */
  boolean isIdle();
}
