package org.maestro.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way out.
 *
 * @param topic where it goes
 * @param partition the partition, or null to choose it by the hash of the key
 * @param key what the message is about; messages with one key keep their order
 * @param value the body; not copied, so it must not be changed after the call
 * @param headers facts about the message that a receiver needs before it reads the body
 */
@SuppressWarnings("ArrayRecordComponent") // a body is only passed on, never compared
public record OutgoingMessage(
    String topic,
    @Nullable Integer partition,
    String key,
    byte[] value,
    Map<String, String> headers) {

  public OutgoingMessage {
    headers = Map.copyOf(headers);
  }
}
