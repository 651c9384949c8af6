package org.maestro.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.maestro.benchmark.AckLog.Ack;
import org.maestro.benchmark.CampaignStore.JobAttempt;
import org.maestro.benchmark.CampaignStore.RunOf;

/** Compares what the client was promised, what the engines say and what the jobs wrote. Pure. */
final class Verdict {
  private final List<Workload.Start> sent;
  private final List<Ack> acks;
  private final List<RunOf> runs;
  private final List<JobAttempt> attempts;
  private final JobLog jobs;

  Verdict(
      List<Workload.Start> sent,
      List<Ack> acks,
      List<RunOf> runs,
      List<JobAttempt> attempts,
      JobLog jobs) {
    this.sent = List.copyOf(sent);
    this.acks = List.copyOf(acks);
    this.runs = List.copyOf(runs);
    this.attempts = List.copyOf(attempts);
    this.jobs = jobs;
  }

  /** Every promise that was not kept, each in one sentence. */
  List<String> violations() {
    var found = new ArrayList<String>();
    lostOrDoubled(found);
    unended(found);
    counts(found);
    jobAttempts(found);
    found.addAll(jobs.violations());
    return found;
  }

  private void lostOrDoubled(List<String> found) {
    var byRequest = new HashMap<String, List<RunOf>>();
    runs.forEach(run ->
        byRequest
            .computeIfAbsent(run.workflowId() + " " + run.uuid(), _ -> new ArrayList<>())
            .add(run));
    var answers = new LinkedHashMap<String, Set<Long>>();
    for (var ack : acks) {
      var request = ack.workflowId() + " " + ack.requestId();
      answers.computeIfAbsent(request, _ -> new LinkedHashSet<>()).add(ack.instanceId());
    }
    answers.forEach((request, instances) -> {
      var own = byRequest.getOrDefault(request, List.of());
      if (own.size() != 1) {
        found.add("request %s was accepted and has %d instances".formatted(request, own.size()));
      } else if (!instances.equals(Set.of(own.getFirst().instanceId()))) {
        found.add(
            "request %s was answered with instances %s and is instance %d"
                .formatted(request, instances, own.getFirst().instanceId()));
      }
    });
    for (var start : sent) {
      if (!answers.containsKey(start.workflowId() + " " + start.requestId())) {
        found.add("start %d was never acknowledged".formatted(start.number()));
      }
    }
  }

  private void unended(List<String> found) {
    for (var run : runs) {
      var expected = Workload.expectedStatus(run.workflowId());
      if (!run.status().equals(expected)) {
        found.add(
            "%s (shard %d): expected %s, found %s"
                .formatted(run.name(), run.shard(), expected, run.status()));
      }
    }
  }

  /** No instance that nobody asked for, and every child that was called. */
  private void counts(List<String> found) {
    var wanted = new TreeMap<String, Long>();
    sent.forEach(start -> wanted.merge(start.workflowId(), 1L, Long::sum));
    var instances = new TreeMap<String, Long>();
    runs.forEach(run -> instances.merge(run.workflowId(), 1L, Long::sum));
    instances.forEach((workflow, count) -> {
      long expected =
          wanted.getOrDefault(workflow, 0L) + Workload.expectedChildren(workflow, wanted);
      if (count != expected) {
        found.add("%s: expected %d instances, found %d".formatted(workflow, expected, count));
      }
    });
  }

  private void jobAttempts(List<String> found) {
    var begun = jobs.begun();
    var known = new HashSet<String>();
    var bySteps = new TreeMap<String, List<JobAttempt>>();
    for (var attempt : attempts) {
      known.add(attempt.name());
      bySteps.computeIfAbsent(attempt.step(), _ -> new ArrayList<>()).add(attempt);
      if (!begun.contains(attempt.name())) {
        found.add("%s is %s and never began".formatted(attempt.name(), attempt.status()));
      }
    }
    begun.stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> found.add(name + " began and is not recorded"));
    bySteps.forEach((step, all) -> {
      var expected = Workload.expectedAttempts(all.getFirst().workflowId());
      if (all.size() != expected) {
        found.add(
            "%s: expected %d attempts, found %s"
                .formatted(step, expected, all.stream().map(JobAttempt::status).toList()));
      }
    });
  }

  /** What has been compared, in one sentence. */
  String extent() {
    return "%d starts sent, %d acknowledgements, %d runs, %d job attempts"
        .formatted(sent.size(), acks.size(), runs.size(), jobs.attempts());
  }

  /** Runs by workflow and status. */
  Map<String, Long> tally() {
    var tally = new TreeMap<String, Long>();
    runs.forEach(run -> tally.merge(run.workflowId() + " " + run.status(), 1L, Long::sum));
    return tally;
  }
}
