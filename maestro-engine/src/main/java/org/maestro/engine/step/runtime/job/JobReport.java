package org.maestro.engine.step.runtime.job;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.job.AttemptFolder.ExitStatus;
import org.maestro.engine.step.runtime.job.OutputDocument.InvalidOutputException;

/** What is reported of a job that has ended with an exit status, wherever it ran. */
public final class JobReport {
  private JobReport() {}

  /** What it handed back; not asked for if it was told to end. */
  public interface Output {
    OutputDocument read() throws IOException;
  }

  /** What its failure was; asked for of failures alone. */
  public interface Words {
    String read() throws IOException;
  }

  /**
   * Its report.
   *
   * @param kind the name of the artifact that tells of the job, such as {@code maestro_docker}
   * @param job what that says beside the exit
   */
  public static StepReport of(
      ExitStatus exit,
      boolean isStopping,
      String kind,
      Map<String, Object> job,
      Output output,
      Words words)
      throws IOException {
    if (JobEnd.of(exit, isStopping, OutputDocument.EMPTY) == JobEnd.STOPPED) {
      return new JobTerminated();
    }
    var own = new LinkedHashMap<>(job);
    own.put("exit_code", exit.code());
    if (exit.wasOutOfMemory()) {
      own.put("out_of_memory", true);
    }
    var artifacts = new LinkedHashMap<String, Object>();
    try {
      var found = output.read();
      artifacts.putAll(found.artifacts());
      artifacts.put(kind, own);
      var end = JobEnd.of(exit, false, found);
      return end == JobEnd.SUCCEEDED
          ? new JobCompleted(found.params(), artifacts)
          : new JobFailed(end.kind(), words.read(), artifacts);
    } catch (InvalidOutputException e) {
      artifacts.put(kind, own);
      var message = String.valueOf(e.getMessage());
      return new JobFailed(
          JobEnd.FAILED.kind(),
          exit.code() == 0 ? message : words.read() + "\n" + message,
          artifacts);
    }
  }
}
