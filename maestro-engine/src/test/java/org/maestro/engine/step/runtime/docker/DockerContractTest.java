package org.maestro.engine.step.runtime.docker;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.TestPodman;
import org.maestro.engine.step.runtime.JobRuntimeContract;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolder;

/** The contract, kept by containers. */
class DockerContractTest implements JobRuntimeContract {
  @TempDir Path dataDir;
  @TempDir Path shared;
  private DockerRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new DockerRig(TestPodman.get(), dataDir, shared);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  @Override
  public StepRuntime runtime(StepReporter reporter) {
    return rig.runtime(reporter);
  }

  @Override
  public void forget(StepRuntime runtime) {
    ((DockerRuntime) runtime).close();
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
    rig.podman().podman("rm", "--force", "--time=0", ContainerPlan.nameOf(launch.attempt()));
  }

  @Override
  public long outputLimit() {
    return DockerRig.OUTPUT_LIMIT;
  }
}
