package org.maestro.engine.step.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.JobRuntimeContract;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolder;

/** The contract, kept by Jobs of a cluster; where a cluster can't, what it does instead. */
class KubernetesContractTest implements JobRuntimeContract {
  @TempDir Path dataDir;
  @TempDir Path shared;
  private KubernetesRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new KubernetesRig(dataDir, shared);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  /** A cluster keeps one log of both streams. */
  @Override
  @Test
  public void aJobThatEndsWellIsReportedWithItsOutputAndItsLogs() throws Exception {
    var reports = new RecordedReports();
    var launch =
        script(
            """
            echo hello
            echo problem >&2
            echo '{"params": {"rows": {"value": 42, "type": "long"}, "name": "a $b"}}' >"$MAESTRO_OUTPUT"
            """);
    runtime(reports).launch(launch);

    assertThat(JobRuntimeContract.results(reports.awaitEnd(launch.attempt())))
        .isEqualTo(Map.of("rows", 42L, "name", "a $b"));
    assertThat(folder(launch).stdout()).hasContent("hello\nproblem");
    assertThat(folder(launch).hasEnded()).isTrue();
  }

  /** A cluster hands over the end of the file alone. */
  @Override
  @Test
  public void outputThatIsTooLongIsRefusedWithItsSize() throws Exception {
    var reports = new RecordedReports();
    var launch = script("yes 0123456789 | head -n 200000 >\"$MAESTRO_OUTPUT\"");
    runtime(reports).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(Kind.USER);
              assertThat(failed.message())
                  .contains("the last 4,096 bytes of $MAESTRO_OUTPUT", "MAESTRO_OUTPUT_START");
            });
  }

  @Override
  public StepRuntime runtime(StepReporter reporter) {
    return rig.runtime(reporter);
  }

  @Override
  public void forget(StepRuntime runtime) {
    ((KubernetesRuntime) runtime).close();
  }

  @Override
  public Launch script(String text) {
    return rig.script(text);
  }

  @Override
  public AttemptFolder folder(Launch launch) {
    return rig.folder(launch);
  }

  @Override
  public Path shared() {
    return shared;
  }

  @Override
  public String token(Launch launch) {
    return rig.token(launch);
  }

  @Override
  public void lose(Launch launch) {
    rig.cluster().lose(JobManifest.nameOf(launch.attempt()));
  }

  @Override
  public long outputLimit() {
    return KubernetesRig.OUTPUT_LIMIT;
  }
}
