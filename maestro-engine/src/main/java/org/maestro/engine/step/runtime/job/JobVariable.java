package org.maestro.engine.step.runtime.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;

/** The environment that every job gets: nothing of the engine's own is in it. */
public enum JobVariable {
  /** Where programs are looked for; what the step gives wins. */
  PATH(false),
  /** The job's own folder, which is its working directory, too; what the step gives wins. */
  HOME(false),
  /** The locale; what the step gives wins. */
  LANG(false),
  /** The workflow. */
  MAESTRO_WORKFLOW_ID(true),
  /** The instance's number. */
  MAESTRO_INSTANCE_ID(true),
  /** The run's number. */
  MAESTRO_RUN_ID(true),
  /** The step. */
  MAESTRO_STEP_ID(true),
  /** Which attempt of the step this is, from 1. */
  MAESTRO_ATTEMPT_ID(true),
  /**
   * A number that grows with every attempt of this step in this instance: what remembers the
   * largest it has seen can refuse an attempt that was replaced and doesn't know it.
   */
  MAESTRO_ATTEMPT_FENCE(true),
  /** An id that no other attempt has. */
  MAESTRO_ATTEMPT_UUID(true),
  /** A secret that proves to the engine's API which attempt speaks. */
  MAESTRO_ATTEMPT_TOKEN(true),
  /** The workflow's owner. */
  MAESTRO_OWNER(true),
  /** A file for output parameters: a JSON object whose {@code params} are values by name. */
  MAESTRO_OUTPUT(true);

  private static final long ATTEMPTS_OF_A_RUN = 1_000_000;

  private final boolean reserved;

  JobVariable(boolean reserved) {
    this.reserved = reserved;
  }

  /** What a job gets beside what its step says: {@code output} is a file as the job sees it. */
  public record Here(
      @Nullable String path, String home, @Nullable String lang, String output, String token) {}

  /** The whole environment: what the step gives wins, but not over the reserved ones. */
  public static Map<String, String> environment(
      Launch launch, Here here, Map<String, String> given) {
    var all = new LinkedHashMap<String, String>();
    put(all, false, launch, here);
    all.putAll(given);
    put(all, true, launch, here);
    return all;
  }

  private static void put(Map<String, String> all, boolean reserved, Launch launch, Here here) {
    for (var variable : values()) {
      if (variable.reserved == reserved) {
        var value = variable.of(launch, here);
        if (value != null) { // else what the image says
          all.put(variable.name(), value);
        }
      }
    }
  }

  private @Nullable String of(Launch launch, Here here) {
    return switch (this) {
      case PATH -> here.path();
      case HOME -> here.home();
      case LANG -> here.lang();
      case MAESTRO_WORKFLOW_ID -> launch.attempt().workflowId();
      case MAESTRO_INSTANCE_ID -> Long.toString(launch.attempt().instanceId());
      case MAESTRO_RUN_ID -> Long.toString(launch.attempt().runId());
      case MAESTRO_STEP_ID -> launch.attempt().stepId();
      case MAESTRO_ATTEMPT_ID -> Long.toString(launch.attempt().attemptId());
      case MAESTRO_ATTEMPT_FENCE -> fence(launch.attempt());
      case MAESTRO_ATTEMPT_UUID -> launch.attempt().uuid();
      case MAESTRO_ATTEMPT_TOKEN -> here.token();
      case MAESTRO_OWNER -> launch.owner();
      case MAESTRO_OUTPUT -> here.output();
    };
  }

  /** Attempts are counted from 1 in every run, runs from 1 in an instance. */
  private static String fence(AttemptRef attempt) {
    return Long.toString(attempt.runId() * ATTEMPTS_OF_A_RUN + attempt.attemptId());
  }
}
