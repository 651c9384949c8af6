package org.maestro.engine.step;

import static org.maestro.engine.step.Decision.ignore;
import static org.maestro.engine.step.Decision.move;

import java.util.List;
import java.util.function.Supplier;
import org.maestro.engine.step.StepEffect.AdvanceRun;
import org.maestro.engine.step.StepEffect.AskPermits;
import org.maestro.engine.step.StepEffect.AskPermitsAgain;
import org.maestro.engine.step.StepEffect.AskSignals;
import org.maestro.engine.step.StepEffect.Attach;
import org.maestro.engine.step.StepEffect.CheckBreakpoint;
import org.maestro.engine.step.StepEffect.Conclude;
import org.maestro.engine.step.StepEffect.Evaluate;
import org.maestro.engine.step.StepEffect.ForgetSignals;
import org.maestro.engine.step.StepEffect.Launch;
import org.maestro.engine.step.StepEffect.NextAttempt;
import org.maestro.engine.step.StepEffect.ReleasePermits;
import org.maestro.engine.step.StepEffect.RestorePermits;
import org.maestro.engine.step.StepEffect.SetTimer;
import org.maestro.engine.step.StepEffect.Terminate;
import org.maestro.engine.step.StepEvent.ChildEnded;
import org.maestro.engine.step.StepEvent.Concluded;
import org.maestro.engine.step.StepEvent.Due;
import org.maestro.engine.step.StepEvent.EndRequested;
import org.maestro.engine.step.StepEvent.Evaluated;
import org.maestro.engine.step.StepEvent.NotEvaluable;
import org.maestro.engine.step.StepEvent.PermitsGranted;
import org.maestro.engine.step.StepEvent.Recovered;
import org.maestro.engine.step.StepEvent.Reminded;
import org.maestro.engine.step.StepEvent.Reported;
import org.maestro.engine.step.StepEvent.Resumed;
import org.maestro.engine.step.StepEvent.SignalsCame;
import org.maestro.engine.step.StepEvent.TimeCame;
import org.maestro.engine.step.StepEvent.Unreached;
import org.maestro.engine.step.StepState.AwaitingPermits;
import org.maestro.engine.step.StepState.AwaitingRetry;
import org.maestro.engine.step.StepState.AwaitingSignals;
import org.maestro.engine.step.StepState.Created;
import org.maestro.engine.step.StepState.Ending;
import org.maestro.engine.step.StepState.Evaluating;
import org.maestro.engine.step.StepState.Finished;
import org.maestro.engine.step.StepState.Finishing;
import org.maestro.engine.step.StepState.Paused;
import org.maestro.engine.step.StepState.Running;
import org.maestro.engine.step.StepState.Starting;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.instance.StepStatus;
import org.maestro.param.RetryPlan.Kind;

/**
 * The whole life of a step attempt, from its turn in the DAG to its end: what each event does in
 * each state. Pure: no clock, no database, no log. The states are drawn in docs/architecture.md.
 */
public final class StepLifecycle {
  /**
   * Milliseconds that whoever has been told to end is waited for before it is told again: it may be
   * gone, or may not have heard.
   */
  static final long TELL_AGAIN = 10_000;

  private StepLifecycle() {}

  /**
   * What an event does to an attempt in a state.
   *
   * @param plan asked for only once the attempt's params are evaluated, and with them the plan
   * @param now in epoch milliseconds
   */
  public static Decision decide(
      StepState state, StepEvent event, Supplier<StepPlan> plan, RetryCounts retries, long now) {
    return switch (state) {
      case Created _ -> whenCreated(event);
      case Paused _ -> whenPaused(event);
      case AwaitingSignals _ -> whenAwaitingSignals(event);
      case Evaluating _ -> whenEvaluating(event);
      case AwaitingPermits _ -> whenAwaitingPermits(event, plan, now);
      case Starting starting ->
          whenRunning(
              starting, new Running(starting.timeoutAt(), null), event, plan.get(), retries, now);
      case Running running -> whenRunning(running, running, event, plan.get(), retries, now);
      case Ending ending -> whenEnding(ending, event, plan.get(), retries, now);
      case AwaitingRetry waiting -> whenAwaitingRetry(waiting, event, retries, now);
      case Finishing finishing -> whenFinishing(finishing, event);
      case Finished _ -> ignore("the attempt has ended");
    };
  }

  // ------------------------------------------------------------------ before it runs

  private static Decision whenCreated(StepEvent event) {
    return switch (event) {
      case Due due when due.skipped() -> finish(StepStatus.SKIPPED).saying("Skipped on request");
      case Due due when due.atBreakpoint() ->
          move(new Paused(), new CheckBreakpoint()).saying("Paused at a breakpoint");
      case Due _ -> move(new AwaitingSignals(), new AskSignals());
      case Unreached _ -> move(new Finished(StepStatus.UNSATISFIED));
      case Resumed _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          Concluded _,
          TimeCame _,
          Recovered _,
          Reminded _,
          EndRequested _ ->
          ignore("the attempt has not begun");
    };
  }

  private static Decision whenPaused(StepEvent event) {
    return switch (event) {
      case Resumed _ ->
          move(new AwaitingSignals(), new AskSignals()).saying("Resumed from its breakpoint");
      case EndRequested end -> finish(end.as()).warning(end.because());
      case Due _,
          Unreached _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          Concluded _,
          TimeCame _,
          Recovered _,
          Reminded _ ->
          ignore("the attempt stands at a breakpoint");
    };
  }

  private static Decision whenAwaitingSignals(StepEvent event) {
    return switch (event) {
      case SignalsCame _ -> move(new Evaluating(), new Evaluate());
      case NotEvaluable _ -> end(StepStatus.INTERNALLY_FAILED);
      case EndRequested end -> finish(end.as(), new ForgetSignals()).warning(end.because());
      // Whoever has not been told yet what it waits for is told by the outbox.
      case Recovered _,
          Due _,
          Unreached _,
          Resumed _,
          Evaluated _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          Concluded _,
          TimeCame _,
          Reminded _ ->
          ignore("the attempt waits for signals");
    };
  }

  private static Decision whenEvaluating(StepEvent event) {
    return switch (event) {
      case Evaluated _ -> move(new AwaitingPermits(), new AskPermits());
      case NotEvaluable _ -> end(StepStatus.INTERNALLY_FAILED);
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          Concluded _,
          TimeCame _,
          Recovered _,
          Reminded _,
          EndRequested _ ->
          ignore("the attempt's params are being evaluated");
    };
  }

  private static Decision whenAwaitingPermits(StepEvent event, Supplier<StepPlan> plan, long now) {
    return switch (event) {
      case PermitsGranted _ -> begin(plan.get(), now);
      case EndRequested end -> finish(end.as()).warning(end.because());
      case Recovered _ -> act(new AskPermitsAgain());
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          Reported _,
          ChildEnded _,
          Concluded _,
          TimeCame _,
          Reminded _ ->
          ignore("the attempt waits for permits");
    };
  }

  private static Decision begin(StepPlan plan, long now) {
    var timeoutAt = now + plan.timeoutMillis();
    return switch (plan.type()) {
      case NOOP -> succeed();
      case SLEEP -> {
        var running = new Running(timeoutAt, now + plan.sleepMillis());
        yield plan.sleepMillis() <= 0 ? succeed() : move(running, new SetTimer(running.wakeAt()));
      }
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
          move(new Starting(timeoutAt), new Launch(), new SetTimer(timeoutAt));
    };
  }

  // ------------------------------------------------------------------ while it runs

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
            case JobStarted _ when current instanceof Starting -> move(running);
            case JobStarted _, JobProgressed _ -> new Decision.Note();
            case JobCompleted _ -> succeed();
            case JobFailed failed -> fail(failed.kind(), failed.message(), plan, retries, now);
            case JobTerminated _ ->
                fail(
                    StepReport.Kind.PLATFORM, "The job was ended from outside", plan, retries, now);
          };
      case ChildEnded(StepStatus as, String message) when as == StepStatus.FATALLY_FAILED ->
          finish(failedAs(plan.failureMode())).warning(message);
      case ChildEnded(StepStatus as, String message) -> finish(as).warning(message);
      case TimeCame _ when now >= running.timeoutAt() -> timeOut(plan, retries, now);
      case TimeCame _ when running.doneAt() != null && now >= running.doneAt() -> succeed();
      case TimeCame _ when now < running.wakeAt() -> move(current, new SetTimer(running.wakeAt()));
      case TimeCame _ -> ignore("nothing was due");
      case EndRequested end when plan.hasJob() ->
          new Decision.Move(
              new Ending(end.as(), end.because()), tellToEnd(plan, now), end.because(), true);
      case EndRequested end -> finish(end.as()).warning(end.because());
      case Recovered _ ->
          act(new RestorePermits(), new SetTimer(running.wakeAt()), new Attach(false));
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          PermitsGranted _,
          Concluded _,
          Reminded _ ->
          ignore("the job has been ordered already");
    };
  }

  private static Decision whenEnding(
      Ending ending, StepEvent event, StepPlan plan, RetryCounts retries, long now) {
    return switch (event) {
      case Reported(JobStarted _) -> // it started while it was told to end
          new Decision.Move(ending, tellToEnd(plan, now), "", false);
      case Reported(JobProgressed _) -> new Decision.Note();
      case Reported _, ChildEnded _ ->
          ending.as() == StepStatus.TIMEOUT_FAILED
              ? retryTimeout(plan, retries, now)
              : finish(ending.as());
      case EndRequested end when ending.as() == StepStatus.TIMEOUT_FAILED ->
          new Decision.Move(
              new Ending(end.as(), end.because()), tellAgain(plan, now), end.because(), true);
      case Recovered _ when plan.awaitsRuns() ->
          act(new RestorePermits(), new Attach(true), new SetTimer(now + TELL_AGAIN));
      case Recovered _ -> act(new RestorePermits(), new Attach(true));
      case EndRequested _, TimeCame _, Reminded _ ->
          plan.awaitsRuns()
              ? new Decision.Act(tellAgain(plan, now))
              : ignore("the job has been told to end already");
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          PermitsGranted _,
          Concluded _ ->
          ignore("the job is being ended");
    };
  }

  private static List<StepEffect> tellToEnd(StepPlan plan, long now) {
    return plan.awaitsRuns() ? tellAgain(plan, now) : List.of(new Terminate());
  }

  /** A job hears it once; runs are told until they have ended. */
  private static List<StepEffect> tellAgain(StepPlan plan, long now) {
    return plan.awaitsRuns() ? List.of(new Terminate(), new SetTimer(now + TELL_AGAIN)) : List.of();
  }

  private static Decision timeOut(StepPlan plan, RetryCounts retries, long now) {
    var message = timedOut(plan);
    return plan.hasJob()
        ? new Decision.Move(
            new Ending(StepStatus.TIMEOUT_FAILED, message), tellToEnd(plan, now), message, true)
        : retryTimeout(plan, retries, now);
  }

  private static String timedOut(StepPlan plan) {
    return "Timed out after " + plan.timeoutMillis() + " ms";
  }

  // ------------------------------------------------------------------ when it fails

  private static Decision fail(
      StepReport.Kind kind, String message, StepPlan plan, RetryCounts retries, long now) {
    return switch (kind) {
      case USER ->
          plan.retry().allows(Kind.ERROR, retries.error())
              ? retry(
                  StepStatus.USER_FAILED,
                  plan.retry().delayMillis(Kind.ERROR, retries.error()),
                  message,
                  retries,
                  now)
              : finish(failedAs(plan.failureMode())).warning(message);
      case PLATFORM ->
          plan.retry().allows(Kind.PLATFORM, retries.platform())
              ? retry(
                  StepStatus.PLATFORM_FAILED,
                  plan.retry().delayMillis(Kind.PLATFORM, retries.platform()),
                  message,
                  retries,
                  now)
              : finish(failedAs(plan.failureMode())).warning(message);
      case FATAL -> finish(failedAs(plan.failureMode())).warning(message);
    };
  }

  private static Decision retryTimeout(StepPlan plan, RetryCounts retries, long now) {
    return plan.retry().allows(Kind.TIMEOUT, retries.timeout())
        ? retry(
            StepStatus.TIMEOUT_FAILED,
            plan.retry().delayMillis(Kind.TIMEOUT, retries.timeout()),
            timedOut(plan),
            retries,
            now)
        : finish(StepStatus.TIMED_OUT).warning(timedOut(plan));
  }

  private static Decision retry(
      StepStatus failed, long delayMillis, String message, RetryCounts retries, long now) {
    var at = now + delayMillis;
    return delayMillis <= 0
        ? nextAttempt(failed, retries).warning(message)
        : move(new AwaitingRetry(failed, at), new ReleasePermits(), new SetTimer(at))
            .warning(message);
  }

  private static Decision whenAwaitingRetry(
      AwaitingRetry waiting, StepEvent event, RetryCounts retries, long now) {
    return switch (event) {
      case TimeCame _ when now >= waiting.at() -> nextAttempt(waiting.failed(), retries);
      case TimeCame _ -> move(waiting, new SetTimer(waiting.at()));
      case EndRequested end -> finish(end.as()).warning(end.because());
      case Recovered _ -> act(new SetTimer(waiting.at()));
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          Evaluated _,
          NotEvaluable _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          Concluded _,
          Reminded _ ->
          ignore("the attempt has failed and waits for the next one");
    };
  }

  private static Decision.Move nextAttempt(StepStatus failed, RetryCounts retries) {
    return move(
        new Finished(failed), new ReleasePermits(), new NextAttempt(retries.afterFailure(failed)));
  }

  // ------------------------------------------------------------------ its end

  private static Decision whenFinishing(Finishing finishing, StepEvent event) {
    return switch (event) {
      case Concluded _ -> end(finishing.as());
      case NotEvaluable _ -> end(StepStatus.INTERNALLY_FAILED);
      case Due _,
          Unreached _,
          Resumed _,
          SignalsCame _,
          Evaluated _,
          PermitsGranted _,
          Reported _,
          ChildEnded _,
          TimeCame _,
          Recovered _,
          Reminded _,
          EndRequested _ ->
          ignore("the attempt is about to end");
    };
  }

  private static Decision succeed() {
    return finish(StepStatus.SUCCEEDED);
  }

  /** For good: what lets the run go on has to be concluded first. */
  private static Decision.Move finish(StepStatus as) {
    return as.isComplete() ? move(new Finishing(as), new Conclude(as)) : end(as);
  }

  private static Decision.Move finish(StepStatus as, StepEffect first) {
    return as.isComplete()
        ? move(new Finishing(as), first, new Conclude(as))
        : move(new Finished(as), first, new ReleasePermits(), new AdvanceRun());
  }

  private static Decision.Move end(StepStatus as) {
    return move(new Finished(as), new ReleasePermits(), new AdvanceRun());
  }

  private static Decision act(StepEffect... effects) {
    return new Decision.Act(List.of(effects));
  }

  /** What a failure for good is called. */
  public static StepStatus failedAs(FailureMode mode) {
    return mode == FailureMode.IGNORE_FAILURE
        ? StepStatus.COMPLETED_WITH_ERROR
        : StepStatus.FATALLY_FAILED;
  }
}
