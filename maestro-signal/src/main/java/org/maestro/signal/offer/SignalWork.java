package org.maestro.signal.offer;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.message.SignalRequest;
import org.maestro.service.security.AccessPolicy;
import org.maestro.signal.announce.AnnouncedBy;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalCheck;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalLog;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.gate.Gates;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.shard.TopicWork;
import tools.jackson.core.JacksonException;

/**
 * Deals with the messages of the topic of signals: announces, lets steps wait, and offers what is
 * new under the names that the messages are about.
 */
public final class SignalWork implements TopicWork {
  /** How many signals of one name are offered with the messages; the rest follows by itself. */
  private static final int AT_ONCE = 200;

  private final String topic;
  private final SignalLog announcements;
  private final SignalStore signals;
  private final Gates gates;
  private final NewSignals offers;
  private final DeadLetterStore deadLetters;
  private final AccessPolicy access;
  private final SignalJson json;
  private final InstantSource clock;

  public SignalWork(
      String topic,
      SignalLog announcements,
      SignalStore signals,
      Gates gates,
      NewSignals offers,
      DeadLetterStore deadLetters,
      AccessPolicy access,
      SignalJson json,
      InstantSource clock) {
    this.topic = topic;
    this.announcements = announcements;
    this.signals = signals;
    this.gates = gates;
    this.offers = offers;
    this.deadLetters = deadLetters;
    this.access = access;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public List<OutboxRow> apply(int partition, List<ReceivedMessage> messages) {
    var requests = new ArrayList<SignalRequest>();
    var names = new LinkedHashSet<String>();
    for (var message : messages) {
      var request = read(partition, message);
      if (request != null) {
        requests.add(request);
        names.add(request.name());
      }
    }
    if (names.isEmpty()) {
      return List.of();
    }
    var _ = signals.lock(names); // all of them first, so that nobody waits in a circle
    var rows = new ArrayList<OutboxRow>();
    requests.forEach(request -> rows.addAll(follow(request)));
    for (var name : signals.lock(names)) { // as far as they have come by now
      rows.addAll(offers.offerNext(name, AT_ONCE));
    }
    return rows;
  }

  @Override
  public List<OutboxRow> applyAlone(int partition, ReceivedMessage message) {
    var request = read(partition, message);
    if (request == null) {
      return List.of();
    }
    var _ = signals.lock(List.of(request.name()));
    return follow(request);
  }

  @Override
  public void committed(List<ReceivedMessage> messages) {
    var names = new LinkedHashSet<String>();
    messages.stream().map(ReceivedMessage::key).filter(name -> !name.isEmpty()).forEach(names::add);
    if (!names.isEmpty()) {
      offers.offerAll(signals.behind(names));
    }
  }

  /** Null if it is not to be read; then it has been parked. */
  private @Nullable SignalRequest read(int partition, ReceivedMessage message) {
    String reason;
    try {
      var request = json.message(message.value(), SignalRequest.class);
      var problems = problems(request);
      if (problems.isEmpty()) {
        return request;
      }
      reason = problems.toString();
    } catch (JacksonException e) {
      reason = e.getOriginalMessage();
    } catch (NullPointerException | IllegalArgumentException e) {
      reason = "a field is missing or wrong: " + e.getMessage();
    }
    deadLetters.insert(
        DeadLetter.message(
            topic, partition, message, "expected a signal request: " + reason, clock.millis()));
    return null;
  }

  private static List<DefinitionProblem> problems(SignalRequest request) {
    return switch (request) {
      case SignalRequest.Announce(var name, var id, var params, _, _, _, _) ->
          SignalCheck.problems(name, id, params);
      case SignalRequest.Await(var name, _, var conditions, _, _) -> {
        var values = new LinkedHashMap<String, Object>();
        conditions.forEach(condition -> values.put(condition.param(), condition.value()));
        yield SignalCheck.problems(name, null, values);
      }
      case SignalRequest.Forget(var name, _) -> SignalCheck.problems(name, null, Map.of());
    };
  }

  private AnnouncedBy by(@Nullable String owner) {
    return new AnnouncedBy(owner, owner != null && access.actingFor(owner).isAdmin());
  }

  private List<OutboxRow> follow(SignalRequest request) {
    return switch (request) {
      case SignalRequest.Announce announce -> {
        var _ =
            announcements.append(
                new Announcement(
                    announce.name(),
                    announce.requestId(),
                    SignalCheck.params(announce.params()),
                    announce.payload(),
                    announce.time(),
                    new Origin.Step(announce.source())),
                by(announce.owner()));
        yield List.of();
      }
      case SignalRequest.Await await -> gates.await(await, clock.millis());
      case SignalRequest.Forget forget -> {
        gates.forget(forget);
        yield List.of();
      }
    };
  }
}
