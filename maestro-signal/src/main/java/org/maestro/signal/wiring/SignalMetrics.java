package org.maestro.signal.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.signal.offer.OfferLoop;
import org.maestro.signal.shard.OwnedTopic;
import org.maestro.signal.trigger.Decisions;

/** The numbers by which one sees how the signal service is doing. */
final class SignalMetrics implements MeterBinder {
  private final List<OwnedTopic> topics;
  private final OutboxRelay relay;
  private final OfferLoop offers;
  private final Decisions decisions;
  private final DeadLetterGauge deadLetters;

  SignalMetrics(
      List<OwnedTopic> topics,
      OutboxRelay relay,
      OfferLoop offers,
      Decisions decisions,
      DeadLetterGauge deadLetters) {
    this.topics = List.copyOf(topics);
    this.relay = relay;
    this.offers = offers;
    this.decisions = decisions;
    this.deadLetters = deadLetters;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var topic : topics) {
      FunctionCounter.builder("maestro.signal.messages", topic, OwnedTopic::handled)
          .tag("topic", topic.name())
          .description("messages that were handled or parked")
          .register(registry);
      Gauge.builder("maestro.signal.partitions", topic, OwnedTopic::owned)
          .tag("topic", topic.name())
          .description("partitions that this node writes for")
          .register(registry);
    }
    FunctionCounter.builder("maestro.signal.requests.sent", relay, OutboxRelay::sent)
        .description("starts and opened gates that the broker has")
        .register(registry);
    Gauge.builder("maestro.signal.requests.waiting", relay, OutboxRelay::waiting)
        .description("starts and opened gates that the broker hasn't confirmed")
        .register(registry);
    Gauge.builder("maestro.signal.names.behind", offers, OfferLoop::behind)
        .description("names with signals that were not offered to triggers and gates yet")
        .register(registry);
    Gauge.builder("maestro.signal.triggers.undecided", decisions, Decisions::waiting)
        .description("triggers whose expressions have yet to be asked about something")
        .register(registry);
    Gauge.builder("maestro.signal.dead.letters", deadLetters, DeadLetterGauge::count)
        .description("dead letters, up to 1,000")
        .register(registry);
  }
}
