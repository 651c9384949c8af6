package org.maestro.engine.instance.why;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.instance.Why.Reason;

/** Says whom a run that has ended has told; nothing is looked up for runs that tell nobody. */
final class WhyTold implements Function<StoredRun, List<Reason>> {
  private final Supplier<@Nullable NotificationStore> store;

  WhyTold(Supplier<@Nullable NotificationStore> store) {
    this.store = store;
  }

  @Override
  public List<Reason> apply(StoredRun run) {
    var alerts = run.row().facts().alerts();
    if (alerts == null) {
      return List.of();
    }
    var reasons = new ArrayList<Reason>();
    var rows = alerts.receivers().isEmpty() ? null : store.get();
    if (rows != null) {
      rows.ofRun(run.row()).forEach(one -> reasons.add(reason(one)));
    }
    alerts
        .untold()
        .forEach(line ->
            reasons.add(Reason.of(Code.NOT_NOTIFIED, "Not told: " + line).with("receiver", line)));
    return reasons;
  }

  private static Reason reason(Notification one) {
    var words =
        switch (one.status()) {
          case SENT -> "%s was told of %s".formatted(one.receiver().text(), one.event().type());
          case WAITING ->
              one.error() == null
                  ? "%s is to be told of %s at %s"
                      .formatted(one.receiver().text(), one.event().type(), WhyStep.at(one.dueAt()))
                  : "%s could not be told of %s, and is tried again at %s: %s"
                      .formatted(
                          one.receiver().text(),
                          one.event().type(),
                          WhyStep.at(one.dueAt()),
                          one.error());
          case FAILED ->
              "%s could not be told of %s: %s; mend that, then maestro notification retry %s"
                  .formatted(
                      one.receiver().text(), one.event().type(), one.error(), one.messageId());
        };
    var code =
        switch (one.status()) {
          case SENT -> Code.NOTIFIED;
          case WAITING -> Code.NOTIFYING;
          case FAILED -> Code.NOT_NOTIFIED;
        };
    return Reason.of(code, words)
        .with("receiver", one.receiver().text())
        .with("event", one.event().type())
        .with("status", one.status())
        .with("message_id", one.messageId());
  }
}
