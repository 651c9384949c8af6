package org.maestro.signal.offer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.signal.announce.Announcer.Arrivals;
import org.maestro.signal.announce.SignalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owners of names that there are new signals. Only a hint: what is new is in the
 * database, and a hint that was lost is given again by whichever node looks first.
 */
public final class ArrivalMessages implements Arrivals {
  private static final Logger log = LoggerFactory.getLogger(ArrivalMessages.class);
  private static final int AT_ONCE = 1_000;

  private final MessageSender sender;
  private final String topic;
  private final SignalStore signals;
  private volatile int behind;

  public ArrivalMessages(MessageSender sender, String topic, SignalStore signals) {
    this.sender = sender;
    this.topic = topic;
    this.signals = signals;
  }

  @Override
  public void of(String name) {
    send(List.of(name));
  }

  /** Tells of everything that waits. */
  public void ofAllBehind() {
    var names = signals.behind(AT_ONCE);
    behind = names.size();
    send(names);
  }

  /** How many names had waiting signals when it was last looked, up to 1,000. */
  public int behind() {
    return behind;
  }

  private void send(Collection<String> names) {
    var messages =
        names.stream()
            .map(name ->
                new OutgoingMessage(
                    topic, null, name, new byte[0], Map.of(SignalWork.ARRIVAL, "1")))
            .toList();
    var _ =
        sender
            .send(messages)
            .whenComplete((_, e) -> {
              if (e != null) {
                log.warn("New signals wait for the broker: {}", e.toString());
              }
            });
  }
}
