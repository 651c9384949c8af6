package org.maestro.cli.output;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON text to trees and back. A tree is made of {@code Map<String, Object>} in order, {@code
 * List}, {@code String}, {@code Long}, {@code BigDecimal}, {@code Boolean} and null. Works on the
 * streaming part of Jackson alone, which starts in a few milliseconds.
 */
public final class Json {
  /** A DOUBLE has up to a thousand digits on each side of its point. */
  private static final int LONGEST_NUMBER = 2_100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(LONGEST_NUMBER).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /** A parser that refuses repeated names. */
  public static JsonParser parser(String text) {
    return FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  /**
   * Reads one value and nothing after it.
   *
   * @throws JacksonException if the text is not JSON
   */
  public static @Nullable Object read(String text) {
    try (var parser = parser(text)) {
      if (parser.nextToken() == null) {
        throw new tools.jackson.core.exc.StreamReadException(
            parser, "expected a value, found nothing");
      }
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new tools.jackson.core.exc.StreamReadException(
            parser, "expected nothing after the value");
      }
      return value;
    }
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      default -> scalar(parser);
    };
  }

  private static Map<String, Object> object(JsonParser parser) {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      put(map, name, value(parser));
    }
    return map;
  }

  /** JSON's null is a value of its own, and null in a tree. */
  @SuppressWarnings("NullAway")
  public static void put(Map<String, Object> map, String name, @Nullable Object value) {
    map.put(name, value);
  }

  @SuppressWarnings("NullAway")
  private static List<Object> array(JsonParser parser) {
    var list = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  /** The value of the parser's current token, which begins neither an object nor an array. */
  public static @Nullable Object scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default ->
          throw new IllegalStateException("expected a scalar, found " + parser.currentToken());
    };
  }

  private static Object integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getBigIntegerValue();
    };
  }

  /** Indented text, for people and files. */
  public static String pretty(@Nullable Object tree) {
    var indenter = new DefaultIndenter("  ", "\n");
    return write(
        tree,
        new DefaultPrettyPrinter(
                DefaultPrettyPrinter.DEFAULT_SEPARATORS.withObjectNameValueSpacing(
                    tools.jackson.core.util.Separators.Spacing.AFTER))
            .withObjectIndenter(indenter)
            .withArrayIndenter(indenter));
  }

  /** Text on one line. */
  public static String compact(@Nullable Object tree) {
    return write(tree, null);
  }

  private static String write(@Nullable Object tree, @Nullable PrettyPrinter printer) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(new Context(printer), text)) {
      value(generator, tree);
    }
    return text.toString();
  }

  private static final class Context extends ObjectWriteContext.Base {
    private final @Nullable PrettyPrinter printer;

    Context(@Nullable PrettyPrinter printer) {
      this.printer = printer;
    }

    @Override
    @SuppressWarnings("NullAway") // null means none, says its contract
    public PrettyPrinter getPrettyPrinter() {
      return printer;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return printer != null;
    }
  }

  private static void value(JsonGenerator generator, @Nullable Object tree) {
    switch (tree) {
      case null -> generator.writeNull();
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((name, value) -> {
          generator.writeName(String.valueOf(name));
          value(generator, value);
        });
        generator.writeEndObject();
      }
      case Iterable<?> list -> {
        generator.writeStartArray();
        list.forEach(element -> value(generator, element));
        generator.writeEndArray();
      }
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case BigInteger number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      default -> generator.writeString(tree.toString());
    }
  }
}
