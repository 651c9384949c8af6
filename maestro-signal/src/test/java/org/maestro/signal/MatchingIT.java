package org.maestro.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.signal.TestSignals.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.SignalRequest.SignalSource;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;

/**
 * What is matched with what, while messages come in any order and several times, nodes come and go,
 * and partitions change hands: always the same as an oracle says that only looks at the signals.
 */
class MatchingIT {
  private static final int SIGNALS = 400;
  private static final List<String> NAMES = List.of("red", "green", "blue");
  private static final long SEED = 20261123L;

  /** By name: the join key, and what the parameter {@code n} must be greater than, or null. */
  private record Wanted(String joinKey, Long greaterThan) {}

  private static final Map<String, Map<String, Wanted>> TRIGGERS =
      Map.of(
          "pair",
          Map.of("red", new Wanted("k", null), "green", new Wanted("k", 3L)),
          "three",
          Map.of(
              "red",
              new Wanted("k", 2L),
              "green",
              new Wanted("other", null),
              "blue",
              new Wanted("k", null)));

  @Test
  void everySignalIsMatchedOnceAsTheRuleSays() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    try (var signals = new TestSignals()) {
      TRIGGERS.forEach((workflow, wanted) -> subscribe(signals, workflow, wanted));
      await("the subscriptions", () -> count(signals, "signal_trigger") == TRIGGERS.size());
      var second = signals.addReplica();
      var messages = messages(random);
      var quarter = messages.size() / 4;
      signals.tellAll(signals.topics.signals(), messages.subList(0, quarter));
      takeAwayAndReadAgain(signals);
      signals.tellAll(signals.topics.signals(), messages.subList(quarter, 2 * quarter));
      second.close();
      signals.tellAll(signals.topics.signals(), messages.subList(2 * quarter, 3 * quarter));
      takeAwayAndReadAgain(signals);
      signals.addReplica();
      signals.tellAll(signals.topics.signals(), messages.subList(3 * quarter, messages.size()));
      await("all signals", () -> count(signals, "signal_instance") == SIGNALS);
      await("all offered", () -> count(signals, "signal_name WHERE matched_seq < last_seq") == 0);
      takeAwayAndReadAgain(signals);
      // Answered after everything before it has been read once more.
      for (var i = 0; i < NAMES.size(); i++) {
        var gate = new SignalGate("last", 1, 1, "s", 1, i);
        signals.tell(
            signals.topics.signals(),
            NAMES.get(i),
            new SignalRequest.Await(NAMES.get(i), gate, List.of(), 1));
      }
      await(
          "the end of the topic",
          () -> signals.requests(EngineRequest.GateOpened.class).size() >= NAMES.size());

      var expected = oracle(signals);
      await("all starts", () -> starts(signals).size() >= expected.size());
      await("the end", () -> count(signals, "signal_outbox") == 0);
      assertThat(starts(signals).values()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(count(signals, "signal_match")).isEqualTo(expected.size());
      assertThat(expected).hasSizeGreaterThan(50);
    }
  }

  /** Each announcement one to three times, all of them shuffled. */
  private static List<SignalRequest.Announce> messages(Random random) {
    var all = new ArrayList<SignalRequest.Announce>();
    var source = new SignalSource("source", 1, 1, "s", 1);
    for (var i = 0; i < SIGNALS; i++) {
      var params = new HashMap<String, Object>();
      params.put("n", (long) random.nextInt(8));
      params.put(
          "k", random.nextBoolean() ? (Object) (long) random.nextInt(3) : "k" + random.nextInt(3));
      if (random.nextInt(5) > 0) {
        params.put("other", params.get("k"));
      }
      var name = NAMES.get(random.nextInt(3));
      var one = new SignalRequest.Announce(name, "r" + i, params, null, source, i);
      IntStream.rangeClosed(0, random.nextInt(3)).forEach(_ -> all.add(one));
    }
    Collections.shuffle(all, random);
    return all;
  }

  private static void subscribe(TestSignals signals, String workflow, Map<String, Wanted> wanted) {
    var definitions = new LinkedHashMap<String, Object>();
    wanted.forEach((name, one) -> {
      var entry = new HashMap<String, Object>();
      entry.put("join_keys", List.of(one.joinKey()));
      if (one.greaterThan() != null) {
        entry.put("match_params", Map.of("n", Map.of("value", one.greaterThan(), "operator", ">")));
      }
      definitions.put(name, entry);
    });
    signals.tell(
        signals.topics.triggers(),
        workflow,
        new TriggerNews(
            workflow, 1, 1, 1L, "ann", List.of(), List.of(Map.of("definitions", definitions)), 1));
  }

  /** Whoever owns the partitions has lost them, and what was read is there to be read again. */
  private static void takeAwayAndReadAgain(TestSignals signals) {
    signals
        .database
        .jdbc()
        .sql("UPDATE signal_shard SET epoch = epoch + 1, consumed_offset = 0")
        .update();
  }

  private static long count(TestSignals signals, String table) {
    return signals.database.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  /** What was started with which signals, by request id. */
  private static Map<String, String> starts(TestSignals signals) {
    var starts = new HashMap<String, String>();
    for (var start : signals.requests(EngineRequest.Start.class)) {
      var numbers = new TreeMap<>(((Initiator.Signal) start.initiator()).signalIdMap());
      starts.put(start.requestId(), start.workflowId() + numbers);
    }
    return starts;
  }

  private record Stored(String name, long seq, Map<?, ?> params) {}

  /** The n-th of every name that match go together, for each join value by itself. */
  private static List<String> oracle(TestSignals signals) {
    var stored =
        signals
            .database
            .jdbc()
            .sql("SELECT name, seq, params FROM signal_instance ORDER BY name, seq")
            .query((row, _) ->
                new Stored(
                    row.getString(1),
                    row.getLong(2),
                    TestSignals.JSON.readValue(row.getString(3), Map.class)))
            .list();
    var starts = new ArrayList<String>();
    TRIGGERS.forEach((workflow, wanted) -> {
      var byValue = new HashMap<Object, Map<String, List<Long>>>();
      for (var signal : stored) {
        var one = wanted.get(signal.name());
        if (one == null
            || !signal.params().containsKey(one.joinKey())
            || (one.greaterThan() != null
                && (Long) signal.params().get("n") <= one.greaterThan())) {
          continue;
        }
        byValue
            .computeIfAbsent(signal.params().get(one.joinKey()), _ -> new HashMap<>())
            .computeIfAbsent(signal.name(), _ -> new ArrayList<>())
            .add(signal.seq());
      }
      for (var queues : byValue.values()) {
        for (var i = 0; ; i++) {
          var match = new TreeMap<String, Long>();
          for (var name : wanted.keySet()) {
            var queue = queues.getOrDefault(name, List.of());
            if (i < queue.size()) {
              match.put(name, queue.get(i));
            }
          }
          if (match.size() < wanted.size()) {
            break;
          }
          starts.add(workflow + match);
        }
      }
    });
    return starts;
  }
}
