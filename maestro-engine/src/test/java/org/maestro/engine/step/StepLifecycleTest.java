package org.maestro.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.maestro.engine.step.Decision.move;
import static org.maestro.model.instance.StepStatus.COMPLETED_WITH_ERROR;
import static org.maestro.model.instance.StepStatus.FATALLY_FAILED;
import static org.maestro.model.instance.StepStatus.INTERNALLY_FAILED;
import static org.maestro.model.instance.StepStatus.PLATFORM_FAILED;
import static org.maestro.model.instance.StepStatus.SKIPPED;
import static org.maestro.model.instance.StepStatus.STOPPED;
import static org.maestro.model.instance.StepStatus.SUCCEEDED;
import static org.maestro.model.instance.StepStatus.TIMED_OUT;
import static org.maestro.model.instance.StepStatus.TIMEOUT_FAILED;
import static org.maestro.model.instance.StepStatus.UNSATISFIED;
import static org.maestro.model.instance.StepStatus.USER_FAILED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.engine.step.Decision.Ignore;
import org.maestro.engine.step.Decision.Move;
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
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.StepStatus;
import org.maestro.param.RetryPlan;
import org.maestro.param.RetryPlan.Rule;

class StepLifecycleTest {
  private static final long NOON = 1_800_000_000_000L;
  private static final long TIMEOUT = 60_000;
  private static final long LATER = NOON + 10_000;
  private static final long TOO_LATE = NOON + TIMEOUT;

  private static final Rule TWICE = new Rule(2, 5, 2, 8);
  private static final Rule NEVER = new Rule(0, 5, 2, 8);
  private static final RetryPlan RETRIES = new RetryPlan(TWICE, TWICE, TWICE);
  private static final RetryPlan NO_RETRIES = new RetryPlan(NEVER, NEVER, NEVER);

  private static final StepState NEW = new Created();
  private static final StepState PAUSED = new Paused();
  private static final StepState SIGNALS = new AwaitingSignals();
  private static final StepState EVALUATING = new Evaluating();
  private static final StepState QUEUED = new AwaitingPermits();
  private static final StepState STARTING = new Starting(TOO_LATE);
  private static final StepState RUNNING = new Running(TOO_LATE, null);
  private static final StepState SLEEPING = new Running(TOO_LATE, NOON + 20_000);
  private static final StepState STOPPING = new Ending(STOPPED, "Stopped by ada");
  private static final StepState TIMING_OUT = new Ending(TIMEOUT_FAILED, "Timed out");
  private static final StepState RETRYING = new AwaitingRetry(USER_FAILED, NOON + 20_000);
  private static final StepState FINISHING = new Finishing(SUCCEEDED);
  private static final StepState DONE = new Finished(SUCCEEDED);

  private static final StepEvent DUE = new Due(false, false);
  private static final StepEvent DUE_SKIPPED = new Due(true, true);
  private static final StepEvent DUE_HELD = new Due(false, true);
  private static final StepEvent UNREACHED = new Unreached();
  private static final StepEvent EVALUATED = new Evaluated();
  private static final StepEvent NOT_EVALUABLE = new NotEvaluable();
  private static final StepEvent CONCLUDED = new Concluded();
  private static final StepEvent RECOVERED = new Recovered();
  private static final StepEvent REMINDED = new Reminded();
  private static final StepEvent STARTED = new Reported(new JobStarted(Map.of()));
  private static final StepEvent PROGRESSED = new Reported(new JobProgressed("half of it"));
  private static final StepEvent COMPLETED = new Reported(new JobCompleted(Map.of(), Map.of()));
  private static final StepEvent USER_ERROR = failed(StepReport.Kind.USER);
  private static final StepEvent PLATFORM_ERROR = failed(StepReport.Kind.PLATFORM);
  private static final StepEvent FATAL_ERROR = failed(StepReport.Kind.FATAL);
  private static final StepEvent TERMINATED = new Reported(new JobTerminated());
  private static final StepEvent CHILD_OK = new ChildEnded(SUCCEEDED, "");
  private static final StepEvent CHILD_BAD = new ChildEnded(FATALLY_FAILED, "child failed");
  private static final StepEvent TIME = new TimeCame();
  private static final StepEvent RESUMED = new Resumed();
  private static final StepEvent CAME = new SignalsCame();
  private static final StepEvent GRANTED = new PermitsGranted();
  private static final StepEvent STOP = new EndRequested(STOPPED, "Stopped by ada", "ada");
  private static final StepEvent KILL = new EndRequested(FATALLY_FAILED, "Killed by ada", "ada");
  private static final StepEvent SKIP = new EndRequested(SKIPPED, "Skipped by ada", "ada");

  private static final Map<String, StepState> STATES = new LinkedHashMap<>();
  private static final Map<String, StepEvent> EVENTS = new LinkedHashMap<>();

  static {
    STATES.put("new", NEW);
    STATES.put("paused", PAUSED);
    STATES.put("signals", SIGNALS);
    STATES.put("evaluating", EVALUATING);
    STATES.put("queued", QUEUED);
    STATES.put("starting", STARTING);
    STATES.put("running", RUNNING);
    STATES.put("sleeping", SLEEPING);
    STATES.put("stopping", STOPPING);
    STATES.put("timing-out", TIMING_OUT);
    STATES.put("retrying", RETRYING);
    STATES.put("finishing", FINISHING);
    STATES.put("done", DONE);
    EVENTS.put("due", DUE);
    EVENTS.put("due-skipped", DUE_SKIPPED);
    EVENTS.put("due-held", DUE_HELD);
    EVENTS.put("unreached", UNREACHED);
    EVENTS.put("resumed", RESUMED);
    EVENTS.put("signals-came", CAME);
    EVENTS.put("evaluated", EVALUATED);
    EVENTS.put("not-evaluable", NOT_EVALUABLE);
    EVENTS.put("granted", GRANTED);
    EVENTS.put("started", STARTED);
    EVENTS.put("progressed", PROGRESSED);
    EVENTS.put("completed", COMPLETED);
    EVENTS.put("user-error", USER_ERROR);
    EVENTS.put("platform-error", PLATFORM_ERROR);
    EVENTS.put("fatal-error", FATAL_ERROR);
    EVENTS.put("terminated", TERMINATED);
    EVENTS.put("child-ok", CHILD_OK);
    EVENTS.put("child-bad", CHILD_BAD);
    EVENTS.put("concluded", CONCLUDED);
    EVENTS.put("time", TIME);
    EVENTS.put("recovered", RECOVERED);
    EVENTS.put("reminded", REMINDED);
    EVENTS.put("stop", STOP);
    EVENTS.put("kill", KILL);
    EVENTS.put("skip", SKIP);
  }

  private static StepEvent failed(StepReport.Kind kind) {
    return new Reported(new JobFailed(kind, "exit 1", Map.of()));
  }

  private static StepPlan plan(StepType type, FailureMode mode, RetryPlan retry) {
    return new StepPlan(type, mode, TIMEOUT, 20_000, retry);
  }

  private static StepPlan job() {
    return plan(StepType.SHELL, FailureMode.FAIL_AFTER_RUNNING, RETRIES);
  }

  private static Decision decide(StepState state, StepEvent event) {
    return decide(state, event, job(), LATER);
  }

  private static Decision decide(StepState state, StepEvent event, StepPlan plan, long at) {
    return decide(state, event, plan, RetryCounts.NONE, at);
  }

  private static Decision decide(
      StepState state, StepEvent event, StepPlan plan, RetryCounts retries, long at) {
    return StepLifecycle.decide(state, event, () -> plan, retries, at);
  }

  /** What ends a step of which something follows, once it is known what. */
  private static Decision concluding(StepStatus as) {
    return move(new Finishing(as), new Conclude(as));
  }

  private static Decision over(StepStatus as) {
    return move(new Finished(as), new ReleasePermits(), new AdvanceRun());
  }

  /** Where each event takes an attempt with a job, 10 s after it began; "-" for nowhere. */
  private static final String TABLE =
      """
                      new         paused      signals     evaluating  queued      starting    running     sleeping    stopping    timing-out  retrying    finishing   done
      due             signals     -           -           -           -           -           -           -           -           -           -           -           -
      due-skipped     SKIPPED     -           -           -           -           -           -           -           -           -           -           -           -
      due-held        paused      -           -           -           -           -           -           -           -           -           -           -           -
      unreached       UNSATISFIED -           -           -           -           -           -           -           -           -           -           -           -
      resumed         -           signals     -           -           -           -           -           -           -           -           -           -           -
      signals-came    -           -           evaluating  -           -           -           -           -           -           -           -           -           -
      evaluated       -           -           -           queued      -           -           -           -           -           -           -           -           -
      not-evaluable   -           -           INTERNAL    INTERNAL    -           -           -           -           -           -           -           INTERNAL    -
      granted         -           -           -           -           starting    -           -           -           -           -           -           -           -
      started         -           -           -           -           -           RUNNING     note        note        stopping    timing-out  -           -           -
      progressed      -           -           -           -           -           note        note        note        note        note        -           -           -
      completed       -           -           -           -           -           SUCCEEDED   SUCCEEDED   SUCCEEDED   STOPPED     retry:t     -           -           -
      user-error      -           -           -           -           -           retry:u     retry:u     retry:u     STOPPED     retry:t     -           -           -
      platform-error  -           -           -           -           -           retry:p     retry:p     retry:p     STOPPED     retry:t     -           -           -
      fatal-error     -           -           -           -           -           FATALLY     FATALLY     FATALLY     STOPPED     retry:t     -           -           -
      terminated      -           -           -           -           -           retry:p     retry:p     retry:p     STOPPED     retry:t     -           -           -
      child-ok        -           -           -           -           -           SUCCEEDED   SUCCEEDED   SUCCEEDED   STOPPED     retry:t     -           -           -
      child-bad       -           -           -           -           -           FATALLY     FATALLY     FATALLY     STOPPED     retry:t     -           -           -
      concluded       -           -           -           -           -           -           -           -           -           -           -           SUCCEEDED   -
      time            -           -           -           -           -           again       again       again       -           -           again       -           -
      recovered       -           -           -           -           ask-again   attach      attach      attach      attach-end  attach-end  timer       -           -
      reminded        -           -           -           -           -           -           -           -           -           -           -           -           -
      stop            -           STOPPED     STOPPED     -           STOPPED     end:STOP    end:STOP    end:STOP    -           end:STOP    STOPPED     -           -
      kill            -           FATALLY     FATALLY     -           FATALLY     end:KILL    end:KILL    end:KILL    -           end:KILL    FATALLY     -           -
      skip            -           SKIPPED     SKIPPED     -           SKIPPED     end:SKIP    end:SKIP    end:SKIP    -           end:SKIP    SKIPPED     -           -
      """;

  static Stream<Arguments> table() {
    var lines = TABLE.lines().toList();
    var states = List.of(lines.getFirst().trim().split("\\s+"));
    var cells = new ArrayList<Arguments>();
    for (var line : lines.subList(1, lines.size())) {
      var words = List.of(line.trim().split("\\s+"));
      for (int i = 0; i < states.size(); i++) {
        cells.add(Arguments.of(states.get(i), words.getFirst(), words.get(i + 1)));
      }
    }
    return cells.stream();
  }

  @Test
  void theTableNamesEveryPair() {
    assertThat(table()).hasSize(STATES.size() * EVENTS.size());
    assertThat(table().map(a -> a.get()[0] + " " + a.get()[1]).distinct())
        .hasSize(STATES.size() * EVENTS.size());
  }

  @ParameterizedTest(name = "{0} + {1} -> {2}")
  @MethodSource("table")
  void everyEventMovesOrIsIgnoredInEveryState(String state, String event, String expected) {
    var decision = decide(STATES.get(state), EVENTS.get(event));
    assertThat(inShort(decision, STATES.get(state), EVENTS.get(event))).isEqualTo(expected);
  }

  /** The word of the table for a decision; also checks that its effects fit the word. */
  private static String inShort(Decision decision, StepState from, StepEvent event) {
    if (decision instanceof Ignore(String because)) {
      assertThat(because).isNotEmpty();
      return "-";
    }
    if (decision instanceof Decision.Note) {
      return "note";
    }
    if (decision instanceof Decision.Act(var effects)) {
      return acting(effects);
    }
    var move = (Move) decision;
    var effects = move.effects();
    if (move.to().equals(from) && !(event instanceof EndRequested)) {
      if (event == TIME) {
        assertThat(effects).containsExactly(new SetTimer(Objects.requireNonNull(from.wakeAt())));
        return "again";
      }
      assertThat(event).isEqualTo(STARTED);
      assertThat(effects).containsExactly(new Terminate());
      return nameOf(from);
    }
    return switch (move.to()) {
      case Paused _ -> {
        assertThat(effects).containsExactly(new CheckBreakpoint());
        yield "paused";
      }
      case AwaitingSignals _ -> {
        assertThat(effects).containsExactly(new AskSignals());
        yield "signals";
      }
      case Evaluating _ -> {
        assertThat(effects).containsExactly(new Evaluate());
        yield "evaluating";
      }
      case AwaitingPermits _ -> {
        assertThat(effects).containsExactly(new AskPermits());
        yield "queued";
      }
      case Starting _ -> {
        assertThat(effects).containsExactly(new Launch(), new SetTimer(LATER + TIMEOUT));
        yield "starting";
      }
      case Finishing(StepStatus as) -> {
        assertThat(as.isComplete()).isTrue();
        assertThat(effects)
            .containsExactlyElementsOf(
                from == SIGNALS
                    ? List.of(new ForgetSignals(), new Conclude(as))
                    : List.of(new Conclude(as)));
        yield as.name();
      }
      case Finished(StepStatus as) when as == UNSATISFIED -> {
        assertThat(effects).isEmpty();
        yield as.name();
      }
      case Finished(StepStatus as) -> {
        assertThat(from == FINISHING || !as.isComplete()).isTrue();
        assertThat(effects)
            .containsExactlyElementsOf(
                from == SIGNALS && event instanceof EndRequested
                    ? List.of(new ForgetSignals(), new ReleasePermits(), new AdvanceRun())
                    : List.of(new ReleasePermits(), new AdvanceRun()));
        yield as == FATALLY_FAILED ? "FATALLY" : as == INTERNALLY_FAILED ? "INTERNAL" : as.name();
      }
      case AwaitingRetry retry -> {
        assertThat(effects).containsExactly(new ReleasePermits(), new SetTimer(retry.at()));
        assertThat(retry.at()).isEqualTo(LATER + 5_000);
        assertThat(move.say()).isNotEmpty();
        yield "retry:" + Character.toLowerCase(retry.failed().name().charAt(0));
      }
      case Ending ending -> {
        // The job that times out has been told to end already.
        assertThat(effects)
            .containsExactlyElementsOf(from == TIMING_OUT ? List.of() : List.of(new Terminate()));
        yield "end:"
            + Map.of(STOPPED, "STOP", FATALLY_FAILED, "KILL", SKIPPED, "SKIP").get(ending.as());
      }
      case Running _ -> "RUNNING";
      case Created _ -> "unexpected " + move;
    };
  }

  private static String acting(List<StepEffect> effects) {
    return switch (effects.getLast()) {
      case AskPermitsAgain _ -> {
        assertThat(effects).hasSize(1);
        yield "ask-again";
      }
      case Attach(boolean toEnd) -> {
        assertThat(effects).startsWith(new RestorePermits()).hasSize(toEnd ? 2 : 3);
        yield toEnd ? "attach-end" : "attach";
      }
      case SetTimer _ -> {
        assertThat(effects).hasSize(1);
        yield "timer";
      }
      default -> "unexpected " + effects;
    };
  }

  private static String nameOf(StepState state) {
    return STATES.entrySet().stream()
        .filter(e -> e.getValue().equals(state))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Test
  void noPairThrowsWhateverThePlanAndTheTime() {
    for (var state : STATES.values()) {
      for (var event : EVENTS.values()) {
        for (var type : StepType.values()) {
          for (var mode : FailureMode.values()) {
            for (var retry : List.of(RETRIES, NO_RETRIES)) {
              for (var at : new long[] {0, NOON, LATER, TOO_LATE, Long.MAX_VALUE / 2}) {
                assertThatCode(() -> decide(state, event, plan(type, mode, retry), at))
                    .doesNotThrowAnyException();
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StepStatus.class)
  void aFinishedStateNeverChanges(StepStatus as) {
    for (var event : EVENTS.values()) {
      assertThat(decide(new Finished(as), event, job(), TOO_LATE + TIMEOUT))
          .isInstanceOf(Ignore.class);
    }
  }

  @Test
  void whatEndsForGoodIsFinalInTheStandardsWords() {
    for (var state : STATES.values()) {
      for (var event : EVENTS.values()) {
        for (var at : new long[] {LATER, TOO_LATE}) {
          var decision =
              decide(
                  state,
                  event,
                  plan(StepType.SHELL, FailureMode.FAIL_AFTER_RUNNING, NO_RETRIES),
                  at);
          if (decision instanceof Move(Finished(StepStatus as), var effects, _, _)
              && effects.contains(new AdvanceRun())) {
            assertThat(as.isFinal()).as("%s + %s", state, event).isTrue();
          }
        }
      }
    }
  }

  // ------------------------------------------------------------------ beginning

  @Test
  void aStepThatNeedsNothingSucceedsAtOnce() {
    var noop = plan(StepType.NOOP, FailureMode.FAIL_AFTER_RUNNING, RETRIES);
    assertThat(decide(QUEUED, GRANTED, noop, NOON)).isEqualTo(concluding(SUCCEEDED));
  }

  @Test
  void aSleepWaitsForItsEndAndASleepOfNothingDoesNot() {
    var sleep =
        new StepPlan(StepType.SLEEP, FailureMode.FAIL_AFTER_RUNNING, TIMEOUT, 20_000, RETRIES);
    var nap = new StepPlan(StepType.SLEEP, FailureMode.FAIL_AFTER_RUNNING, TIMEOUT, 0, RETRIES);
    assertThat(decide(QUEUED, GRANTED, sleep, NOON))
        .isEqualTo(move(SLEEPING, new SetTimer(NOON + 20_000)));
    assertThat(decide(QUEUED, GRANTED, nap, NOON)).isEqualTo(concluding(SUCCEEDED));
  }

  @Test
  void everyOtherTypeIsLaunchedAndTimed() {
    for (var type : StepType.values()) {
      if (type != StepType.NOOP && type != StepType.SLEEP) {
        var plan = plan(type, FailureMode.FAIL_AFTER_RUNNING, RETRIES);
        assertThat(decide(QUEUED, GRANTED, plan, NOON))
            .as(type.name())
            .isEqualTo(move(STARTING, new Launch(), new SetTimer(TOO_LATE)));
      }
    }
  }

  // ------------------------------------------------------------------ time

  @Test
  void aSleepThatIsOverSucceedsAndOneThatTookTooLongTimesOut() {
    var plan = plan(StepType.SLEEP, FailureMode.FAIL_AFTER_RUNNING, NO_RETRIES);
    assertThat(decide(SLEEPING, TIME, plan, NOON + 20_000)).isEqualTo(concluding(SUCCEEDED));
    assertThat(decide(SLEEPING, TIME, plan, TOO_LATE))
        .isEqualTo(((Move) over(TIMED_OUT)).warning("Timed out after 60000 ms"));
  }

  @Test
  void aJobThatTookTooLongIsEndedFirstAndThenTriedAgain() {
    var ending = (Move) decide(RUNNING, TIME, job(), RetryCounts.NONE, TOO_LATE);
    assertThat(ending.to()).isInstanceOf(Ending.class);
    assertThat(ending.effects()).containsExactly(new Terminate());
    var ended = (Move) decide(ending.to(), TERMINATED, job(), RetryCounts.NONE, TOO_LATE);
    assertThat(ended.to()).isEqualTo(new AwaitingRetry(TIMEOUT_FAILED, TOO_LATE + 5_000));
    var exhausted = new RetryCounts(0, 0, 2, 0);
    assertThat(decide(ending.to(), TERMINATED, job(), exhausted, TOO_LATE))
        .isEqualTo(((Move) over(TIMED_OUT)).warning("Timed out after 60000 ms"));
  }

  @Test
  void theNextAttemptStartsWhenItsTimeHasComeAndNotBefore() {
    assertThat(decide(RETRYING, TIME, job(), RetryCounts.NONE, NOON + 19_999))
        .isEqualTo(move(RETRYING, new SetTimer(NOON + 20_000)));
    assertThat(decide(RETRYING, TIME, job(), RetryCounts.NONE, NOON + 20_000))
        .isEqualTo(
            move(
                new Finished(USER_FAILED),
                new ReleasePermits(),
                new NextAttempt(new RetryCounts(1, 0, 0, 0))));
  }

  // ------------------------------------------------------------------ retries

  private static StepState after(StepEvent event, RetryCounts retries) {
    return ((Move) decide(RUNNING, event, job(), retries, LATER)).to();
  }

  @Test
  void eachKindOfFailureHasItsOwnBudget() {
    var exhausted = new RetryCounts(2, 0, 0, 5);
    assertThat(after(USER_ERROR, exhausted)).isEqualTo(new Finished(FATALLY_FAILED));
    assertThat(after(PLATFORM_ERROR, exhausted))
        .isEqualTo(new AwaitingRetry(PLATFORM_FAILED, LATER + 5_000));
    var otherExhausted = new RetryCounts(0, 2, 2, 5);
    assertThat(after(PLATFORM_ERROR, otherExhausted)).isEqualTo(new Finished(FATALLY_FAILED));
    assertThat(after(USER_ERROR, otherExhausted))
        .isEqualTo(new AwaitingRetry(USER_FAILED, LATER + 5_000));
  }

  @Test
  void theDelayGrowsUpToItsLimit() {
    assertThat(after(USER_ERROR, new RetryCounts(0, 0, 0, 0)))
        .isEqualTo(new AwaitingRetry(USER_FAILED, LATER + 5_000));
    assertThat(after(USER_ERROR, new RetryCounts(1, 0, 0, 0)))
        .isEqualTo(new AwaitingRetry(USER_FAILED, LATER + 8_000)); // 10 s, cut to the limit of 8 s
  }

  @Test
  void aRetryWithoutDelayIsTheNextAttemptAtOnce() {
    var atOnce = new Rule(1, 0, 1, 0);
    var plan =
        plan(StepType.SHELL, FailureMode.FAIL_AFTER_RUNNING, new RetryPlan(atOnce, atOnce, atOnce));
    assertThat(decide(RUNNING, USER_ERROR, plan, RetryCounts.NONE, LATER))
        .isEqualTo(
            move(
                    new Finished(USER_FAILED),
                    new ReleasePermits(),
                    new NextAttempt(new RetryCounts(1, 0, 0, 0)))
                .warning("exit 1"));
  }

  @Test
  void aFatalFailureIsNotTriedAgain() {
    assertThat(after(FATAL_ERROR, RetryCounts.NONE)).isEqualTo(new Finished(FATALLY_FAILED));
  }

  @Test
  void aFailureThatIsToBeIgnoredCompletesWithError() {
    var ignoring = plan(StepType.SHELL, FailureMode.IGNORE_FAILURE, NO_RETRIES);
    for (var event : List.of(USER_ERROR, PLATFORM_ERROR, FATAL_ERROR, CHILD_BAD)) {
      assertThat(decide(RUNNING, event, ignoring, RetryCounts.NONE, LATER))
          .extracting(d -> ((Move) d).to())
          .isEqualTo(new Finishing(COMPLETED_WITH_ERROR));
    }
  }

  // ------------------------------------------------------------------ ending

  @Test
  void aStopBetweenAFailedAttemptAndItsSuccessorLeavesNoSuccessor() {
    var stopped = decide(RETRYING, STOP);
    assertThat(stopped).isEqualTo(((Move) over(STOPPED)).warning("Stopped by ada"));
    assertThat(decide(((Move) stopped).to(), TIME, job(), RetryCounts.NONE, NOON + 30_000))
        .isInstanceOf(Ignore.class);
  }

  @Test
  void aJobThatStartsWhileItIsToldToEndIsToldAgain() {
    var ending = ((Move) decide(STARTING, KILL)).to();
    assertThat(decide(ending, STARTED)).isEqualTo(move(ending, new Terminate()));
    assertThat(decide(ending, TERMINATED))
        .extracting(d -> ((Move) d).to())
        .isEqualTo(new Finished(FATALLY_FAILED));
  }

  @Test
  void theFirstWishToEndWinsAndATimeOutGivesWayToAPerson() {
    assertThat(decide(STOPPING, KILL)).isInstanceOf(Ignore.class);
    var stopped = ((Move) decide(TIMING_OUT, STOP)).to();
    assertThat(decide(stopped, TERMINATED))
        .extracting(d -> ((Move) d).to())
        .isEqualTo(new Finished(STOPPED));
  }

  @Test
  void aStepWithoutAJobEndsAtOnce() {
    var sleep = plan(StepType.SLEEP, FailureMode.FAIL_AFTER_RUNNING, RETRIES);
    for (var end : List.of(STOP, KILL, SKIP)) {
      var as = ((EndRequested) end).as();
      var ended = as.isComplete() ? concluding(as) : over(as);
      assertThat(decide(SLEEPING, end, sleep, LATER))
          .isEqualTo(((Move) ended).warning(((EndRequested) end).because()));
    }
  }

  @Test
  void aChildGivesItsStepItsOwnEnd() {
    for (var as : Arrays.asList(SUCCEEDED, STOPPED, TIMED_OUT, FATALLY_FAILED)) {
      assertThat(decide(RUNNING, new ChildEnded(as, "")))
          .extracting(d -> ((Move) d).to())
          .isEqualTo(as.isComplete() ? new Finishing(as) : new Finished(as));
    }
  }

  @Test
  void runsThatAreToldToEndAreToldAgainUntilTheyHaveEnded() {
    for (var type : List.of(StepType.SUBWORKFLOW, StepType.FOREACH, StepType.WHILE)) {
      var plan = plan(type, FailureMode.FAIL_AFTER_RUNNING, RETRIES);
      List<StepEffect> told =
          List.of(new Terminate(), new SetTimer(LATER + StepLifecycle.TELL_AGAIN));
      assertThat(((Move) decide(RUNNING, STOP, plan, LATER)).effects()).isEqualTo(told);
      for (var event : List.of(TIME, REMINDED, KILL)) {
        assertThat(decide(STOPPING, event, plan, LATER)).isEqualTo(new Decision.Act(told));
      }
      assertThat(decide(STOPPING, RECOVERED, plan, LATER))
          .isEqualTo(
              new Decision.Act(
                  List.of(
                      new RestorePermits(),
                      new Attach(true),
                      new SetTimer(LATER + StepLifecycle.TELL_AGAIN))));
    }
  }

  @Test
  void nobodyAsksForThePlanBeforeTheParamsAreEvaluated() {
    for (var state : List.of(NEW, PAUSED, SIGNALS, EVALUATING)) {
      EVENTS.forEach((name, event) ->
          assertThatCode(() ->
                  StepLifecycle.decide(
                      state,
                      event,
                      () -> {
                        throw new IllegalStateException(name + " in " + state);
                      },
                      RetryCounts.NONE,
                      LATER))
              .doesNotThrowAnyException());
    }
  }

  // ------------------------------------------------------------------ the drawing

  @Test
  void theDrawingShowsEveryMoveAndNoOther() throws IOException {
    var drawn =
        Files.readAllLines(Path.of("../docs/architecture.md")).stream()
            .map(line -> Pattern.compile("^ +(\\w+ --> \\w+)(:.*)?$").matcher(line))
            .filter(Matcher::matches)
            .map(arrow -> arrow.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(drawn).isEqualTo(moves());
  }

  private static Set<String> moves() {
    var atOnce = new Rule(1, 0, 1, 0);
    var retries = List.of(RETRIES, NO_RETRIES, new RetryPlan(atOnce, atOnce, atOnce));
    var moves = new TreeSet<String>();
    var states = new ArrayList<>(STATES.values());
    states.add(new Ending(SKIPPED, "Skipped by ada"));
    for (var state : states) {
      for (var event : EVENTS.values()) {
        for (var type : StepType.values()) {
          for (var retry : retries) {
            for (var at : new long[] {LATER, NOON + 20_000, TOO_LATE}) {
              var plan = plan(type, FailureMode.FAIL_AFTER_RUNNING, retry);
              if (decide(state, event, plan, at) instanceof Move move
                  && !move.to().getClass().equals(state.getClass())) {
                moves.add(nameOfType(state) + " --> " + nameOfType(move.to()));
              }
            }
          }
        }
      }
    }
    return moves;
  }

  private static String nameOfType(StepState state) {
    return state.getClass().getSimpleName();
  }

  // ------------------------------------------------------------------ waking

  @Test
  void everyStateThatWaitsForTimeKnowsWhenToWake() {
    assertThat(STARTING.wakeAt()).isEqualTo(TOO_LATE);
    assertThat(RUNNING.wakeAt()).isEqualTo(TOO_LATE);
    assertThat(SLEEPING.wakeAt()).isEqualTo(NOON + 20_000);
    assertThat(new Running(NOON + 5, NOON + 10).wakeAt()).isEqualTo(NOON + 5);
    assertThat(RETRYING.wakeAt()).isEqualTo(NOON + 20_000);
    assertThat(STOPPING.wakeAt()).isNull();
    assertThat(DONE.wakeAt()).isNull();
  }
}
