package org.maestro.engine.run;

/** Takes commands that come from outside of any shard, such as a person's. */
public interface RunCommands {

  /**
   * Keeps a command durably and brings it to its run. When this returns, the command will take
   * effect, whatever node fails; perhaps it has already.
   */
  void send(RunCommand command);
}
