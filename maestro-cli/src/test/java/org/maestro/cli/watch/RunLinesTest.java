package org.maestro.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Times;
import org.maestro.cli.watch.RunState.Loop;
import org.maestro.cli.watch.RunState.Step;

class RunLinesTest {
  private static final Ref RUN = Ref.run("hello", 3, 1);

  private final LoopRate rate = new LoopRate();
  private final RunLines lines = new RunLines(Style.PLAIN, new Times(ZoneOffset.UTC), rate);

  private static Step step(String id, String status, Long start, Long end) {
    return new Step(id, "NoOp", status, start, end, null, null);
  }

  private static RunState run(String status, long seenAt, Step... steps) {
    return new RunState(RUN, status, 0L, null, List.of(steps), seenAt);
  }

  @Test
  void thePictureHasALinePerStep() {
    var run =
        run(
            "IN_PROGRESS",
            9_000,
            step("prepare", "SUCCEEDED", 0L, 12L),
            step("count", "RUNNING", 1_000L, null),
            step("report", "NOT_CREATED", null, null));
    assertThat(lines.picture(run, 80, 20, 9_000))
        .containsExactly(
            "hello#3.1  IN_PROGRESS  9.0s  3 steps: 1 succeeded, 1 running, 1 not created",
            "  ✓ prepare  SUCCEEDED       12ms",
            "  ● count    RUNNING         8.0s",
            "  · report   NOT_CREATED");
  }

  @Test
  void thePictureFitsTheTerminal() {
    var steps =
        IntStream.range(0, 500)
            .mapToObj(i ->
                step(
                    "step-with-a-long-name-" + i,
                    i == 400 ? "RUNNING" : "SUCCEEDED",
                    0L,
                    i == 400 ? null : 1L))
            .toArray(Step[]::new);
    var picture = lines.picture(run("IN_PROGRESS", 5, steps), 40, 10, 5);
    assertThat(picture).hasSizeLessThan(10).allMatch(line -> line.length() <= 40);
    assertThat(picture).anyMatch(line -> line.contains("RUNNING"));
    assertThat(picture.getLast()).endsWith("more steps");
  }

  @Test
  void elsewhereThereIsALinePerChange() {
    var before =
        run(
            "IN_PROGRESS",
            1_000,
            step("a", "RUNNING", 500L, null),
            step("b", "NOT_CREATED", null, null));
    var after =
        run(
            "IN_PROGRESS",
            3_000,
            step("a", "SUCCEEDED", 500L, 2_500L),
            step("b", "NOT_CREATED", null, null));
    assertThat(lines.changes(null, before, Set.of()))
        .containsExactly(
            "00:00:01  hello#3.1             IN_PROGRESS   2 steps: 1 running, 1 not created",
            "00:00:00  a                     RUNNING");
    assertThat(lines.changes(before, after, Set.of()))
        .containsExactly("00:00:02  a                     SUCCEEDED     2.0s");
    assertThat(lines.changes(after, after, Set.of())).isEmpty();
  }

  @Test
  void aFailedAttemptSaysWhenTheNextOneBegins() {
    var before = run("IN_PROGRESS", 1_000, step("a", "RUNNING", 0L, null));
    var after =
        run("IN_PROGRESS", 2_000, new Step("a", "Shell", "USER_FAILED", 0L, 2_000L, null, 62_000L));
    assertThat(lines.changes(before, after, Set.of()))
        .containsExactly(
            "00:00:02  a                     USER_FAILED   2.0s  next attempt at 00:01:02");
    assertThat(lines.picture(after, 200, 20, 3_000).get(1))
        .isEqualTo("  ● a  USER_FAILED     2.0s  next attempt at 00:01:02");
  }

  private static RunState looping(long seenAt, long succeeded, long failed, long running) {
    return run(
        "IN_PROGRESS",
        seenAt,
        new Step(
            "each",
            "foreach",
            "RUNNING",
            0L,
            null,
            new Loop(
                100_000L, Map.of("SUCCEEDED", succeeded, "FAILED", failed, "IN_PROGRESS", running)),
            null));
  }

  @Test
  void aLoopIsOneLineWithABarARateAndAnEnd() {
    rate.see(looping(0, 10_000, 0, 20));
    var now = looping(10_000, 60_000, 120, 20);
    rate.see(now);
    assertThat(lines.picture(now, 200, 20, 10_000).get(1))
        .isEqualTo(
            "  ● each  RUNNING         10.0s  [##############..........]"
                + " 60,120/100,000  ok 60,000  fail 120  running 20  5,012/s  eta 7.9s");
  }

  @Test
  void aLoopThatGoesOnCountsWhatItHasToRun() {
    var loop = new Loop(200L, Map.of("SUCCEEDED", 197L, "FAILED", 1L, "RUNNING", 2L), 195);

    assertThat(lines.progress("each", loop))
        .isEqualTo("195 taken over, 5 to run: 3/5  ok 2  fail 1  running 2");
  }

  @Test
  void aRateIsNotInventedFromTooFewIterations() {
    rate.see(looping(0, 0, 0, 3));
    var now = looping(10_000, 1, 0, 3);
    rate.see(now);
    assertThat(lines.picture(now, 200, 20, 10_000).get(1))
        .doesNotContain("/s")
        .doesNotContain("eta");
  }

  @Test
  void loopsAreToldOnlyWhenTheyAreDue() {
    var before = looping(0, 1, 0, 3);
    var after = looping(1_000, 9, 0, 3);
    assertThat(lines.changes(before, after, Set.of())).isEmpty();
    assertThat(lines.changes(before, after, Set.of("each"))).hasSize(1);
  }
}
