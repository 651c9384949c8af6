package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** JSON text to a tree: plain RFC 8259, unique keys, bounded depth and size. */
final class JsonTextParser {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxDocumentLength(4L * 1024 * 1024)
                  .maxStringLength(1024 * 1024)
                  .maxNameLength(1_000)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private final SourceText source;
  private final SourceProblems problems;

  private JsonTextParser(SourceProblems problems) {
    this.source = problems.source();
    this.problems = problems;
  }

  /** The document, or nothing and a problem. */
  static List<Node> parse(SourceProblems problems) {
    return new JsonTextParser(problems).document();
  }

  private List<Node> document() {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), source.text())) {
      if (parser.nextToken() == null) {
        return List.of();
      }
      var root = node(parser);
      if (parser.nextToken() != null) {
        problems.add(
            ProblemCode.SYNTAX,
            span(parser),
            "expected the end of the text, found more behind the first value; remove it");
      }
      return List.of(root);
    } catch (JacksonException e) {
      var at = start(e.getLocation());
      problems.add(ProblemCode.SYNTAX, new Span(at, at + 1), reason(e));
      return List.of();
    }
  }

  private static String reason(JacksonException e) {
    var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return "expected JSON: " + message;
  }

  private static int start(@Nullable TokenStreamLocation location) {
    return location == null ? 0 : (int) Math.max(0, location.getCharOffset());
  }

  private Span span(JsonParser parser) {
    return new Span(start(parser.currentTokenLocation()), start(parser.currentLocation()));
  }

  private Node node(JsonParser parser) {
    var token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> entries(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> text(parser, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE, VALUE_FALSE ->
          new Scalar(token == JsonToken.VALUE_TRUE, parser.getString(), span(parser), null);
      case VALUE_NULL -> new Scalar(null, "null", span(parser), null);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a value can't start with " + token);
    };
  }

  private Scalar number(JsonParser parser) {
    var text = parser.getString();
    var value = CoreSchema.value(text);
    if (!(value instanceof Long) && !(value instanceof BigDecimal)) {
      problems.add(
          ProblemCode.NUMBER,
          span(parser),
          "expected a number of at most 1000 digits, found a larger one; round it");
    }
    return new Scalar(value, text, span(parser), null);
  }

  private Scalar text(JsonParser parser, String text) {
    var span = span(parser);
    return new Scalar(
        text,
        text,
        span,
        new Written(source.text(), span.start() + 1, span.end() - 1, '"', text, 0));
  }

  private Items items(JsonParser parser) {
    var first = span(parser);
    var items = new ArrayList<Node>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return new Items(items, first.to(span(parser)));
  }

  private Entries entries(JsonParser parser) {
    var first = span(parser);
    var entries = new LinkedHashMap<String, Entry>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var start = start(parser.currentTokenLocation());
      // The parser is behind the colon already.
      var end = source.text().lastIndexOf('"', start(parser.currentLocation()) - 1) + 1;
      var span = new Span(start, Math.max(start, end));
      var key =
          new Scalar(
              name,
              name,
              span,
              new Written(source.text(), start + 1, span.end() - 1, '"', name, 0));
      parser.nextToken();
      var before = entries.putIfAbsent(name, new Entry(key, node(parser)));
      if (before != null) {
        problems.add(
            ProblemCode.DUPLICATE_KEY,
            span,
            "expected every key once in an object, found '"
                + Words.shortened(name)
                + "' also in line "
                + source.line(before.key().span().start())
                + "; remove or rename one of them");
      }
    }
    return new Entries(entries, first.to(span(parser)));
  }
}
