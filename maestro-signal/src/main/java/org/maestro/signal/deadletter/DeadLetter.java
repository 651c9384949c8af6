package org.maestro.signal.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.model.deadletter.DeadLetterKind;

/**
 * Something that could not be read or handled.
 *
 * @param topic where it came from; for what is no message, what it is about
 * @param key of the message; for what is no message, its id
 * @param body as it came
 * @param createTime epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // a body is only passed on, never compared
public record DeadLetter(
    String id,
    DeadLetterKind kind,
    String topic,
    String key,
    Map<String, String> headers,
    byte[] body,
    String reason,
    long createTime) {
  public DeadLetter {
    headers = Map.copyOf(headers);
    // Keys are any bytes, and a letter that can't be kept would stop its partition.
    key = key.replace('\0', '\uFFFD');
    reason = reason.replace('\0', '\uFFFD');
  }

  /**
   * A message that can't be handled; one letter per handling.
   *
   * @param partition where in the topic it came from
   */
  public static DeadLetter message(
      String topic, int partition, ReceivedMessage message, String reason, long now) {
    var place = topic + ":" + partition + ":" + message.offset() + ":" + now;
    return new DeadLetter(
        UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString(),
        DeadLetterKind.MESSAGE,
        topic,
        message.key(),
        message.headers(),
        message.value(),
        reason,
        now);
  }
}
