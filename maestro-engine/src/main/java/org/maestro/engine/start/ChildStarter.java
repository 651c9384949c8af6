package org.maestro.engine.start;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.model.param.ParamSource;
import org.maestro.service.problem.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the runs that steps wait for. The request id comes from the attempt, so however often it
 * is tried there is one child. What the child's workflow refuses fails the step; broken
 * infrastructure is tried again until it works or the shard has moved on; {@link #delayOf} says why
 * meanwhile.
 */
public final class ChildStarter implements Consumer<Effect.StartChild> {
  private static final Logger log = LoggerFactory.getLogger(ChildStarter.class);

  private final StartService starts;
  private final RestartService restarts;
  private final RunCommands commands;
  private final Retry retry;

  /** Why starts that were tried have not worked yet. */
  private final Map<Asked, String> delays = new ConcurrentHashMap<>();

  private record Asked(RunKey parent, String stepId, long attemptId) {}

  /** Runs something again a little later. */
  public interface Retry {
    void later(Runnable task);
  }

  public ChildStarter(
      StartService starts, RestartService restarts, RunCommands commands, Retry retry) {
    this.starts = starts;
    this.restarts = restarts;
    this.commands = commands;
    this.retry = retry;
  }

  @Override
  public void accept(Effect.StartChild start) {
    var asked = new Asked(start.parent(), start.stepId(), start.attemptId());
    try {
      var accepted = start(start);
      delays.remove(asked);
      commands.tell(
          new RunCommand.ChildStarted(
              start.parent(),
              start.stepId(),
              start.attemptId(),
              accepted.run(),
              accepted.uuid(),
              accepted.versionId(),
              start.sync(),
              null));
      if (start.sync() && accepted.status().isTerminal()) {
        commands.tell(
            new RunCommand.ChildEnded(
                start.parent(),
                start.stepId(),
                start.attemptId(),
                accepted.run(),
                accepted.status(),
                null));
      }
    } catch (ApiException e) {
      delays.remove(asked);
      commands.tell(
          new RunCommand.ChildStarted(
              start.parent(),
              start.stepId(),
              start.attemptId(),
              null,
              null,
              0,
              start.sync(),
              e.detail()));
    } catch (RuntimeException e) {
      if (delays.put(asked, e.toString()) == null) {
        log.warn(
            "Step {} of {} can't start workflow {}, trying again: {}",
            start.stepId(),
            start.parent(),
            start.workflowId(),
            e.toString());
      }
      retry.later(() -> accept(start));
    }
  }

  /** Why this attempt's run has not been started yet, if that has been tried here. */
  public Optional<String> delayOf(RunKey parent, String stepId, long attemptId) {
    return Optional.ofNullable(delays.get(new Asked(parent, stepId, attemptId)));
  }

  private Accepted start(Effect.StartChild start) {
    var again = start.restartInstance();
    if (again != null) {
      return restarts.restartChild(
          start.workflowId(),
          again,
          start.requestId(),
          start.restartPolicy(),
          start.restartPath(),
          start.params(),
          start.initiator(),
          start.owner());
    }
    return starts.startFor(start.owner(), wanted(start));
  }

  /** The start of a run that has none before it. */
  static StartService.Wanted wanted(Effect.StartChild start) {
    var plain = StartRequest.PLAIN;
    var request =
        new StartRequest(
            start.requestId(),
            null,
            List.of(),
            start.params(),
            Map.of(),
            Map.of(),
            false,
            null,
            null,
            null,
            plain.skipSteps(),
            plain.startSteps(),
            plain.endSteps());
    return new StartService.Wanted(
        start.workflowId(),
        VersionSelector.of(start.version()),
        start.requestId(),
        start.initiator(),
        request,
        ParamSource.SUBWORKFLOW,
        start.correlationId(),
        start.instanceStepConcurrency());
  }
}
