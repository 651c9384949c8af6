package org.maestro.signal.trigger;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.signal.MatchState;
import org.maestro.service.database.Transactions;
import org.maestro.signal.announce.Announcers;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.outbox.OutboxRow;

/**
 * Keeps the triggers of active versions as the engine tells. A trigger that says the same in the
 * next version goes on with what it has collected; one that says something else, or is gone for a
 * while, begins anew with what is announced afterwards.
 */
public final class Subscriptions {
  private final Transactions transactions;
  private final TriggerStore triggers;
  private final SignalStore signals;
  private final MatchStore matches;
  private final StartRequests starts;
  private final SignalJson json;
  private final InstantSource clock;

  public Subscriptions(
      Transactions transactions,
      TriggerStore triggers,
      SignalStore signals,
      MatchStore matches,
      StartRequests starts,
      SignalJson json,
      InstantSource clock) {
    this.transactions = transactions;
    this.triggers = triggers;
    this.signals = signals;
    this.matches = matches;
    this.starts = starts;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Takes over which triggers a workflow has, unless it is old news.
   *
   * @return what is to be sent
   * @throws IllegalArgumentException if a trigger can't be read
   */
  public List<OutboxRow> learn(TriggerNews news) {
    var wanted = triggers(news);
    return transactions.runIdempotent(() -> learn(news, wanted));
  }

  private List<OutboxRow> learn(TriggerNews news, Map<String, Trigger> wanted) {
    if (!triggers.lockKnown(news.workflowId()).isBefore(news.internalId(), news.revision())) {
      return List.of();
    }
    triggers.learn(
        news.workflowId(),
        news.internalId(),
        news.revision(),
        new Announcers(news.owner(), news.announcers()));
    var present = new HashMap<String, Trigger>();
    triggers.ofWorkflow(news.workflowId()).forEach(trigger -> present.put(trigger.id(), trigger));
    var changed = new ArrayList<Trigger>();
    var gone = new ArrayList<Trigger>();
    wanted.values().stream().filter(t -> !t.equals(present.get(t.id()))).forEach(changed::add);
    present.values().stream().filter(t -> !wanted.containsKey(t.id())).forEach(gone::add);
    if (changed.isEmpty() && gone.isEmpty()) {
      return List.of();
    }
    var names = new HashSet<String>();
    changed.forEach(trigger -> names.addAll(trigger.definition().definitions().keySet()));
    gone.forEach(trigger -> names.addAll(trigger.definition().definitions().keySet()));
    signals.lock(names); // nothing is announced or matched under them meanwhile
    if (!gone.isEmpty()) {
      triggers.delete(gone.stream().map(Trigger::id).toList());
    }
    var now = clock.millis();
    var rows = new ArrayList<OutboxRow>();
    for (var trigger : changed) {
      if (present.containsKey(trigger.id())) {
        triggers.rename(trigger);
        rows.addAll(requestAgain(matches.replaced(trigger.id()), trigger, now));
      } else {
        triggers.insert(trigger, now);
      }
    }
    return rows;
  }

  private Map<String, Trigger> triggers(TriggerNews news) {
    var all = new LinkedHashMap<String, Trigger>();
    if (news.versionId() == null) {
      return all;
    }
    for (var i = 0; i < news.signalTriggers().size(); i++) {
      var definition = TriggerStore.read(news.signalTriggers().get(i));
      var content =
          "trigger\n%s\n%d\n%s"
              .formatted(
                  news.workflowId(),
                  news.internalId(),
                  json.write(DefinitionWriter.tree(definition)));
      var id = Match.uuid(content);
      for (var again = 1; all.containsKey(id); again++) { // the same trigger twice is two
        id = Match.uuid(content + "\n" + again);
      }
      all.put(
          id,
          new Trigger(
              id,
              news.workflowId(),
              TriggerId.ofSignalTrigger(news.internalId(), news.versionId(), i).value(),
              news.owner(),
              definition));
    }
    return all;
  }

  /**
   * Takes over what came of a start.
   *
   * @return what is to be sent: the start under another trigger id, if the trigger has got one
   *     meanwhile
   */
  public List<OutboxRow> answered(StartAnswer answer) {
    return transactions.runIdempotent(() -> {
      var isNew = matches.answer(answer);
      if (!isNew || answer.outcome() != StartAnswer.Outcome.REPLACED) {
        return List.of();
      }
      var rows = new ArrayList<OutboxRow>();
      for (var match : matches.replaced(answer.workflowId(), answer.requestId())) {
        triggers
            .find(match.triggerId())
            .ifPresent(
                trigger -> rows.addAll(requestAgain(List.of(match), trigger, clock.millis())));
      }
      return rows;
    });
  }

  private List<OutboxRow> requestAgain(List<Match> replaced, Trigger trigger, long now) {
    var again =
        replaced.stream()
            .filter(match -> !match.triggerUuid().equals(trigger.uuid()))
            .map(match -> under(match, trigger.uuid()))
            .filter(match -> matches.decide(match, MatchState.REPLACED))
            .toList();
    return starts.request(again, now);
  }

  private static Match under(Match match, String uuid) {
    return new Match(
        match.id(),
        match.triggerId(),
        match.workflowId(),
        uuid,
        match.signals(),
        MatchState.REQUESTED,
        Objects.requireNonNull(match.requestId()),
        match.params(),
        null,
        null,
        match.matchTime());
  }
}
