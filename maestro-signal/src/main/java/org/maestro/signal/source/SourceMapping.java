package org.maestro.signal.source;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.json.StorableText;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalCheck;
import org.maestro.signal.announce.SignalJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * How the messages of a topic become signals. Values that begin with {@code /} are JSON pointers
 * into the message, others are taken as they are.
 *
 * @param topic the topic
 * @param name of the signal
 * @param params of the signal by name; what a pointer doesn't find is left out
 * @param requestId what announces once; null: the message's place in the topic
 */
public record SourceMapping(
    String topic, String name, Map<String, String> params, @Nullable String requestId) {
  public SourceMapping {
    params = Map.copyOf(params);
    if (topic == null || name == null) {
      throw new IllegalArgumentException("expected a source to have a topic and a name");
    }
  }

  /** A message can't be made a signal. */
  static final class NoSignalException extends RuntimeException {
    NoSignalException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * The signal that a message announces.
   *
   * @throws NoSignalException if it can't
   */
  Announcement announcement(int partition, ReceivedMessage message, SignalJson json, long now) {
    JsonNode tree;
    try {
      tree = json.read(message.value(), JsonNode.class);
    } catch (JacksonException e) {
      throw new NoSignalException("expected JSON: " + e.getOriginalMessage());
    }
    if (tree == null || tree.isMissingNode()) {
      throw new NoSignalException("expected JSON, found nothing");
    }
    var payload = json.readNullable(json.write(tree));
    var unstorable = StorableText.problems(payload);
    if (!unstorable.isEmpty()) {
      throw new NoSignalException("expected text that can be stored: " + unstorable);
    }
    var found = new LinkedHashMap<String, Object>();
    params.forEach((param, where) -> {
      var value = value(tree, where);
      if (value != null) {
        found.put(param, value);
      }
    });
    var signal = value(tree, name);
    var id =
        requestId == null
            ? topic + ":" + partition + ":" + message.offset()
            : String.valueOf(value(tree, requestId));
    var problems = SignalCheck.problems(signal, null, found);
    if (!problems.isEmpty() || !(signal instanceof String text) || id.equals("null")) {
      throw new NoSignalException(
          "expected a signal: " + (problems.isEmpty() ? "there is no request id" : problems));
    }
    return new Announcement(
        text,
        UUID.nameUUIDFromBytes(("topic\n" + topic + "\n" + id).getBytes(StandardCharsets.UTF_8))
            .toString(),
        found,
        payload,
        now,
        new Origin.Topic(topic));
  }

  private static @Nullable Object value(JsonNode tree, String where) {
    if (!where.startsWith("/")) {
      return where;
    }
    var node = tree.at(JsonPointer.compile(where));
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (node.isString()) {
      return node.stringValue();
    }
    return node.isIntegralNumber() && node.canConvertToLong()
        ? (Object) node.longValue()
        : node.toString();
  }
}
