package org.maestro.benchmark;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.CampaignStore.CanaryEnd;

/**
 * A workflow of one NoOp, started every {@value #PERIOD} ms whatever happens to the installation:
 * what somebody notices of a fault who has nothing to do with it. Its delay is counted from when it
 * was due, not from when a request came through, to the end that the server wrote down.
 */
final class Canary implements AutoCloseable {
  /** Counts of a campaign leave out what begins like this. */
  static final String WORKFLOW = "beside-canary";

  private static final long PERIOD = 100;

  /** Longer than a campaign leaves anything away. */
  private static final Duration GIVE_UP = Duration.ofMinutes(20);

  private static final Duration DRAIN = Duration.ofMinutes(5);

  private final CampaignStore store;
  private final AckLog acks;
  private final StartClient client;
  private final List<Long> due = new ArrayList<>();
  private final AtomicInteger settled = new AtomicInteger();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable List<CanaryEnd> ends;

  Canary(List<URI> engines, CampaignStore store, Path folder) {
    this.store = store;
    this.acks = new AckLog(folder.resolve("canary.log"));
    this.client = new StartClient(engines, acks, GIVE_UP);
  }

  void begin() {
    client.publish(
        Map.of(
            "properties",
            Map.of(
                "owner",
                "tester",
                "run_strategy",
                Map.of("rule", "PARALLEL", "workflow_concurrency", 1_000)),
            "is_active",
            true,
            "workflow",
            Map.of("id", WORKFLOW, "steps", List.of(Workload.noOp("sing")))));
    var _ = pace.scheduleAtFixedRate(this::next, 0, PERIOD, TimeUnit.MILLISECONDS);
  }

  private void next() {
    int number;
    synchronized (due) {
      number = due.size();
      due.add(System.currentTimeMillis());
    }
    requests.execute(() -> {
      try {
        client.start(new Workload.Start(number, WORKFLOW, requestId(number)));
      } finally {
        settled.incrementAndGet();
      }
    });
  }

  private static String requestId(int number) {
    return UUID.nameUUIDFromBytes(("canary " + number).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Starts no more. */
  void stop() {
    pace.shutdown();
  }

  /** Starts no more and waits for the ends of all; what was not kept of its promises. */
  List<String> end() {
    stop();
    var violations = new ArrayList<String>();
    try {
      Patience.await(
          "all canaries are accepted",
          DRAIN,
          () -> pace.isTerminated() && settled.get() == due.size());
      Patience.await(
          "all canaries end",
          DRAIN,
          () -> store.canaries().stream().filter(run -> run.endTime() > 0).count() == due.size());
    } catch (Patience.ImpatientException e) {
      violations.add(String.valueOf(e.getMessage()));
    }
    violations.addAll(client.complaints());
    ends = store.canaries();
    if (ends.stream().anyMatch(run -> !run.status().equals("SUCCEEDED"))) {
      violations.add("expected all canaries to have SUCCEEDED, found " + ends);
    }
    return violations;
  }

  /**
   * How it went for those that were due within a time.
   *
   * @param p99 milliseconds from when they were due to their end
   * @param gap the longest time in milliseconds in which none ended
   */
  record Figures(int count, long median, long p99, long longest, long gap) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d started, median %d ms, p99 %d ms, longest %d ms; longest gap %d ms",
          count,
          median,
          p99,
          longest,
          gap);
    }
  }

  /** From one epoch millisecond until another. */
  record Span(long from, long until) {
    private boolean contains(long millis) {
      return millis >= from && millis < until;
    }
  }

  /** Of those due from one epoch millisecond until another; only after {@link #end}. */
  Figures between(long from, long until) {
    return during(List.of(new Span(from, until)));
  }

  /** Of those due within any of these spans, together; only after {@link #end}. */
  Figures during(List<Span> spans) {
    if (ends == null) {
      throw new IllegalStateException("expected the canary to have ended");
    }
    var byId = new HashMap<String, Long>();
    ends.forEach(run -> byId.put(run.uuid(), run.endTime()));
    var delays = new ArrayList<Long>();
    for (int number = 0; number < due.size(); number++) {
      long at = due.get(number);
      var end = byId.getOrDefault(requestId(number), 0L);
      if (end > 0 && spans.stream().anyMatch(span -> span.contains(at))) {
        delays.add(end - at);
      }
    }
    delays.sort(null);
    var gap = spans.stream().mapToLong(this::gap).max().orElse(0);
    return delays.isEmpty()
        ? new Figures(0, 0, 0, 0, gap)
        : new Figures(
            delays.size(),
            delays.get(delays.size() / 2),
            delays.get(delays.size() * 99 / 100),
            delays.getLast(),
            gap);
  }

  private long gap(Span span) {
    long last = 0;
    long longest = 0;
    var sorted =
        ends == null ? new long[0] : ends.stream().mapToLong(CanaryEnd::endTime).sorted().toArray();
    for (var end : sorted) {
      if (last > 0 && end > span.from() && last < span.until()) {
        longest = Math.max(longest, end - last);
      }
      last = end;
    }
    return longest;
  }

  @Override
  public void close() {
    pace.shutdownNow();
    requests.shutdownNow();
    requests.close();
    client.close();
    acks.close();
  }
}
