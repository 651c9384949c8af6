package org.maestro.engine.step.runtime.shell;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.keeper.JobMark;

/** Ends what is left of a job that has outlived whoever kept it. */
final class Remains {
  /** So often are children looked for that were started while their parents were killed. */
  private static final int ROUNDS = 20;

  private Remains() {}

  /** Kills the processes of an attempt: nobody would ever know how it ends. */
  static void end(String uuid, AttemptFolder folder) throws IOException {
    var session = folder.jobSession();
    var mark = JobMark.of(uuid);
    for (var round = 0; round < ROUNDS; round++) {
      var killed = false;
      try (var all = ProcessHandle.allProcesses()) {
        for (var process : all.toList()) {
          var found = LocalProcess.find(process.pid());
          if (found.isPresent() && isOf(found.get(), uuid, mark, session)) {
            killed |= process.destroyForcibly();
          }
        }
      }
      if (!killed) {
        return;
      }
    }
  }

  private static boolean isOf(LocalProcess process, String uuid, long mark, OptionalLong session) {
    return (session.isPresent() && process.session() == session.getAsLong())
        || process.realTimeLimit() == mark
        || process.variable("MAESTRO_ATTEMPT_UUID").equals(Optional.of(uuid));
  }
}
