package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.benchmark.AckLog.Ack;
import org.maestro.benchmark.CampaignStore.JobAttempt;
import org.maestro.benchmark.CampaignStore.RunOf;

class VerdictTest {
  private static final String CHAIN = "campaign-chain";
  private static final Workload.Start START = new Workload.Start(0, CHAIN, "r1");
  private static final JobLog NO_JOBS = new JobLog(List.of());

  @Test
  void aStartThatWasAcceptedAndRanOnceKeepsThePromise() {
    var verdict =
        verdict(
            List.of(ack(1), ack(1)),
            List.of(run(1, "r1", "SUCCEEDED")),
            List.of(attempt("SUCCEEDED")),
            new JobLog(
                List.of(
                    "start u1 campaign-chain/1/1/job-b 1 100 1000",
                    "end u1 campaign-chain/1/1/job-b 1 100 2000")));
    assertThat(verdict.violations()).isEmpty();
  }

  @Test
  void anAcceptedStartWithoutAnInstanceIsLost() {
    assertThat(verdict(List.of(ack(1)), List.of(), List.of(), NO_JOBS).violations())
        .containsExactly("request campaign-chain r1 was accepted and has 0 instances");
  }

  @Test
  void aStartThatWasNeverAcknowledgedIsTold() {
    assertThat(verdict(List.of(), List.of(), List.of(), NO_JOBS).violations())
        .containsExactly("start 0 was never acknowledged");
  }

  @Test
  void twoInstancesOfOneRequestAreADuplicate() {
    var runs = List.of(run(1, "r1", "SUCCEEDED"), run(2, "r1", "SUCCEEDED"));
    assertThat(verdict(List.of(ack(1), ack(2)), runs, List.of(), NO_JOBS).violations())
        .containsExactly(
            "request campaign-chain r1 was accepted and has 2 instances",
            "campaign-chain: expected 1 instances, found 2");
  }

  @Test
  void twoAnswersToOneRequestMustNameTheSameInstance() {
    var runs = List.of(run(1, "r1", "SUCCEEDED"));
    assertThat(verdict(List.of(ack(1), ack(2)), runs, List.of(), NO_JOBS).violations())
        .containsExactly(
            "request campaign-chain r1 was answered with instances [1, 2] and is instance 1");
  }

  @Test
  void aRunThatHasNotEndedIsTold() {
    var runs = List.of(run(1, "r1", "IN_PROGRESS"));
    assertThat(verdict(List.of(ack(1)), runs, List.of(), NO_JOBS).violations())
        .containsExactly("campaign-chain/1/1 (shard 3): expected SUCCEEDED, found IN_PROGRESS");
  }

  @Test
  void aStepThatSucceededWithoutItsJobIsTold() {
    var runs = List.of(run(1, "r1", "SUCCEEDED"));
    var verdict = verdict(List.of(ack(1)), runs, List.of(attempt("SUCCEEDED")), NO_JOBS);
    assertThat(verdict.violations())
        .containsExactly("campaign-chain/1/1/job-b attempt 1 is SUCCEEDED and never began");
  }

  private static Verdict verdict(
      List<Ack> acks, List<RunOf> runs, List<JobAttempt> attempts, JobLog jobs) {
    return new Verdict(List.of(START), acks, runs, attempts, jobs);
  }

  private static Ack ack(long instance) {
    return new Ack(CHAIN, "r1", instance);
  }

  private static RunOf run(long instance, String uuid, String status) {
    return new RunOf(CHAIN, instance, 1, uuid, 3, status, 1, 2);
  }

  private static JobAttempt attempt(String status) {
    return new JobAttempt(CHAIN, 1, 1, "job-b", 1, status);
  }
}
