package org.maestro.engine.run;

/** The way to a run from outside of its shard. */
public interface RunCommands {

  /**
   * Keeps the command and sends it on its way. Once this returns it will take effect, whatever
   * crashes.
   */
  void send(RunCommand command);

  /** As {@link #send}, for a command that recovery would find again by itself. */
  void tell(RunCommand command);
}
