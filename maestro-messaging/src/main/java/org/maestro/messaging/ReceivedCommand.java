package org.maestro.messaging;

import java.util.Map;

/**
 * One command read from a shard.
 *
 * @param offset its place in the shard; the next offset to read after it is {@code offset + 1}
 * @param key what the command is about; empty if it was sent without one
 * @param value the body; empty if it was sent without one
 * @param headers facts about the message; of a repeated name the last value counts
 */
@SuppressWarnings("ArrayRecordComponent") // a body is only passed on, never compared
public record ReceivedCommand(long offset, String key, byte[] value, Map<String, String> headers) {

  public ReceivedCommand {
    headers = Map.copyOf(headers);
  }
}
