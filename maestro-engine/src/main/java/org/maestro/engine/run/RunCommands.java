package org.maestro.engine.run;

import java.util.List;

/** The way to a run from outside of its shard. */
public interface RunCommands {

  /**
   * Keeps the command and sends it on its way. Once this returns it will take effect, whatever
   * crashes.
   */
  void send(RunCommand command);

  /** As {@link #send}, for a command that recovery would find again by itself. */
  void tell(RunCommand command);

  /**
   * Makes commands part of the transaction that is running, in as few statements as there can be:
   * those that are sent are kept with it, and of those that are told the ones whose runs are
   * elsewhere.
   *
   * @return lets them go on their way; to be called once the transaction has committed
   */
  Runnable within(List<RunCommand> sent, List<RunCommand> told);

  /**
   * Has runs begin that the transaction that is running inserts: as {@link #within} with a {@link
   * RunCommand.StartRun} for each, except that a run whose shard is here may be handed over as it
   * is instead of being read back.
   *
   * @param begin as they are inserted; first runs, without attempts
   */
  default Runnable beginning(List<RunCommand> sent, List<RunRow> begin) {
    return within(
        sent, begin.stream().<RunCommand>map(row -> new RunCommand.StartRun(row.key())).toList());
  }
}
