package org.maestro.engine.step;

import static org.maestro.engine.step.Decision.ignore;
import static org.maestro.engine.step.Decision.move;

import org.maestro.engine.step.StepEvent.ChildEnded;
import org.maestro.engine.step.StepEvent.EndRequested;
import org.maestro.engine.step.StepEvent.PermitsGranted;
import org.maestro.engine.step.StepEvent.Reported;
import org.maestro.engine.step.StepEvent.Resumed;
import org.maestro.engine.step.StepEvent.SignalsCame;
import org.maestro.engine.step.StepEvent.TimeCame;
import org.maestro.engine.step.StepState.AwaitingPermits;
import org.maestro.engine.step.StepState.AwaitingRetry;
import org.maestro.engine.step.StepState.AwaitingSignals;
import org.maestro.engine.step.StepState.Ending;
import org.maestro.engine.step.StepState.Finished;
import org.maestro.engine.step.StepState.Paused;
import org.maestro.engine.step.StepState.Running;
import org.maestro.engine.step.StepState.Starting;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.instance.StepStatus;
import org.maestro.param.RetryPlan.Kind;

/**
 * The life of a step attempt from its permits on; what comes before (breakpoint, signals, params)
 * is in StepWork. Pure: no clock, no database, no log. The states are drawn in
 * docs/architecture.md.
 */
public final class StepLifecycle {
  private StepLifecycle() {}

  /** How an attempt begins, its parameters evaluated and its permits its own. */
  public static Decision begin(StepPlan plan, long now) {
    var timeoutAt = now + plan.timeoutMillis();
    return switch (plan.type()) {
      case NOOP -> succeed();
      case SLEEP ->
          plan.sleepMillis() <= 0
              ? succeed()
              : move(new Running(timeoutAt, now + plan.sleepMillis()), "", StepEffect.SET_TIMER);
      case HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          SUBWORKFLOW,
          FOREACH,
          WHILE,
          TEMPLATE ->
          move(new Starting(timeoutAt), "", StepEffect.LAUNCH, StepEffect.SET_TIMER);
    };
  }

  /** What an event does to an attempt in a state. */
  public static Decision decide(
      StepState state, StepEvent event, StepPlan plan, RetryCounts retries, long now) {
    return switch (state) {
      case Paused _ -> whenPaused(event);
      case AwaitingSignals _ -> whenAwaitingSignals(event);
      case AwaitingPermits _ -> whenAwaitingPermits(event);
      case Starting starting ->
          whenRunning(starting, new Running(starting.timeoutAt(), null), event, plan, retries, now);
      case Running running -> whenRunning(running, running, event, plan, retries, now);
      case Ending ending -> whenEnding(ending, event, plan, retries, now);
      case AwaitingRetry waiting -> whenAwaitingRetry(waiting, event, now);
      case Finished _ -> ignore("the attempt has ended");
    };
  }

  private static Decision whenPaused(StepEvent event) {
    return switch (event) {
      case Resumed _ -> move(new Paused(), "Resumed from its breakpoint", StepEffect.CONTINUE);
      case EndRequested end -> finish(end.as(), end.because());
      case SignalsCame _, PermitsGranted _, Reported _, ChildEnded _, TimeCame _ ->
          ignore("the attempt stands at a breakpoint");
    };
  }

  private static Decision whenAwaitingSignals(StepEvent event) {
    return switch (event) {
      case SignalsCame _ -> move(new AwaitingSignals(), "", StepEffect.CONTINUE);
      case EndRequested end -> finish(end.as(), end.because());
      case Resumed _, PermitsGranted _, Reported _, ChildEnded _, TimeCame _ ->
          ignore("the attempt waits for signals");
    };
  }

  private static Decision whenAwaitingPermits(StepEvent event) {
    return switch (event) {
      case PermitsGranted _ -> move(new AwaitingPermits(), "", StepEffect.CONTINUE);
      case EndRequested end -> finish(end.as(), end.because());
      case Resumed _, SignalsCame _, Reported _, ChildEnded _, TimeCame _ ->
          ignore("the attempt waits for permits");
    };
  }

  /** Ordered or running: {@code running} is where a start of the job takes it. */
  private static Decision whenRunning(
      StepState current,
      Running running,
      StepEvent event,
      StepPlan plan,
      RetryCounts retries,
      long now) {
    return switch (event) {
      case Reported(StepReport report) ->
          switch (report) {
            case JobStarted _ when current instanceof Starting -> move(running, "");
            case JobStarted _ -> new Decision.Note(report);
            case JobCompleted _ -> succeed();
            case JobFailed failed -> fail(failed.kind(), failed.message(), plan, retries, now);
            case JobTerminated _ ->
                fail(
                    StepReport.Kind.PLATFORM, "The job was ended from outside", plan, retries, now);
          };
      case ChildEnded child ->
          child.as() == StepStatus.FATALLY_FAILED
              ? finish(failedAs(plan), child.message())
              : finish(child.as(), child.message());
      case TimeCame _ when now >= running.timeoutAt() -> timeOut(plan, retries, now);
      case TimeCame _ when running.doneAt() != null && now >= running.doneAt() -> succeed();
      case TimeCame _ ->
          running.wakeAt() == null || now >= running.wakeAt()
              ? ignore("nothing was due")
              : move(current, "", StepEffect.SET_TIMER);
      case EndRequested end when plan.hasJob() ->
          move(new Ending(end.as(), end.because()), end.because(), StepEffect.TERMINATE);
      case EndRequested end -> finish(end.as(), end.because());
      case Resumed _, SignalsCame _, PermitsGranted _ -> ignore("the job has been ordered already");
    };
  }

  private static Decision whenEnding(
      Ending ending, StepEvent event, StepPlan plan, RetryCounts retries, long now) {
    return switch (event) {
      case Reported(JobStarted _) ->
          move(ending, "", StepEffect.TERMINATE); // it started while it was told to end
      case Reported _, ChildEnded _ ->
          ending.as() == StepStatus.TIMEOUT_FAILED
              ? retryTimeout(plan, retries, now)
              : finish(ending.as(), "");
      case EndRequested end when ending.as() == StepStatus.TIMEOUT_FAILED ->
          move(new Ending(end.as(), end.because()), end.because());
      case EndRequested _ -> ignore("the job has been told to end already");
      case Resumed _, SignalsCame _, PermitsGranted _, TimeCame _ ->
          ignore("the job is being ended");
    };
  }

  private static Decision whenAwaitingRetry(AwaitingRetry waiting, StepEvent event, long now) {
    return switch (event) {
      case TimeCame _ ->
          now >= waiting.at()
              ? move(new Finished(waiting.failed()), "", StepEffect.START_NEXT_ATTEMPT)
              : move(waiting, "", StepEffect.SET_TIMER);
      case EndRequested end -> finish(end.as(), end.because());
      case Resumed _, SignalsCame _, PermitsGranted _, Reported _, ChildEnded _ ->
          ignore("the attempt has failed and waits for the next one");
    };
  }

  private static Decision fail(
      StepReport.Kind kind, String message, StepPlan plan, RetryCounts retries, long now) {
    return switch (kind) {
      case USER ->
          plan.retry().allows(Kind.ERROR, retries.error())
              ? retry(
                  StepStatus.USER_FAILED,
                  plan.retry().delayMillis(Kind.ERROR, retries.error()),
                  message,
                  now)
              : finish(failedAs(plan), message);
      case PLATFORM ->
          plan.retry().allows(Kind.PLATFORM, retries.platform())
              ? retry(
                  StepStatus.PLATFORM_FAILED,
                  plan.retry().delayMillis(Kind.PLATFORM, retries.platform()),
                  message,
                  now)
              : finish(failedAs(plan), message);
      case FATAL -> finish(failedAs(plan), message);
    };
  }

  private static Decision timeOut(StepPlan plan, RetryCounts retries, long now) {
    var message = "Timed out after " + plan.timeoutMillis() + " ms";
    return plan.hasJob()
        ? move(new Ending(StepStatus.TIMEOUT_FAILED, message), message, StepEffect.TERMINATE)
        : retryTimeout(plan, retries, now);
  }

  private static Decision retryTimeout(StepPlan plan, RetryCounts retries, long now) {
    var message = "Timed out after " + plan.timeoutMillis() + " ms";
    return plan.retry().allows(Kind.TIMEOUT, retries.timeout())
        ? retry(
            StepStatus.TIMEOUT_FAILED,
            plan.retry().delayMillis(Kind.TIMEOUT, retries.timeout()),
            message,
            now)
        : finish(StepStatus.TIMED_OUT, message);
  }

  private static Decision retry(StepStatus failed, long delayMillis, String message, long now) {
    return delayMillis <= 0
        ? move(new Finished(failed), message, StepEffect.START_NEXT_ATTEMPT)
        : move(new AwaitingRetry(failed, now + delayMillis), message, StepEffect.SET_TIMER);
  }

  private static Decision succeed() {
    return finish(StepStatus.SUCCEEDED, "");
  }

  private static Decision finish(StepStatus as, String message) {
    return move(new Finished(as), message, StepEffect.ADVANCE_RUN);
  }

  /** What a failure for good is called, given the step's failure mode. */
  public static StepStatus failedAs(StepPlan plan) {
    return plan.failureMode() == FailureMode.IGNORE_FAILURE
        ? StepStatus.COMPLETED_WITH_ERROR
        : StepStatus.FATALLY_FAILED;
  }
}
