package org.maestro.signal.source;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.sel.Decimals;
import org.maestro.service.json.StorableText;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalCheck;
import org.maestro.signal.announce.SignalJson;
import tools.jackson.core.JacksonException;

/**
 * How the messages of a topic become signals. Values that begin with {@code /} are JSON pointers
 * into the message, others are taken as they are. A number that a param can't be is refused; one
 * that no pointer finds harms nothing.
 *
 * @param topic the topic
 * @param name of the signal
 * @param params of the signal by name; what a pointer doesn't find is left out
 * @param requestId what announces once; null: the message's place in the topic
 */
public record SourceMapping(
    String topic, String name, Map<String, String> params, @Nullable String requestId) {
  private static final String PARAMS = "/params/";
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

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
    var tree = tree(message, json);
    var unstorable = StorableText.problems(tree);
    if (!unstorable.isEmpty()) {
      throw new NoSignalException("expected text that can be stored: " + unstorable);
    }
    var found = new LinkedHashMap<String, Object>();
    params.forEach((param, where) -> {
      var value = value(tree, where);
      if (value != null) {
        found.put(param, value instanceof Number ? value : text(value, json));
      }
    });
    var signal = value(tree, name);
    var idValue = requestId == null ? null : value(tree, requestId);
    var problems = SignalCheck.problems(signal, null, found);
    if (!problems.isEmpty() || !(signal instanceof String text)) {
      throw new NoSignalException("expected a signal: " + said(problems));
    }
    if (requestId != null && idValue == null) {
      throw new NoSignalException("expected a signal: there is no request id at " + requestId);
    }
    var id =
        idValue == null ? topic + ":" + partition + ":" + message.offset() : text(idValue, json);
    return new Announcement(
        text,
        UUID.nameUUIDFromBytes(("topic\n" + topic + "\n" + id).getBytes(StandardCharsets.UTF_8))
            .toString(),
        SignalCheck.params(found),
        tree,
        now,
        new Origin.Topic(topic));
  }

  private static Object tree(ReceivedMessage message, SignalJson json) {
    Object tree;
    try {
      tree = json.read(message.value(), Object.class);
    } catch (JacksonException e) {
      throw new NoSignalException("expected JSON: " + e.getOriginalMessage());
    }
    if (tree == null) {
      throw new NoSignalException("expected JSON, found nothing");
    }
    return tree;
  }

  /** Every problem at its place in the message. */
  private String said(List<DefinitionProblem> problems) {
    return problems.stream()
        .map(problem -> {
          var pointer = problem.pointer();
          var place =
              pointer.equals("/name")
                  ? name
                  : params.getOrDefault(unescaped(pointer.substring(PARAMS.length())), pointer);
          return place + ": " + problem.message();
        })
        .collect(Collectors.joining("; "));
  }

  private static @Nullable Object value(Object tree, String where) {
    if (!where.startsWith("/")) {
      return where;
    }
    Object found = tree;
    for (var name : where.substring(1).split("/", -1)) {
      found =
          switch (found) {
            case Map<?, ?> map -> map.get(unescaped(name));
            case List<?> list -> element(list, name);
            case null, default -> null;
          };
    }
    return found;
  }

  private static @Nullable Object element(List<?> list, String name) {
    return INDEX.matcher(name).matches() && Integer.parseInt(name) < list.size()
        ? list.get(Integer.parseInt(name))
        : null;
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }

  /** Texts are what they are, whole numbers their digits, all else is JSON. */
  private static String text(Object value, SignalJson json) {
    return switch (value) {
      case String text -> text;
      case Number number when Decimals.whole(number) != null ->
          String.valueOf(Decimals.whole(number));
      default -> json.write(value);
    };
  }
}
