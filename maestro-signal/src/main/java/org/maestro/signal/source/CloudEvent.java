package org.maestro.signal.source;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.sel.Decimals;
import org.maestro.service.json.StorableText;
import org.maestro.service.problem.ApiException;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalCheck;

/**
 * A CloudEvent 1.0 as the signal it announces.
 *
 * @param attributes the context attributes by name
 * @param data the event's data; null without any
 */
public record CloudEvent(Map<String, Object> attributes, @Nullable Object data) {
  private static final String VERSION = "1.0";
  private static final List<String> REQUIRED = List.of("id", "source", "type");

  public CloudEvent {
    attributes = Map.copyOf(attributes);
  }

  /** An event in structured mode: one object with attributes and data. */
  public static CloudEvent structured(Map<String, Object> body) {
    var attributes = new LinkedHashMap<>(body);
    var data = attributes.remove("data");
    var encoded = attributes.remove("data_base64");
    attributes.values().removeIf(Objects::isNull);
    return new CloudEvent(attributes, data != null ? data : encoded);
  }

  /**
   * The signal: {@code type} is its name unless {@code names} says another one; {@code id} and
   * {@code source} together are its request id, because ids are unique within a source only; texts
   * and whole numbers of 64 bits at the top of the data are its params; the data is its payload.
   *
   * @throws ApiException 400 with everything that is wrong
   */
  public Announcement announcement(Map<String, String> names, long now) {
    var problems = new ArrayList<DefinitionProblem>();
    if (!VERSION.equals(attributes.get("specversion"))) {
      problems.add(
          problem("/specversion", "expected \"1.0\", found " + attributes.get("specversion")));
    }
    for (var name : REQUIRED) {
      if (!(attributes.get(name) instanceof String text) || text.isBlank()) {
        problems.add(problem("/" + name, "expected a text that is not empty"));
      }
    }
    var type = String.valueOf(attributes.get("type"));
    var name = names.getOrDefault(type, type);
    var params = params();
    SignalCheck.problems(name, null, params).forEach(found -> problems.add(placed(found)));
    addUnstorable(problems);
    var time = time(problems, now);
    if (!problems.isEmpty()) {
      throw ApiException.invalid(
          "invalid-cloud-event",
          "the event has %d problem(s)".formatted(problems.size()),
          problems);
    }
    var source = String.valueOf(attributes.get("source"));
    return new Announcement(
        name,
        requestId(source, String.valueOf(attributes.get("id"))),
        SignalCheck.params(params),
        data,
        time,
        new Origin.CloudEvent(source));
  }

  /** Text that can't be stored, where nothing else is wrong. */
  private void addUnstorable(List<DefinitionProblem> problems) {
    var all = new LinkedHashMap<String, @Nullable Object>(attributes);
    all.put("data", data);
    for (var found : StorableText.problems(all)) {
      if (problems.stream().noneMatch(known -> known.pointer().equals(found.pointer()))) {
        problems.add(found);
      }
    }
  }

  private Map<String, Object> params() {
    var params = new LinkedHashMap<String, Object>();
    if (data instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> {
        if (value instanceof String || isWhole(value)) {
          params.put((String) name, value);
        }
      });
    }
    return params;
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Number number && Decimals.whole(number) != null;
  }

  /** The numbers at the top of the data that are in the payload alone, because no param can be. */
  public List<DefinitionProblem> leftOut() {
    var leftOut = new ArrayList<DefinitionProblem>();
    if (data instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> {
        if (value instanceof Number number && !isWhole(value)) {
          leftOut.add(
              problem(
                  "/data/" + String.valueOf(name).replace("~", "~0").replace("/", "~1"),
                  "expected a 64-bit integer for a param, found "
                      + Decimals.text(number)
                      + "; it is in the payload only"));
        }
      });
    }
    return leftOut;
  }

  /** Where it is in the event. */
  private static DefinitionProblem placed(DefinitionProblem found) {
    var pointer =
        found.pointer().startsWith("/params")
            ? "/data" + found.pointer().substring("/params".length())
            : found.pointer().equals("/name") ? "/type" : found.pointer();
    return problem(pointer, found.message());
  }

  private long time(List<DefinitionProblem> problems, long now) {
    return switch (attributes.get("time")) {
      case null -> now;
      case String text -> {
        try {
          yield OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
          problems.add(problem("/time", "expected a time as in RFC 3339"));
          yield now;
        }
      }
      case Object _ -> {
        problems.add(problem("/time", "expected a time as in RFC 3339"));
        yield now;
      }
    };
  }

  private static String requestId(String source, String id) {
    var both = source.length() + ":" + source + id;
    return UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static DefinitionProblem problem(String pointer, String message) {
    return new DefinitionProblem(pointer, message, null);
  }
}
