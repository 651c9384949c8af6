package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.SignalRequest.SignalSource;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many signals, each announced one to three times, over REST and over the topic, in any order, for
 * two triggers that share names and keys; services are killed or stand still meanwhile, and in the
 * end everything on the topics comes once more. What has been started is compared with what an
 * oracle computes from the signals alone.
 */
final class SignalStorm {
  private static final List<String> NAMES = List.of("red", "green", "blue");
  private static final String STORM_RUNS = "workflow_run WHERE workflow_id LIKE 'storm-%'";
  private static final int KEYS = 40;
  private static final int SENDERS = 6;
  private static final int SHORTEST_PEACE = 500;
  private static final int LONGEST_PEACE = 4_000;
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Duration REPLAY_QUIET = Duration.ofSeconds(4);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** What a trigger asks of a signal: always its key, and for some names the least of {@code n}. */
  private static final Map<String, Map<String, Long>> TRIGGERS =
      Map.of(
          "storm-pair", Map.of("red", 0L, "green", 3L),
          "storm-three", Map.of("red", 2L, "green", 0L, "blue", 0L));

  private final TriggerOptions options;
  private final Installation installation;
  private final TriggerNemesis nemesis;
  private final PrintStream out;
  private final TriggerStore store;
  private final JsonMapper json = StrictJson.mapper();
  private final ServiceTopics topics = ServiceTopics.of(ServiceTopics.DEFAULT_PREFIX);
  private final KafkaSettings kafka;

  SignalStorm(
      TriggerOptions options, Installation installation, TriggerNemesis nemesis, PrintStream out) {
    this.options = options;
    this.installation = installation;
    this.nemesis = nemesis;
    this.out = out;
    this.store = new TriggerStore(installation.postgres());
    this.kafka = KafkaSettings.plain(installation.kafka().bootstrapServers(), "storm", "storm");
  }

  List<String> run() {
    try (var client = new SpeedClient(installation.engines().getFirst().base())) {
      TRIGGERS.forEach((id, wanted) -> client.publish(definition(id, wanted)));
    }
    Patience.await(
        "the triggers are known", LIMIT, () -> store.count("signal_trigger") == TRIGGERS.size());
    announce();
    Patience.await(
        "all signals are kept", LIMIT, () -> store.count("signal_instance") == options.count());
    settle();
    var violations = new ArrayList<String>();
    verdict("before the replay", violations);
    out.printf("replayed  %d messages%n", replay());
    settle();
    verdict("after the replay", violations);
    return violations;
  }

  private static Map<String, Object> definition(String id, Map<String, Long> wanted) {
    var names = new LinkedHashMap<String, Object>();
    wanted.forEach((name, least) ->
        names.put(
            name,
            Map.of(
                "join_keys",
                List.of("k"),
                "match_params",
                Map.of("n", Map.of("value", least, "operator", ">=")))));
    return Map.of(
        "properties",
        Map.of(
            "owner",
            "tester",
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 100)),
        "is_active",
        true,
        "workflow",
        Map.of(
            "id",
            id,
            "signal_triggers",
            List.of(
                Map.of("definitions", names, "dedup_expr", "return UUID.randomUUID().toString();")),
            "steps",
            List.of(Workload.noOp("s"))));
  }

  /** One announcement of a signal. */
  private record Sending(SignalRequest.Announce signal, boolean overRest) {}

  private List<Sending> sendings() {
    var random = new Random(options.seed());
    var all = new ArrayList<Sending>();
    var source = new SignalSource("storm", 1, 1, "s", 1);
    for (int i = 0; i < options.count(); i++) {
      var params = new HashMap<String, Object>();
      params.put("n", (long) random.nextInt(8));
      if (random.nextInt(20) > 0) {
        params.put(
            "k",
            random.nextBoolean()
                ? (Object) (long) random.nextInt(KEYS)
                : "k" + random.nextInt(KEYS));
      }
      var signal =
          new SignalRequest.Announce(
              NAMES.get(random.nextInt(NAMES.size())), "r" + i, params, null, source, i);
      for (int times = random.nextInt(3); times >= 0; times--) {
        all.add(new Sending(signal, random.nextBoolean()));
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  private void announce() {
    var work = new ConcurrentLinkedQueue<>(sendings());
    var sent = work.size();
    var repeats = new AtomicInteger();
    var began = System.nanoTime();
    var over = new AtomicBoolean();
    try (var sender = new MessageSender(kafka);
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newFixedThreadPool(SENDERS + 1)) {
      var disturbing = threads.submit(() -> disturb(over));
      var senders = new ArrayList<Future<?>>();
      for (int i = 0; i < SENDERS; i++) {
        var random = new Random(options.seed() + i);
        senders.add(threads.submit(() -> send(work, sender, http, random, repeats)));
      }
      for (var one : senders) {
        one.get();
      }
      over.set(true);
      out.printf(
          Locale.ROOT,
          "announced %d signals, %d times, in %.0f s; %d requests repeated, %d faults%n",
          options.count(),
          sent,
          (System.nanoTime() - began) / 1e9,
          repeats.get(),
          disturbing.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("not all signals could be announced", e);
    }
  }

  private void send(
      Queue<Sending> work,
      MessageSender sender,
      HttpClient http,
      Random random,
      AtomicInteger repeats) {
    var services = installation.of(ServiceKind.SIGNAL);
    for (var next = work.poll(); next != null; next = work.poll()) {
      var signal = next.signal();
      if (!next.overRest()) {
        sender
            .send(
                List.of(
                    new OutgoingMessage(
                        topics.signals(),
                        null,
                        signal.name(),
                        json.writeValueAsBytes((SignalRequest) signal),
                        Map.of())))
            .join();
        continue;
      }
      while (!accepted(http, services.get(random.nextInt(services.size())).base(), signal)) {
        repeats.incrementAndGet();
        Patience.rest(50);
      }
    }
  }

  /** Whether it has been kept, now or before. */
  private boolean accepted(HttpClient http, URI base, SignalRequest.Announce signal) {
    var body =
        Map.of("name", signal.name(), "request_id", signal.requestId(), "params", signal.params());
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v3/signals"))
            .timeout(ANSWER_TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
            .build();
    try {
      var status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 == 4 && status != 409) {
        throw new IllegalStateException("expected a signal to be accepted, found " + status);
      }
      return status / 100 == 2 || status == 409;
    } catch (IOException e) {
      return false; // it has been killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Kills now one, now another, or does what was asked for, until all is announced. */
  private int disturb(AtomicBoolean over) {
    var random = new Random(options.seed() * 31);
    var victims = new ArrayList<>(installation.of(ServiceKind.SIGNAL));
    victims.addAll(installation.engines());
    var wanted = options.kills() + options.faults().size();
    for (int i = 0; i < wanted; i++) {
      Patience.rest(random.nextInt(SHORTEST_PEACE, LONGEST_PEACE));
      if (over.get()) {
        return i;
      }
      if (options.faults().isEmpty()) {
        nemesis.kill(victims.get(random.nextInt(victims.size())));
      } else {
        nemesis.inflict(options.faults().get(i));
      }
    }
    return wanted;
  }

  /** Until nothing is on its way any more. */
  private void settle() {
    Patience.await(
        "all signals are offered",
        LIMIT,
        () -> store.count("signal_name WHERE matched_seq < last_seq") == 0);
    Patience.await("all are decided", LIMIT, () -> store.count("signal_undecided") == 0);
    Patience.await("all requests are sent", LIMIT, () -> store.count("signal_outbox") == 0);
    Patience.await(
        "all requests are answered",
        LIMIT,
        () -> store.count("signal_match WHERE state = 'REQUESTED'") == 0);
    Patience.await(
        "all runs end", LIMIT, () -> store.count(STORM_RUNS + " AND end_time IS NULL") == 0);
  }

  /** Sends everything that is on the topics once more; how much that was. */
  private int replay() {
    var messages = new ConcurrentLinkedQueue<OutgoingMessage>();
    for (var topic :
        List.of(topics.triggers(), topics.signals(), topics.requests(), topics.answers())) {
      try (var consumer =
          new TopicConsumer(
              KafkaSettings.plain(
                  installation.kafka().bootstrapServers(), "replay-" + topic, "replay"),
              topic,
              read ->
                  read.forEach(message ->
                      messages.add(
                          new OutgoingMessage(
                              topic, null, message.key(), message.value(), message.headers()))))) {
        consumer.start();
        for (int seen = -1; seen < messages.size() || seen == 0; ) {
          seen = messages.size();
          Patience.rest(REPLAY_QUIET.toMillis());
        }
      }
    }
    try (var sender = new MessageSender(kafka)) {
      sender.send(List.copyOf(messages)).join();
    }
    Patience.rest(REPLAY_QUIET.toMillis());
    return messages.size();
  }

  private void verdict(String when, List<String> violations) {
    var expected = oracle();
    var found = new ArrayList<String>();
    var requests = new HashSet<String>();
    try (var client = new SpeedClient(installation.engines().getFirst().base())) {
      for (var run : store.runs("storm-%")) {
        var answer =
            client.get(
                "/api/v3/workflows/%s/instances/%d/runs/1"
                    .formatted(run.workflowId(), run.instanceId()));
        var numbers = new TreeMap<String, Long>();
        answer
            .path("initiator")
            .path("signal_id_map")
            .properties()
            .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asLong()));
        found.add(run.workflowId() + numbers);
        requests.add(run.uuid());
        if (!run.status().equals("SUCCEEDED")) {
          violations.add(when + ": expected a run to have SUCCEEDED, found " + run);
        }
      }
    }
    out.printf(
        "%s: %d runs, the oracle says %d; %d dead letters, %d of the engine%n",
        when,
        found.size(),
        expected.size(),
        store.count("signal_dead_letter"),
        store.count("parked_request"));
    var missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    var tooMuch = new ArrayList<>(found);
    expected.forEach(tooMuch::remove);
    missing.forEach(one -> violations.add(when + ": never started: " + one));
    tooMuch.forEach(one -> violations.add(when + ": started without need: " + one));
    if (requests.size() != found.size()) {
      violations.add(when + ": requests with several runs");
    }
  }

  /** The n-th of every name that match go together, for each key by itself. */
  private List<String> oracle() {
    var starts = new ArrayList<String>();
    var kept = store.signals();
    TRIGGERS.forEach((workflow, wanted) -> {
      var byKey = new HashMap<Object, Map<String, List<Long>>>();
      for (var signal : kept) {
        var params = json.readValue(signal.params(), Map.class);
        var least = wanted.get(signal.name());
        var key = params.get("k");
        if (least != null
            && key != null
            && params.get("n") instanceof Number number
            && number.longValue() >= least) {
          byKey
              .computeIfAbsent(key, _ -> new HashMap<>())
              .computeIfAbsent(signal.name(), _ -> new ArrayList<>())
              .add(signal.seq());
        }
      }
      for (var queues : byKey.values()) {
        var together =
            wanted.keySet().stream()
                .mapToInt(name -> queues.getOrDefault(name, List.of()).size())
                .min()
                .orElse(0);
        for (int i = 0; i < together; i++) {
          var match = new TreeMap<String, Long>();
          for (var name : wanted.keySet()) {
            match.put(name, queues.getOrDefault(name, List.of()).get(i));
          }
          starts.add(workflow + match);
        }
      }
    });
    return starts;
  }
}
