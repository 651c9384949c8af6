package org.maestro.engine.instance;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;

/** What may be asked of a run or a step in each status. */
public final class InstanceActions {
  private static final Map<RunStatus, List<String>> OF_RUNS = new EnumMap<>(RunStatus.class);
  private static final Map<StepStatus, List<String>> OF_STEPS = new EnumMap<>(StepStatus.class);

  static {
    for (var status : RunStatus.values()) {
      OF_RUNS.put(status, of(status));
    }
    for (var status : StepStatus.values()) {
      OF_STEPS.put(status, of(status));
    }
  }

  private InstanceActions() {}

  public static Map<RunStatus, List<String>> ofRuns() {
    return Map.copyOf(OF_RUNS);
  }

  public static Map<StepStatus, List<String>> ofSteps() {
    return Map.copyOf(OF_STEPS);
  }

  private static List<String> of(RunStatus status) {
    return switch (status) {
      case CREATED, IN_PROGRESS, PAUSED -> List.of("STOP", "KILL");
      case TIMED_OUT, STOPPED, SUCCEEDED -> List.of("RESTART");
      case FAILED -> List.of("RESTART", "UNBLOCK");
    };
  }

  private static List<String> of(StepStatus status) {
    return switch (status) {
      case NOT_CREATED -> List.of();
      case CREATED -> List.of("PAUSE", "STOP", "KILL");
      case INITIALIZED -> List.of("PAUSE", "STOP", "KILL", "SKIP");
      case PAUSED -> List.of("RESUME", "STOP", "KILL", "SKIP");
      case WAITING_FOR_SIGNALS -> List.of("STOP", "KILL", "SKIP", "BYPASS_STEP_DEPENDENCIES");
      case EVALUATING_PARAMS,
          WAITING_FOR_PERMITS,
          STARTING,
          RUNNING,
          FINISHING,
          USER_FAILED,
          PLATFORM_FAILED,
          TIMEOUT_FAILED ->
          List.of("STOP", "KILL", "SKIP");
      case DISABLED, UNSATISFIED -> List.of("RESTART");
      case SKIPPED,
          SUCCEEDED,
          COMPLETED_WITH_ERROR,
          FATALLY_FAILED,
          INTERNALLY_FAILED,
          STOPPED,
          TIMED_OUT ->
          List.of("RESTART", "SKIP");
    };
  }
}
