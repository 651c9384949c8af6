package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One signal after the other: how soon after it is sent over REST a step starts, of a run that the
 * signal starts and of one that has waited for it.
 */
final class SignalLatency {
  private static final String TRIGGERED = "latency-triggered";
  private static final String WAITING = "latency-waiting";
  private static final String STEP = "s";

  /** How many signals that start runs come before those that are measured, as fast as may be. */
  private static final int WARM_UP_STARTS = 3_000;

  /** How many come before those that are measured. */
  static final int WARM_UP = 500;

  /** As many as may wait at the same time. */
  static final int AT_ONCE = 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long REST_MILLIS = 20;

  private final TriggerOptions options;
  private final Installation installation;
  private final PrintStream out;
  private final TriggerStore store;

  SignalLatency(TriggerOptions options, Installation installation, PrintStream out) {
    this.options = options;
    this.installation = installation;
    this.out = out;
    this.store = new TriggerStore(installation.postgres());
  }

  List<String> run() {
    var all = WARM_UP + options.count();
    try (var client = new SpeedClient(installation.engines().getFirst().base());
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      client.publish(
          definition(
              TRIGGERED,
              Map.of("signal_triggers", List.of(Map.of("definitions", Map.of("start", Map.of())))),
              Map.of()));
      client.publish(definition(WAITING, Map.of(), dependency()));
      Patience.await("the trigger is known", LIMIT, () -> store.count("signal_trigger") == 1);
      for (int i = 0; i < WARM_UP_STARTS; i++) {
        announce(http, "start", i);
      }
      Patience.await("all runs end", LIMIT, () -> ended() == WARM_UP_STARTS);
      var sent = new long[all];
      for (int i = 0; i < all; i++) {
        Patience.rest(REST_MILLIS);
        sent[i] = announce(http, "start", i);
      }
      Patience.await("all runs end", LIMIT, () -> ended() == WARM_UP_STARTS + all);
      tell("signal to started step", client, TRIGGERED, WARM_UP_STARTS, sent);
      tellHops(sent);
      for (int i = 0; i < all; i++) {
        client.start(WAITING);
      }
      Patience.await("all gates are known", LIMIT, () -> store.count("signal_gate") == all);
      for (int i = 0; i < all; i++) {
        Patience.rest(REST_MILLIS);
        sent[i] = announce(http, "go", i + 1);
      }
      Patience.await("all runs end", LIMIT, () -> ended() == WARM_UP_STARTS + 2L * all);
      tell("signal to step that waited", client, WAITING, 0, sent);
    }
    return List.of();
  }

  private long ended() {
    return store.count("workflow_run WHERE end_time IS NOT NULL");
  }

  /** The instance with the same number. */
  private static Map<String, Object> dependency() {
    return Map.of(
        "signal_dependencies",
        List.of(
            Map.of(
                "name",
                "go",
                "match_params",
                Map.of(
                    "n",
                    Map.of(
                        "param",
                        Map.of("type", "LONG", "expression", "workflow_instance_id"),
                        "operator",
                        "=")))));
  }

  private static Map<String, Object> definition(
      String id, Map<String, Object> triggers, Map<String, Object> ofStep) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", STEP);
    step.put("type", "NoOp");
    step.putAll(ofStep);
    var workflow = new LinkedHashMap<String, Object>();
    workflow.put("id", id);
    workflow.putAll(triggers);
    workflow.put("steps", List.of(Map.of("step", step)));
    return Map.of(
        "properties",
        Map.of(
            "owner",
            "tester",
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", AT_ONCE),
            "step_concurrency",
            AT_ONCE),
        "is_active",
        true,
        "workflow",
        workflow);
  }

  /** When it was sent, in epoch milliseconds. */
  private long announce(HttpClient http, String name, long number) {
    var request =
        HttpRequest.newBuilder(
                installation.of(ServiceKind.SIGNAL).getFirst().base().resolve("/api/v3/signals"))
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"name\": \"%s\", \"params\": {\"n\": %d}}".formatted(name, number)))
            .build();
    var now = System.currentTimeMillis();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException("expected a signal to be accepted: " + answer.body());
      }
      return now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Where the time between signal and step goes; all in the order of the signals. */
  private void tellHops(long[] sent) {
    var runs = store.runs(TRIGGERED).stream().skip(WARM_UP_STARTS).toList();
    var kept = measured(store.keptAt("start"));
    var matched = measured(store.matchedAt(TRIGGERED));
    var accepted = runs.stream().mapToLong(TriggerStore.Run::createTime).toArray();
    var began = runs.stream().mapToLong(TriggerStore.Run::startTime).toArray();
    out.printf(
        "  of these until it is kept %d ms, matched %d ms, accepted %d ms, started %d ms (medians)%n",
        median(sent, kept),
        median(kept, matched),
        median(matched, accepted),
        median(accepted, began));
  }

  private static long[] measured(long[] all) {
    return Arrays.copyOfRange(all, WARM_UP_STARTS, all.length);
  }

  private static long median(long[] from, long[] to) {
    return IntStream.range(WARM_UP, from.length)
        .mapToLong(i -> to[i] - from[i])
        .sorted()
        .skip((from.length - WARM_UP) / 2)
        .findFirst()
        .orElse(0);
  }

  /**
   * @param before how many runs of the workflow there were before those of the signals
   */
  private void tell(String what, SpeedClient client, String workflowId, int before, long[] sent) {
    var took = new ArrayList<Long>();
    for (int i = WARM_UP; i < sent.length; i++) {
      var step =
          client.get(
              "/api/v3/workflows/%s/instances/%d/runs/1/steps/%s/attempts/1"
                  .formatted(workflowId, before + i + 1, STEP));
      took.add(step.path("runtime_state").path("start_time").asLong() - sent[i]);
    }
    var sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
    out.printf(
        Locale.ROOT,
        "%-27s %d ms median, %d ms 99th percentile, %d to %d ms%n",
        what,
        sorted[sorted.length / 2],
        sorted[(int) (sorted.length * 0.99)],
        Arrays.stream(sorted).min().orElse(0),
        Arrays.stream(sorted).max().orElse(0));
  }
}
