package org.maestro.benchmark.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.benchmark.language.Model.RunStatus;
import org.maestro.benchmark.language.Model.StepStatus;
import org.maestro.benchmark.language.Program.Child;
import org.maestro.benchmark.language.Program.Common;
import org.maestro.benchmark.language.Program.Condition;
import org.maestro.benchmark.language.Program.Flow;
import org.maestro.benchmark.language.Program.Job;
import org.maestro.benchmark.language.Program.Mode;
import org.maestro.benchmark.language.Program.NoOp;
import org.maestro.benchmark.language.Program.Policy;
import org.maestro.benchmark.language.Program.Rule;
import org.maestro.benchmark.language.Program.Step;

/** What the model says where there are recorded facts, or a sentence of the documentation. */
class ModelTest {
  private static final int WELL = 0;
  private static final int FATALLY = 4;

  @ParameterizedTest
  @CsvSource({
    "SEQUENTIAL,         SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED, 1",
    "STRICT_SEQUENTIAL,  SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED, 1",
    "FIRST_ONLY,         SUCCEEDED STOPPED STOPPED STOPPED,       1",
    "LAST_ONLY,          STOPPED STOPPED STOPPED SUCCEEDED,       1",
    "SERIAL_LATEST_ONLY, SUCCEEDED STOPPED STOPPED SUCCEEDED,     1",
    "PARALLEL,           SUCCEEDED SUCCEEDED SUCCEEDED SUCCEEDED, 2",
  })
  void fourStartsEndAsTheRunStrategySays(Rule rule, String statuses, int atOnce) {
    var model = new Model(program(rule, null, job("a", null)), "p");
    for (int i = 0; i < 4; i++) {
      model.start(null);
      assertThat(model.jobs()).hasSizeLessThanOrEqualTo(atOnce);
    }
    assertThat(model.jobs()).hasSize(atOnce);
    while (!model.jobs().isEmpty()) {
      model.endJob(model.jobs().getFirst(), WELL);
      assertThat(model.jobs()).hasSizeLessThanOrEqualTo(atOnce);
    }
    assertThat(statuses(model))
        .isEqualTo(Arrays.stream(statuses.split(" ")).map(RunStatus::valueOf).toList());
  }

  @Test
  void aFailureHoldsBackAStrictSequenceUntilItIsUnblockedOrRunAgain() {
    var model = new Model(program(Rule.STRICT_SEQUENTIAL, null, job("a", null)), "p");
    model.start(null);
    model.endJob(model.jobs().getFirst(), FATALLY);
    model.start(null);
    assertThat(statuses(model)).containsExactly(RunStatus.FAILED, RunStatus.CREATED);
    model.unblock();
    assertThat(statuses(model)).containsExactly(RunStatus.FAILED, RunStatus.IN_PROGRESS);
    model.endJob(model.jobs().getFirst(), FATALLY);
    model.start(null);
    var failed = new Model.Target(model.roots().get(1), null);
    model.again(failed, Policy.INCOMPLETE, null, false, Model.Part.WHOLE);
    assertThat(statuses(model).subList(1, 3))
        .as("the restart stands behind what waits, and the queue goes by number")
        .containsExactly(RunStatus.IN_PROGRESS, RunStatus.CREATED);
  }

  @Test
  void noMoreJobsAreAtWorkThanThereArePermitsAndThoseThatWaitLongestAreNext() {
    var program = program(null, 2, job("a", true), job("b", true), job("c", true), job("d", null));
    var model = new Model(program, "p");
    model.start(null);
    model.changes();
    var some = model.grant();
    assertThat(some).hasSize(3);
    model.grant(some.get(2));
    model.grant(model.grant().getFirst());
    assertThat(model.grant()).isEmpty();
    assertThat(ids(model.jobs())).containsExactly("a", "c", "d");
    model.endJob(model.jobs().getFirst(), WELL);
    assertThat(model.grant()).isEmpty();
    assertThat(ids(model.jobs())).containsExactly("b", "c", "d");
  }

  @Test
  void aStepWhoseParamHasNoValueFailsItsRunAtOnce() {
    var never = new Condition(new Expression.Constant(1), "==", 2);
    var common = new Common("a", Map.of(), Map.of("b", never), Mode.FAIL_AFTER_RUNNING);
    var reads =
        new Common(
            "c",
            Map.of("v", new Expression.Of("b", "status_code")),
            Map.of(),
            Mode.FAIL_AFTER_RUNNING);
    var model =
        new Model(
            program(
                null,
                null,
                new NoOp(common),
                new Job(
                    new Common(
                        "b", Map.of(), Map.of("c", Condition.ALWAYS), Mode.FAIL_AFTER_RUNNING),
                    0,
                    null),
                new NoOp(
                    new Common(
                        "x", Map.of(), Map.of("c", Condition.ALWAYS), Mode.FAIL_AFTER_RUNNING)),
                new NoOp(reads),
                job("other", null)),
            "p");
    var run = model.start(null).last();
    assertThat(run.attempts.get("c").status).isEqualTo(StepStatus.INTERNALLY_FAILED);
    assertThat(run.attempts.get("other").status).isEqualTo(StepStatus.STOPPED);
    assertThat(run.status).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void anAsynchronousChildGoesOnWithoutItsStep() {
    var step =
        new Child(
            new Common("c", Map.of(), Map.of(), Mode.FAIL_AFTER_RUNNING), "f1", Map.of(), true);
    var model =
        new Model(
            new Program(
                List.of(flow("f0", null, step), flow("f1", null, job("a", null))), List.of(), null),
            "p");
    var root = model.start(null);
    assertThat(root.last().status).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(ids(model.jobs())).containsExactly("a");
    model.endJob(model.jobs().getFirst(), FATALLY);
    assertThat(root.last().status).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void chanceDecidesWhenAChildThatCantBeRunEndsOthersThatBeginBesideIt() {
    var first =
        new Child(new Common("c", Map.of(), Map.of(), Mode.FAIL_IMMEDIATELY), "f1", Map.of(), true);
    var second =
        new Child(
            new Common("d", Map.of(), Map.of(), Mode.FAIL_AFTER_RUNNING), "f2", Map.of(), null);
    assertThat(isUndecidedWhenRunAgain(first, second)).isTrue();
    assertThat(isUndecidedWhenRunAgain(first)).as("nothing beside it").isFalse();
    var late =
        new Child(
            new Common("c", Map.of(), Map.of(), Mode.FAIL_AFTER_RUNNING), "f1", Map.of(), true);
    assertThat(isUndecidedWhenRunAgain(late, second)).as("it ends nothing at once").isFalse();
  }

  /** The first child is still at work when all of them are run again. */
  private static boolean isUndecidedWhenRunAgain(Step... children) {
    var model =
        new Model(
            new Program(
                List.of(
                    flow("f0", null, children),
                    flow("f1", null, job("a", null)),
                    flow(
                        "f2",
                        null,
                        new NoOp(new Common("b", Map.of(), Map.of(), Mode.FAIL_AFTER_RUNNING)))),
                List.of(),
                null),
            "p");
    var root = model.start(null);
    assertThat(model.isUndecided()).isFalse();
    model.changes();
    model.again(new Model.Target(root, null), Policy.BEGINNING, null, false, Model.Part.WHOLE);
    return model.isUndecided();
  }

  // ------------------------------------------------------------------ programs

  private static Program program(@Nullable Rule rule, @Nullable Integer permits, Step... steps) {
    return new Program(List.of(flow("f0", rule, steps)), List.of(), permits);
  }

  private static Flow flow(String id, @Nullable Rule rule, Step... steps) {
    return new Flow(id, Map.of(), List.of(steps), rule);
  }

  private static Step job(String id, @Nullable Boolean permit) {
    return new Job(new Common(id, Map.of(), Map.of(), Mode.FAIL_AFTER_RUNNING), 0, permit);
  }

  private static List<RunStatus> statuses(Model model) {
    return model.roots().stream().map(root -> root.last().status).toList();
  }

  private static List<String> ids(List<Model.Attempt> attempts) {
    var ids = new ArrayList<String>();
    attempts.forEach(attempt -> ids.add(attempt.step.id()));
    return ids;
  }
}
