package org.maestro.engine.notification.send;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.service.database.BackOff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, each channel in its own {@link Lane}, and keeps what came of it. What a node
 * that has ended had taken is due again when its lease is over.
 */
final class NotificationSender implements MeterBinder {
  private static final Logger log = LoggerFactory.getLogger(NotificationSender.class);
  private static final int LONGEST_ERROR = 1_000;
  private static final int MOST_UNKNOWN = 100;

  private final NotificationStore store;
  private final Function<Notification, Optional<Message>> words;
  private final NotifySettings settings;
  private final Supplier<String> claims;
  private final InstantSource clock;
  private final Later later;
  private final Map<String, Lane<Claimed>> lanes = new HashMap<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder failedAttempts = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private volatile long oldestMillis;

  /** Has something done at a time, if that is near. */
  interface Later {
    void at(long millis, Runnable task);
  }

  /** What this node has taken to send. */
  private record Claimed(Notification notification, String claim) {}

  /**
   * @param channels by name, as {@code Receiver.channel} has it
   * @param words what a notification says; empty if there is nothing to tell any more
   * @param claims unique over all nodes
   * @param executor a thread for each task
   */
  NotificationSender(
      NotificationStore store,
      Map<String, Channel> channels,
      Function<Notification, Optional<Message>> words,
      NotifySettings settings,
      Supplier<String> claims,
      InstantSource clock,
      Later later,
      Executor executor) {
    this.store = store;
    this.words = words;
    this.settings = settings;
    this.claims = claims;
    this.clock = clock;
    this.later = later;
    channels.forEach((name, channel) ->
        lanes.put(
            name,
            new Lane<>(
                name,
                settings.concurrency(),
                most -> claim(name, most),
                one -> send(one, channel),
                executor)));
  }

  /** Something has been committed for these channels. */
  void wake(Set<String> names) {
    for (var name : names) {
      var lane = lanes.get(name);
      if (lane != null) {
        lane.wake();
      }
    }
  }

  /** Takes no more; what is under way goes on. */
  void stop() {
    lanes.values().forEach(Lane::close);
  }

  /** Finds what is due that nobody was woken for; to be called every few seconds. */
  void look() {
    var now = clock.millis();
    var due = store.due();
    due.forEach((name, at) -> {
      var lane = lanes.get(name);
      if (lane == null) {
        if (at <= now) {
          failUnknown(name);
        }
      } else if (at <= now) {
        lane.wake();
      } else if (at - now <= settings.lookEvery().toMillis()) {
        later.at(at, lane::wake);
      }
    });
    oldestMillis = due.values().stream().mapToLong(at -> Math.max(0, now - at)).max().orElse(0);
  }

  private List<Claimed> claim(String name, int most) {
    var claim = claims.get();
    var now = clock.millis();
    return store.claim(name, claim, now, now + settings.lease().toMillis(), most).stream()
        .map(notification -> new Claimed(notification, claim))
        .toList();
  }

  /** The operator has taken the channel away. */
  private void failUnknown(String name) {
    for (var one : claim(name, MOST_UNKNOWN)) {
      giveUp(one, "expected the channel " + name + " in maestro.notify, found none of that name");
    }
  }

  private void send(Claimed claimed, Channel channel) {
    var id = claimed.notification().messageId();
    Optional<Message> message;
    try {
      message = words.apply(claimed.notification());
    } catch (RuntimeException e) {
      log.warn("Notification {} could not be put into words: {}", id, e.toString());
      tryAgain(
          claimed,
          Delivery.NotTaken.forNow("the run could not be read: " + e.getClass().getSimpleName()));
      return;
    }
    if (message.isEmpty()) {
      store.notNeeded(id, claimed.claim());
      return;
    }
    try {
      switch (channel.send(message.get())) {
        case Delivery.Taken _ -> {
          store.sent(id, claimed.claim(), clock.millis());
          sent.increment();
        }
        case Delivery.NotTaken notTaken -> tryAgain(claimed, notTaken);
      }
    } catch (InterruptedException _) {
      Thread.currentThread()
          .interrupt(); // the process ends; it is due again when the lease is over
    }
  }

  private void tryAgain(Claimed claimed, Delivery.NotTaken notTaken) {
    var attempts = claimed.notification().attempts();
    failedAttempts.increment();
    if (notTaken.forGood() || attempts >= settings.attempts()) {
      giveUp(claimed, notTaken.why());
      return;
    }
    var pause =
        new BackOff(settings.firstPause(), settings.longestPause())
            .millis(Math.toIntExact(attempts));
    var asked = notTaken.afterMillis();
    var longest = settings.longestPause().toMillis();
    var at = clock.millis() + Math.max(pause, asked == null ? 0 : Math.min(asked, longest));
    var name = claimed.notification().receiver().channel();
    store.again(claimed.notification().messageId(), claimed.claim(), at, shortened(notTaken.why()));
    var lane = lanes.get(name);
    if (lane != null && at - clock.millis() <= settings.lookEvery().toMillis()) {
      later.at(at, lane::wake);
    }
  }

  private void giveUp(Claimed claimed, String why) {
    var notification = claimed.notification();
    log.warn(
        "Giving up to tell {} of {} of {} after {} attempts: {}",
        notification.receiver().text(),
        notification.event(),
        notification.run(),
        notification.attempts(),
        why);
    store.givenUp(notification.messageId(), claimed.claim(), clock.millis(), shortened(why));
    givenUp.increment();
  }

  /** As it can be stored. */
  private static String shortened(String text) {
    var storable = text.replace("\0", "");
    return storable.length() <= LONGEST_ERROR ? storable : storable.substring(0, LONGEST_ERROR);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("maestro.notifications.sent", sent, LongAdder::sum)
        .description("notifications that receivers have taken")
        .register(registry);
    FunctionCounter.builder("maestro.notifications.attempts.failed", failedAttempts, LongAdder::sum)
        .description("attempts to send a notification that failed")
        .register(registry);
    FunctionCounter.builder("maestro.notifications.failed", givenUp, LongAdder::sum)
        .description("notifications that were given up")
        .register(registry);
    Gauge.builder("maestro.notifications.oldest", this, sender -> sender.oldestMillis / 1_000.0)
        .baseUnit("seconds")
        .description("for how long the oldest notification has been due")
        .register(registry);
  }
}
