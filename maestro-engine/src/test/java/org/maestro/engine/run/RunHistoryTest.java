package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.RunPlanTest.earlier;
import static org.maestro.engine.run.RunPlanTest.from;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.workflow;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_BEGINNING;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_INCOMPLETE;
import static org.maestro.model.start.RestartPolicy.RESTART_FROM_SPECIFIC;
import static org.maestro.model.start.RestartPolicy.START_FRESH_NEW_RUN;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maestro.model.start.RestartPolicy;

class RunHistoryTest {
  /** a to b; c to d. */
  private static final RunPlan TWO_CHAINS =
      new RunPlan(workflow("w", noop("a", "b"), noop("b"), noop("c", "d"), noop("d")));

  private static RunHistory.Past past(
      RestartPolicy policy, @Nullable String from, String attempts) {
    return new RunHistory.Past(
        policy, from == null ? null : from(from), earlier(attempts), Map.of());
  }

  private static final RunHistory.Past ALL =
      past(START_FRESH_NEW_RUN, null, "a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED d=SUCCEEDED");

  private static Set<String> standing(RunHistory.Past... runs) {
    return RunHistory.of(TWO_CHAINS, List.of(runs)).standing().keySet();
  }

  @Test
  void whatARunFromTheBeginningDidNotReachHasNoResultAnyMore() {
    assertThat(standing(ALL, past(RESTART_FROM_BEGINNING, null, "a=FATALLY_FAILED")))
        .containsExactlyInAnyOrder("a");
  }

  @Test
  void aRestartFromAStepTakesTheResultsOfWhatFollowsItAndOfNothingElse() {
    assertThat(standing(ALL, past(RESTART_FROM_SPECIFIC, "a", "a=FATALLY_FAILED")))
        .containsExactlyInAnyOrder("a", "c", "d");
  }

  @Test
  void aRunThatHasReachedNothingTakesTheResultsOfWhatItWasToRun() {
    assertThat(standing(ALL, past(RESTART_FROM_SPECIFIC, "c", "")))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void resultsStandOverAnyNumberOfRunsThatHaveNothingToDoWithThem() {
    var first = past(START_FRESH_NEW_RUN, null, "a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED");
    var second = past(RESTART_FROM_INCOMPLETE, null, "b=FATALLY_FAILED d=SUCCEEDED");
    var third = past(RESTART_FROM_INCOMPLETE, null, "b=SUCCEEDED");
    assertThat(standing(first, second, third)).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void theChildOfAStepIsKnownAlthoughALaterAttemptStartedNone() {
    var child = new RunKey("child", 7, 2);
    var begun = earlier("a=FATALLY_FAILED");
    begun.replaceAll((_, attempt) -> attempt.withArtifacts(ChildArtifact.of(child, null, 1)));
    var first = new RunHistory.Past(START_FRESH_NEW_RUN, null, begun, Map.of());
    var skipped = past(RESTART_FROM_SPECIFIC, "a", "a=SKIPPED");
    assertThat(RunHistory.of(TWO_CHAINS, List.of(first, skipped)).children())
        .containsEntry("a", child);
  }

  @Test
  void theChildOfAStepIsKnownAlthoughALaterAttemptOfTheSameRunStartedNone() {
    var child = new RunKey("child", 7, 2);
    var run =
        new RunHistory.Past(START_FRESH_NEW_RUN, null, earlier("a=SKIPPED"), Map.of("a", child));
    assertThat(RunHistory.of(TWO_CHAINS, List.of(run)).children()).containsEntry("a", child);
  }

  @Test
  void whoAStepIsIsKnownAlthoughItHasNoResult() {
    var history = RunHistory.of(TWO_CHAINS, List.of(ALL, past(RESTART_FROM_BEGINNING, null, "")));
    assertThat(history.standing()).isEmpty();
    assertThat(history.reached().keySet()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }
}
