package org.maestro.engine.step.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.job.AttemptFolder;

/**
 * What a runtime of jobs keeps, whatever a job is there. Scripts are for {@code sh}; {@code
 * $SHARED} is a folder that the test sees, too.
 */
public interface JobRuntimeContract {

  /** A runtime over the same jobs as all others of this test; closed with the test. */
  StepRuntime runtime(StepReporter reporter) throws Exception;

  /** Stops following, as if its process had been killed. */
  void forget(StepRuntime runtime) throws Exception;

  Launch script(String text);

  AttemptFolder folder(Launch launch);

  Path shared();

  /** The attempt's token. */
  String token(Launch launch);

  /** Does away with the job and all that knows how it ended, as a power failure does. */
  void lose(Launch launch) throws Exception;

  /** The longest output that is kept. */
  long outputLimit();

  @Test
  default void aJobThatEndsWellIsReportedWithItsOutputAndItsLogs() throws Exception {
    var reports = new RecordedReports();
    var launch =
        script(
            """
            echo hello
            echo problem >&2
            echo '{"params": {"rows": {"value": 42, "type": "long"}, "name": "a $b"}}' >"$MAESTRO_OUTPUT"
            """);
    runtime(reports).launch(launch);

    assertThat(results(reports.awaitEnd(launch.attempt())))
        .isEqualTo(Map.of("rows", 42L, "name", "a $b"));
    assertThat(reports.of(launch.attempt())).first().isInstanceOf(JobStarted.class);
    assertThat(folder(launch).stdout()).hasContent("hello");
    assertThat(folder(launch).stderr()).hasContent("problem");
    assertThat(folder(launch).hasEnded()).isTrue();
  }

  @Test
  default void anExitStatusOtherThanZeroIsTheUsersWithItsLastWords() throws Exception {
    var failed = failure(script("echo 'no such table' >&2; exit 3"));

    assertThat(failed.kind()).isEqualTo(Kind.USER);
    assertThat(failed.message()).isEqualTo("exited with status 3: no such table");
  }

  @Test
  default void aJobMayForbidItsRetry() throws Exception {
    var failed =
        failure(
            script(
                """
                echo '{"artifacts":{"maestro_retry":{"type":"RETRY","retryable":false}}}' >"$MAESTRO_OUTPUT"
                exit 1
                """));

    assertThat(failed.kind()).isEqualTo(Kind.FATAL);
  }

  @Test
  default void launchedByManyItIsOneJob() throws Exception {
    var one = new RecordedReports();
    var other = new RecordedReports();
    var runtimes = new StepRuntime[] {runtime(one), runtime(other)};
    for (var round = 0; round < 5; round++) {
      var runs = shared().resolve("runs" + round);
      var launch = script("echo $$ >>$SHARED/" + runs.getFileName());
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> runtimes[0].launch(launch)),
              CompletableFuture.runAsync(() -> runtimes[0].attach(launch)),
              CompletableFuture.runAsync(() -> runtimes[1].launch(launch)),
              CompletableFuture.runAsync(() -> runtimes[1].attach(launch)))
          .join();

      assertThat(one.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
      assertThat(other.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
      assertThat(Files.readAllLines(runs)).hasSize(1);
    }
  }

  @Test
  default void aRunningJobIsFollowedByWhoeverAttachesAndItsLogIsWhole() throws Exception {
    var launch =
        script(
            """
            echo $$ >>$SHARED/began
            i=0; while [ $i -lt 200 ]; do echo line $i; i=$((i+1)); done
            echo there >$SHARED/printed
            while [ ! -e $SHARED/go ]; do sleep 0.05; done
            echo after
            """);
    var first = runtime(new RecordedReports());
    first.launch(launch);
    await("what it prints", () -> Files.exists(shared().resolve("printed")));
    await(
        "its log",
        () ->
            Files.exists(folder(launch).stdout())
                && Files.readString(folder(launch).stdout()).endsWith("line 199\n"));
    forget(first);

    var later = new RecordedReports();
    runtime(later).attach(launch);
    later.awaitStart(launch.attempt());
    Files.createFile(shared().resolve("go"));

    assertThat(later.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(Files.readAllLines(shared().resolve("began"))).hasSize(1);
    var printed = Files.readAllLines(folder(launch).stdout());
    assertThat(printed).hasSize(201).startsWith("line 0", "line 1").endsWith("line 199", "after");
  }

  @Test
  default void anEndThatNobodySawIsReported() throws Exception {
    var launch =
        script(
            """
            echo there >$SHARED/began
            while [ ! -e $SHARED/go ]; do sleep 0.05; done
            echo '{"n": 7}' >"$MAESTRO_OUTPUT"
            echo bye
            touch $SHARED/over
            """);
    var first = runtime(new RecordedReports());
    first.launch(launch);
    await("its start", () -> Files.exists(shared().resolve("began")));
    forget(first);
    Files.createFile(shared().resolve("go"));
    await("its end", () -> Files.exists(shared().resolve("over")));

    var later = new RecordedReports();
    runtime(later).attach(launch);

    assertThat(results(later.awaitEnd(launch.attempt()))).isEqualTo(Map.of("n", 7L));
    assertThat(folder(launch).stdout()).hasContent("bye");
  }

  @Test
  default void aTreeThatIgnoresTheSignalIsKilledAfterTheGrace() throws Exception {
    var launch =
        script(
            """
            trap '' TERM
            sh -c 'trap "" TERM; while :; do echo x >>$SHARED/child; sleep 0.05; done' &
            echo ready >$SHARED/ready
            while :; do echo x >>$SHARED/parent; sleep 0.05; done
            """);
    var reports = new RecordedReports();
    var runtime = runtime(reports);
    runtime.launch(launch);
    await("its tree", () -> Files.exists(shared().resolve("child")));
    runtime.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertNothingIsWrittenAnyMore(shared().resolve("child"));
    assertNothingIsWrittenAnyMore(shared().resolve("parent"));
  }

  /** What is written for a while beside it is the measure of how long to look. */
  private static void assertNothingIsWrittenAnyMore(Path file) throws Exception {
    var before = Files.size(file);
    var other = new ProcessBuilder("sh", "-c", "for i in 1 2 3 4 5 6; do sleep 0.05; done").start();
    assertThat(other.waitFor()).isZero();
    assertThat(Files.size(file)).isEqualTo(before);
  }

  @Test
  default void aJobThatHeedsTheSignalMayCleanUp() throws Exception {
    var launch =
        script(
            """
            trap 'echo cleaned >$SHARED/cleaned; exit 0' TERM
            echo ready >$SHARED/ready
            while :; do sleep 0.05; done
            """);
    var reports = new RecordedReports();
    var runtime = runtime(reports);
    runtime.launch(launch);
    await("its start", () -> Files.exists(shared().resolve("ready")));
    runtime.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(shared().resolve("cleaned")).exists();
  }

  @Test
  default void whatIsTerminatedBeforeItsLaunchNeverRuns() throws Exception {
    var launch = script("echo ran >$SHARED/ran");
    var reports = new RecordedReports();
    var runtime = runtime(reports);
    runtime.terminate(launch.attempt());
    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());

    var second = new RecordedReports();
    runtime(second).launch(launch);

    assertThat(second.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    assertThat(shared().resolve("ran")).doesNotExist();
  }

  @Test
  default void aJobThatIsLostIsAFailureOfThePlatform() throws Exception {
    var launch = script("echo there >$SHARED/began; while :; do sleep 0.05; done");
    var reports = new RecordedReports();
    var first = runtime(reports);
    first.launch(launch);
    await("its start", () -> Files.exists(shared().resolve("began")));
    reports.awaitStart(launch.attempt());
    forget(first);
    lose(launch);

    var later = new RecordedReports();
    runtime(later).attach(launch);

    assertThat(later.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Kind.PLATFORM);
              assertThat(end.message()).contains("vanished");
            });
  }

  @Test
  default void longOutputIsCutOffAndTheJobIsNotStopped() throws Exception {
    var launch = script("yes 0123456789 | head -n 200000; echo done >$SHARED/done");
    var reports = new RecordedReports();
    runtime(reports).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(Files.size(folder(launch).stdout()))
        .isBetween(outputLimit() * 99 / 100, outputLimit() + 100);
    assertThat(Files.readString(folder(launch).stdout()))
        .endsWith("[maestro: cut off here, the limit is " + outputLimit() + " bytes]\n");
    assertThat(shared().resolve("done")).exists();
  }

  @Test
  default void theLastOutputBlockInStdoutWins() throws Exception {
    var launch =
        script(
            """
            echo 'MAESTRO_OUTPUT_START{"params":{"n":1}}MAESTRO_OUTPUT_END'
            printf 'MAESTRO_OUTPUT_START\\n{"n":2}\\nMAESTRO_OUTPUT_END and more'
            """);

    assertThat(results(end(launch))).isEqualTo(Map.of("n", 2L));
  }

  @Test
  default void aBlockWithTheTokenCountsBeforeWhatAnybodyCouldHavePrinted() throws Exception {
    var launch =
        script(
            """
            echo "MAESTRO_OUTPUT_START:$MAESTRO_ATTEMPT_TOKEN{\\"n\\": 1}MAESTRO_OUTPUT_END"
            echo 'MAESTRO_OUTPUT_START{"n": 2}MAESTRO_OUTPUT_END'
            echo 'MAESTRO_OUTPUT_START:0123456789abcdef{"n": 3}MAESTRO_OUTPUT_END'
            """);

    assertThat(results(end(launch))).isEqualTo(Map.of("n", 1L));
  }

  @Test
  default void aBlockWithAForgedTokenIsText() throws Exception {
    var launch =
        script(
            "echo 'MAESTRO_OUTPUT_START:0123456789abcdef{\"n\": 3}MAESTRO_OUTPUT_END'; echo end");

    assertThat(results(end(launch))).isEmpty();
  }

  @Test
  default void outputThatIsTooLongIsRefusedWithItsSize() throws Exception {
    var failed = failure(script("yes 0123456789 | head -n 200000 >\"$MAESTRO_OUTPUT\""));

    assertThat(failed.kind()).isEqualTo(Kind.USER);
    assertThat(failed.message()).contains("$MAESTRO_OUTPUT: 2,200,000 bytes");
  }

  private StepReport end(Launch launch) throws Exception {
    var reports = new RecordedReports();
    runtime(reports).launch(launch);
    return reports.awaitEnd(launch.attempt());
  }

  private JobFailed failure(Launch launch) throws Exception {
    var end = end(launch);
    assertThat(end).isInstanceOf(JobFailed.class);
    return (JobFailed) end;
  }

  /** The output parameters of a job that has ended well. */
  static Map<String, Object> results(StepReport end) {
    assertThat(end).isInstanceOf(JobCompleted.class);
    var results = new HashMap<String, Object>();
    ((JobCompleted) end)
        .outputs()
        .forEach((name, param) -> results.put(name, param.evaluatedResult()));
    return results;
  }

  /** Waits for something outside. */
  static void await(String what, Condition condition) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Something to wait for. */
  interface Condition {
    boolean holds() throws Exception;
  }
}
