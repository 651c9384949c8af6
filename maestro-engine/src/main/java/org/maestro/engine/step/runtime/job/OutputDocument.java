package org.maestro.engine.step.runtime.job;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Decimals;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON by which a job hands values back: {@code {"params": {…}, "artifacts": {…}}}, or only the
 * object of parameters. A parameter is {@code {"value": …, "type": "LONG"}} or the bare value,
 * whose type is then seen from it: a string, a whole number of 64 bits (LONG), another number
 * (DOUBLE), true or false, an array of one of these, an object of strings (STRING_MAP), any other
 * object (MAP). Where a LONG is declared, 5.0 is one.
 */
public record OutputDocument(Map<String, Param> params, Map<String, Object> artifacts) {
  public static final OutputDocument EMPTY = new OutputDocument(Map.of(), Map.of());
  private static final int LONGEST_NUMBER = 2 * Decimals.MOST_DIGITS + 100;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /**
   * Reads a document.
   *
   * @param place what to call it in a complaint
   * @param nowMillis when the values count as evaluated: strings in them are never interpolated
   * @throws InvalidOutputException saying where it is wrong
   */
  static OutputDocument parse(byte[] text, String place, long nowMillis) {
    try {
      var root = JSON.readTree(text);
      if (!root.isObject()) {
        throw new InvalidOutputException(place + ": expected a JSON object");
      }
      refuseNul(root, place);
      var isWhole = root.has("params") || root.has("artifacts");
      return new OutputDocument(
          readParams(isWhole ? root.path("params") : root, place, nowMillis),
          readArtifacts(root.path("artifacts"), place));
    } catch (NumberFormatException e) {
      throw new InvalidOutputException(
          place + ": expected numbers of an ordinary size, found one that can't be read");
    } catch (JacksonException e) {
      var where = e.getLocation();
      throw new InvalidOutputException(
          "%s isn't valid JSON: %s (line %d:%d)"
              .formatted(
                  place,
                  firstLine(e.getOriginalMessage()),
                  where == null ? 0 : where.getLineNr(),
                  where == null ? 0 : where.getColumnNr()));
    }
  }

  /** No text column can hold it. */
  private static void refuseNul(JsonNode root, String place) {
    if (root.toString().contains("\\u0000")) {
      throw new InvalidOutputException(place + ": expected text without the character NUL");
    }
  }

  private static Map<String, Param> readParams(JsonNode node, String place, long now) {
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw new InvalidOutputException(place + ": expected \"params\" to be an object");
    }
    var params = new LinkedHashMap<String, Param>();
    for (var entry : node.properties()) {
      params.put(entry.getKey(), readParam(entry.getValue(), place + ", " + entry.getKey(), now));
    }
    return params;
  }

  private static Param readParam(JsonNode node, String place, long now) {
    var written = node.isObject() && node.has("type") ? valueOf(node) : null;
    var content = written == null ? node : written;
    var type = written == null ? typeOf(node, place) : readType(node.path("type"), place);
    if (type == ParamType.MAP) {
      var nested = readParams(content, place, now);
      var results = new LinkedHashMap<String, Object>();
      nested.forEach((name, param) -> results.put(name, param.evaluatedResult()));
      return Param.literal(type, nested).evaluated(results, now);
    }
    var result = readValue(type, content, place);
    return Param.literal(type, result).evaluated(result, now);
  }

  private static @Nullable JsonNode valueOf(JsonNode node) {
    return node.hasNonNull("evaluated_result") ? node.get("evaluated_result") : node.get("value");
  }

  private static ParamType readType(JsonNode node, String place) {
    var name = node.isString() ? node.stringValue().toUpperCase(Locale.ROOT) : node.toString();
    for (var type : ParamType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new InvalidOutputException(place + ": there is no type \"" + name + "\"");
  }

  private static ParamType typeOf(JsonNode node, String place) {
    if (node.isArray()) {
      var types = StreamSupport.stream(node.spliterator(), false).map(item -> typeOf(item, place));
      return switch (types.distinct().reduce(OutputDocument::wider).orElse(ParamType.STRING)) {
        case STRING -> ParamType.STRING_ARRAY;
        case LONG -> ParamType.LONG_ARRAY;
        case DOUBLE -> ParamType.DOUBLE_ARRAY;
        case BOOLEAN -> ParamType.BOOLEAN_ARRAY;
        case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP ->
            throw new InvalidOutputException(
                place + ": expected an array of only strings, numbers or booleans");
      };
    }
    if (node.isObject()) {
      return StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isString)
          ? ParamType.STRING_MAP
          : ParamType.MAP;
    }
    if (node.isNull()) {
      throw new InvalidOutputException(place + ": expected a value, found null");
    }
    if (node.isString()) {
      return ParamType.STRING;
    }
    if (node.isBoolean()) {
      return ParamType.BOOLEAN;
    }
    return node.isIntegralNumber() && node.canConvertToLong() ? ParamType.LONG : ParamType.DOUBLE;
  }

  /** Whole and other numbers make an array of DOUBLE; nothing else mixes. */
  private static ParamType wider(ParamType one, ParamType other) {
    var isNumeric =
        (one == ParamType.LONG || one == ParamType.DOUBLE)
            && (other == ParamType.LONG || other == ParamType.DOUBLE);
    return isNumeric ? ParamType.DOUBLE : ParamType.MAP;
  }

  private static Object readValue(ParamType type, JsonNode node, String place) {
    return switch (type) {
      case STRING -> readString(node, place);
      case LONG -> readLong(node, place);
      case DOUBLE -> readDouble(node, place);
      case BOOLEAN -> readBoolean(node, place);
      case STRING_ARRAY -> readArray(ParamType.STRING, node, place);
      case LONG_ARRAY -> readArray(ParamType.LONG, node, place);
      case DOUBLE_ARRAY -> readArray(ParamType.DOUBLE, node, place);
      case BOOLEAN_ARRAY -> readArray(ParamType.BOOLEAN, node, place);
      case STRING_MAP -> readStringMap(node, place);
      case MAP -> throw new IllegalStateException("read by readParam");
    };
  }

  private static String readString(JsonNode node, String place) {
    if (!node.isString()) {
      throw mismatch(ParamType.STRING, node, place);
    }
    return node.stringValue();
  }

  private static Long readLong(JsonNode node, String place) {
    var number = node.isNumber() ? Decimals.whole(node.numberValue()) : null;
    if (number == null) {
      throw mismatch(ParamType.LONG, node, place);
    }
    return number;
  }

  private static BigDecimal readDouble(JsonNode node, String place) {
    if (!node.isNumber() || !Decimals.isOrdinary(node.decimalValue())) {
      throw mismatch(ParamType.DOUBLE, node, place);
    }
    return Decimals.normal(node.decimalValue());
  }

  private static Boolean readBoolean(JsonNode node, String place) {
    if (!node.isBoolean()) {
      throw mismatch(ParamType.BOOLEAN, node, place);
    }
    return node.booleanValue();
  }

  private static Object readArray(ParamType element, JsonNode node, String place) {
    if (!node.isArray()) {
      throw new InvalidOutputException(place + ": expected an array, found " + shown(node));
    }
    var values = new ArrayList<Object>(node.size());
    for (var item : node) {
      values.add(readValue(element, item, place + "[" + values.size() + "]"));
    }
    return values;
  }

  private static Map<String, String> readStringMap(JsonNode node, String place) {
    if (!node.isObject()) {
      throw mismatch(ParamType.STRING_MAP, node, place);
    }
    var values = new LinkedHashMap<String, String>();
    for (var entry : node.properties()) {
      values.put(entry.getKey(), readString(entry.getValue(), place + "." + entry.getKey()));
    }
    return values;
  }

  private static Map<String, Object> readArtifacts(JsonNode node, String place) {
    if (node.isMissingNode() || node.isNull()) {
      return Map.of();
    }
    var artifacts = new LinkedHashMap<String, Object>();
    for (var entry : node.properties()) {
      if (!entry.getValue().isObject()) {
        throw new InvalidOutputException(
            place + ": expected the artifact \"" + entry.getKey() + "\" to be an object");
      }
      artifacts.put(entry.getKey(), JSON.treeToValue(entry.getValue(), Map.class));
    }
    return artifacts;
  }

  private static InvalidOutputException mismatch(ParamType type, JsonNode node, String place) {
    return new InvalidOutputException(place + ": expected " + type + ", found " + shown(node));
  }

  private static String shown(JsonNode node) {
    var text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Whether the job says that repeating it can't help. */
  public boolean forbidsRetry() {
    return artifacts.get("maestro_retry") instanceof Map<?, ?> retry
        && Boolean.FALSE.equals(retry.get("retryable"));
  }

  /** Whether the job says that its failure isn't its own. */
  boolean blamesPlatform() {
    return artifacts.get("maestro_retry") instanceof Map<?, ?> retry
        && Boolean.TRUE.equals(retry.get("platform"));
  }

  /** The same with the params of another. */
  OutputDocument withParams(OutputDocument other) {
    return new OutputDocument(other.params, artifacts);
  }

  /** The job wrote something that can't be understood. */
  public static final class InvalidOutputException extends RuntimeException {
    public InvalidOutputException(String message) {
      super(message, null, false, false);
    }
  }
}
