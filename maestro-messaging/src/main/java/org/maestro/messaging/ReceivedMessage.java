package org.maestro.messaging;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One message that was read.
 *
 * @param offset its place in its partition; the next offset to read after it is {@code offset + 1}
 * @param key what the message is about; empty if it was sent without one
 * @param value the body; empty if it was sent without one
 * @param headers facts about the message; of a repeated name the last value counts; empty for one
 *     without a value
 */
@SuppressWarnings("ArrayRecordComponent") // a body is only passed on, never compared
public record ReceivedMessage(long offset, String key, byte[] value, Map<String, String> headers) {

  public ReceivedMessage {
    headers = Map.copyOf(headers);
  }

  static ReceivedMessage of(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(
          header.key(),
          header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
    }
    return new ReceivedMessage(
        record.offset(),
        record.key() == null ? "" : record.key(),
        record.value() == null ? new byte[0] : record.value(),
        headers);
  }
}
