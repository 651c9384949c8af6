package org.maestro.engine.step.runtime.shell;

import java.util.function.BiFunction;
import org.maestro.engine.step.runtime.Launch;

/** The environment that every job gets: nothing of the engine's own is in it. */
public enum JobVariable {
  /** Where programs are looked for; what the step gives wins. */
  PATH(false, (_, here) -> here.settings().path()),
  /** The job's own folder, which is its working directory, too; what the step gives wins. */
  HOME(false, (_, here) -> here.folder().workspace().toString()),
  /** The locale; what the step gives wins. */
  LANG(false, (_, here) -> here.settings().lang()),
  /** The workflow. */
  MAESTRO_WORKFLOW_ID(true, (launch, _) -> launch.attempt().workflowId()),
  /** The instance's number. */
  MAESTRO_INSTANCE_ID(true, (launch, _) -> Long.toString(launch.attempt().instanceId())),
  /** The run's number. */
  MAESTRO_RUN_ID(true, (launch, _) -> Long.toString(launch.attempt().runId())),
  /** The step. */
  MAESTRO_STEP_ID(true, (launch, _) -> launch.attempt().stepId()),
  /** Which attempt of the step this is, from 1. */
  MAESTRO_ATTEMPT_ID(true, (launch, _) -> Long.toString(launch.attempt().attemptId())),
  /** An id that no other attempt has. */
  MAESTRO_ATTEMPT_UUID(true, (launch, _) -> launch.attempt().uuid()),
  /** A secret that proves to the engine's API which attempt speaks. */
  MAESTRO_ATTEMPT_TOKEN(true, (_, here) -> here.token()),
  /** The workflow's owner. */
  MAESTRO_OWNER(true, (launch, _) -> launch.owner()),
  /** A file for output parameters, as JSON: {@code {"params": {"rows": 42}}}. */
  MAESTRO_OUTPUT(true, (_, here) -> here.folder().params().toString());

  private final boolean reserved;
  private final BiFunction<Launch, Here, String> value;

  JobVariable(boolean reserved, BiFunction<Launch, Here, String> value) {
    this.reserved = reserved;
    this.value = value;
  }

  /** What a job gets beside what its step says. */
  record Here(ShellSettings settings, AttemptFolder folder, String token) {}

  /** Whether a step can't give it another value. */
  boolean isReserved() {
    return reserved;
  }

  String of(Launch launch, Here here) {
    return value.apply(launch, here);
  }
}
