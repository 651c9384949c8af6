package org.maestro.client.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON to trees and back. A tree is made of maps in order, lists, texts, {@code Long}, {@code
 * BigDecimal}, {@code Boolean} and null.
 */
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private JsonText() {}

  /** A tree as text on one line. */
  public static String of(@Nullable Object tree) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, tree);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, @Nullable Object tree) {
    if (tree == null) {
      generator.writeNull();
    } else if (tree instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach((name, value) -> {
        generator.writeName(String.valueOf(name));
        write(generator, value);
      });
      generator.writeEndObject();
    } else if (tree instanceof Iterable<?> list) {
      generator.writeStartArray();
      list.forEach(element -> write(generator, element));
      generator.writeEndArray();
    } else if (tree instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (tree instanceof BigDecimal number) {
      generator.writeNumber(number);
    } else if (tree instanceof BigInteger number) {
      generator.writeNumber(number);
    } else if (tree instanceof Double || tree instanceof Float) {
      generator.writeNumber(new BigDecimal(tree.toString()));
    } else if (tree instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else {
      generator.writeString(tree.toString());
    }
  }

  /**
   * Reads one value.
   *
   * @throws tools.jackson.core.JacksonException if the text is no JSON
   */
  public static @Nullable Object read(String text) {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return parser.nextToken() == null ? null : value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? parser.getBigIntegerValue()
              : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** The member of an object; an empty object if there is none. */
  public static Map<?, ?> map(@Nullable Object tree, String name) {
    return tree instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> found
        ? found
        : Map.of();
  }

  /** The member of an object; an empty list if there is none. */
  public static List<?> list(@Nullable Object tree, String name) {
    return tree instanceof Map<?, ?> map && map.get(name) instanceof List<?> found
        ? found
        : List.of();
  }

  /** The member of an object as text; empty if there is none. */
  public static String text(@Nullable Object tree, String name) {
    var value = tree instanceof Map<?, ?> map ? map.get(name) : null;
    return value == null ? "" : String.valueOf(value);
  }

  /** The member of an object as a number; 0 if there is none. */
  public static long number(@Nullable Object tree, String name) {
    return tree instanceof Map<?, ?> map && map.get(name) instanceof Number found
        ? found.longValue()
        : 0;
  }
}
