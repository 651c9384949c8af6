package org.maestro.engine.instance.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.store.StoredRuns.NOON;
import static org.maestro.engine.run.store.StoredRuns.ended;
import static org.maestro.engine.run.store.StoredRuns.key;
import static org.maestro.engine.run.store.StoredRuns.live;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.row;
import static org.maestro.engine.run.store.StoredRuns.workflow;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.engine.instance.InstanceStore.Breakpoint;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.instance.RunNode;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.Why;
import org.maestro.model.instance.Why.Code;

class WhyStepTest {
  private static final RunKey RUN = key("w", 1, 1);
  private static final RunPlan PLAN =
      new RunPlan(workflow("w", noop("a", "b?x > 1"), noop("b", "c"), noop("c")));

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(new StepState.Paused(), Code.AT_BREAKPOINT, false),
        Arguments.of(new StepState.AwaitingPermits(), Code.WAITING_FOR_PERMITS, false),
        Arguments.of(
            new StepState.AwaitingRetry(StepStatus.USER_FAILED, NOON),
            Code.WAITING_FOR_RETRY,
            false),
        Arguments.of(new StepState.Starting(NOON), Code.JOB_STARTING, true),
        Arguments.of(new StepState.Running(NOON, null), Code.JOB_RUNNING, true),
        Arguments.of(new StepState.Running(NOON, NOON), Code.SLEEPING, true),
        Arguments.of(
            new StepState.Ending(StepStatus.STOPPED, "somebody said so"), Code.ENDING, true),
        Arguments.of(new StepState.Finished(StepStatus.UNSATISFIED), Code.CONDITIONS_FALSE, false),
        Arguments.of(new StepState.Finished(StepStatus.FATALLY_FAILED), Code.ENDED, false));
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateHasItsReason(StepState state, Code code, boolean running) {
    var why = why(live("b", 2, state), WhyStep.Around.NOTHING);
    assertThat(why.running()).isEqualTo(running);
    assertThat(why.reasons()).extracting(Why.Reason::code).containsExactly(code);
  }

  @Test
  void aBreakpointSaysWhoSetIt() {
    var reason =
        why(
                live("b", 2, new StepState.Paused()),
                new WhyStep.Around(
                    Optional.of(new Breakpoint("eve", NOON)), Optional.empty(), Optional.empty()))
            .reasons()
            .getFirst();
    assertThat(reason.details()).containsEntry("set_by", "eve").containsEntry("set_at", NOON);
    assertThat(reason.message()).contains("eve");
  }

  @Test
  void waitingForPermitsSaysWhoHoldsThem() {
    var waiting =
        new Waiting(
            NOON,
            List.of(
                new Waiting.FullTag(
                    "db", 2, 2, List.of(new PermitHolder("other", 1, 1, "s", 1)), 4)));
    var reason =
        why(
                live("b", 2, new StepState.AwaitingPermits()),
                new WhyStep.Around(Optional.empty(), Optional.of(waiting), Optional.empty()))
            .reasons()
            .getFirst();
    assertThat(reason.message())
        .isEqualTo(
            "Waits for permits: db is held by 2 of 2 (step \"s\" of other#1.1), 4 wait ahead");
    assertThat(reason.details()).containsEntry("tags", waiting.full());
  }

  @Test
  void aStepThatWaitsForItsRunPassesOnWhyThatOneWaits() {
    var child =
        new WhyStep.Child(
            key("child", 5, 1),
            "CREATED",
            Why.idle(Why.Reason.of(Code.QUEUED_BY_RUN_STRATEGY, "in the queue")));
    var why =
        why(
            live("b", 2, new StepState.Running(NOON, null)),
            new WhyStep.Around(Optional.empty(), Optional.empty(), Optional.of(child)));
    assertThat(why.running()).isFalse();
    assertThat(why.reasons().getFirst().code()).isEqualTo(Code.WAITING_FOR_CHILD_RUN);
    assertThat(why.reasons().getFirst().details())
        .containsEntry("child_status", "CREATED")
        .containsEntry("child_reasons", child.why().reasons());
  }

  @Test
  void aStepWhoseRunCanNotBeStartedSaysWhy() {
    var reason =
        why(
                live("b", 2, new StepState.Starting(NOON)),
                new WhyStep.Around(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("the disk is full")))
            .reasons()
            .getFirst();
    assertThat(reason.code()).isEqualTo(Code.JOB_STARTING);
    assertThat(reason.message()).endsWith("could not be started: the disk is full");
    assertThat(reason.details()).containsEntry("because", "the disk is full");
  }

  @Test
  void falseConditionsAreNamed() {
    var reason =
        why(
                ended("b", 1, 2, StepStatus.UNSATISFIED),
                WhyStep.Around.NOTHING,
                ended("a", 1, 1, StepStatus.SUCCEEDED))
            .reasons()
            .getFirst();
    assertThat(reason.details().get("predecessors"))
        .isEqualTo(
            List.of(Map.of("step_id", "a", "status", StepStatus.SUCCEEDED, "condition", "x > 1")));
  }

  @Test
  void aStepThatWasNotReachedNamesTheUnfinishedOnesBeforeIt() {
    var node = node(live("b", 2, new StepState.Running(NOON, null)));
    var reason = WhyStep.notReached(PLAN, node, "c").reasons().getFirst();
    assertThat(reason.code()).isEqualTo(Code.NOT_REACHED_YET);
    assertThat(reason.details().get("unfinished"))
        .isEqualTo(List.of(Map.of("step_id", "b", "status", StepStatus.RUNNING)));
  }

  private static Why why(
      StepAttempt attempt, WhyStep.Around around, @Nullable StepAttempt... others) {
    var all = Stream.concat(Arrays.stream(others), Stream.of(attempt));
    return WhyStep.of(PLAN, node(all.toArray(StepAttempt[]::new)), attempt, around);
  }

  private static RunNode node(StepAttempt... attempts) {
    return RunNode.of(
        new StoredRun(row(RUN, RunStatus.IN_PROGRESS), 3, "ada"),
        PLAN,
        Stream.of(attempts).map(attempt -> new StoredAttempt(RUN, attempt)).toList());
  }
}
