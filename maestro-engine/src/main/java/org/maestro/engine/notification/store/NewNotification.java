package org.maestro.engine.notification.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.Receiver;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.engine.run.RunKey;

/**
 * Something to be told about a run.
 *
 * @param messageId follows from all else: however often it is made, it is one message
 * @param dueAt when it is to be sent; epoch milliseconds
 */
public record NewNotification(
    RunKey run, AlertEvent event, Receiver receiver, String messageId, long dueAt) {
  private static final int ID_BYTES = 16;

  /**
   * What is to be told of an event.
   *
   * @param internalId of the workflow: tells a deleted workflow from its successor of the same id
   */
  public static List<NewNotification> of(
      RunKey run, long internalId, RunAlerts alerts, AlertEvent event, long dueAt) {
    return alerts.of(event).stream()
        .map(receiver ->
            new NewNotification(
                run, event, receiver, messageId(run, internalId, event, receiver), dueAt))
        .toList();
  }

  private static String messageId(
      RunKey run, long internalId, AlertEvent event, Receiver receiver) {
    var named =
        String.join(
            "\n",
            Long.toString(internalId),
            run.workflowId(),
            Long.toString(run.instanceId()),
            Long.toString(run.runId()),
            event.name(),
            receiver.text());
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
      return "msg_" + HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every JDK to have SHA-256", e);
    }
  }
}
