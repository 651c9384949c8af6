package org.maestro.signal.source;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.signal.announce.AnnouncedBy;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Announcer.Arrivals;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalLog;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.shard.TopicWork;

/** Announces the signals that another system's topic brings; each message once. */
public final class SourceWork implements TopicWork {
  private final SourceMapping mapping;
  private final SignalLog announcements;
  private final SignalStore signals;
  private final DeadLetterStore deadLetters;
  private final Arrivals arrivals;
  private final SignalJson json;
  private final InstantSource clock;

  /** Names announced, until their arrival has been told. */
  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  public SourceWork(
      SourceMapping mapping,
      SignalLog announcements,
      SignalStore signals,
      DeadLetterStore deadLetters,
      Arrivals arrivals,
      SignalJson json,
      InstantSource clock) {
    this.mapping = mapping;
    this.announcements = announcements;
    this.signals = signals;
    this.deadLetters = deadLetters;
    this.arrivals = arrivals;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public List<OutboxRow> apply(int partition, List<ReceivedMessage> messages) {
    var found = new ArrayList<Announcement>();
    for (var message : messages) {
      try {
        found.add(mapping.announcement(partition, message, json, clock.millis()));
      } catch (SourceMapping.NoSignalException e) {
        deadLetters.insert(
            DeadLetter.message(
                mapping.topic(),
                partition,
                message,
                String.valueOf(e.getMessage()),
                clock.millis()));
      }
    }
    var names = new LinkedHashSet<String>();
    found.forEach(announcement -> names.add(announcement.name()));
    if (!names.isEmpty()) {
      var _ = signals.lock(names); // all of them first, so that nobody waits in a circle
      var by = AnnouncedBy.topic(mapping.topic());
      found.forEach(one -> announcements.append(one, by));
      announced.addAll(names);
    }
    return List.of();
  }

  @Override
  public List<OutboxRow> applyAlone(int partition, ReceivedMessage message) {
    return apply(partition, List.of(message));
  }

  @Override
  public void committed(List<ReceivedMessage> messages) {
    for (var name : Set.copyOf(announced)) {
      announced.remove(name);
      arrivals.of(name);
    }
  }
}
