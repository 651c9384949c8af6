package org.maestro.benchmark.fuzz;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.dsl.yaml.Reading;
import org.maestro.dsl.yaml.YamlFormat;
import org.maestro.dsl.yaml.YamlWriter;
import org.maestro.service.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the readers of definitions promise for every text: a definition that is the same after
 * writing and reading it again, or problems with a place; and formatting that changes no meaning.
 */
final class DefinitionPromises {
  /** A thousand digits before the point and as many behind it, and more. */
  private static final int MOST_DIGITS = 5_000;

  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};
  private static final JsonMapper JSON = StrictJson.mapper();

  private static final JsonMapper OTHER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(MOST_DIGITS).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private DefinitionPromises() {}

  /** Whether the text is a definition. */
  static boolean checkText(String text, String fileName) {
    var isGood = checkReadings(Definitions.readAll(text, fileName));
    checkReadings(List.of(Definitions.read(text, fileName)));
    checkFormat(text, fileName);
    if (fileName.endsWith(".json")) {
      checkBody(text);
    }
    return isGood;
  }

  /** Whether the bytes are a definition. */
  static boolean checkBytes(byte[] bytes, String fileName) {
    return checkReadings(Definitions.readAll(bytes, fileName));
  }

  private static boolean checkReadings(List<Reading> readings) {
    require(!readings.isEmpty(), "no reading at all");
    readings.forEach(DefinitionPromises::checkReading);
    return readings.stream().allMatch(Reading::isGood);
  }

  private static void checkReading(Reading reading) {
    for (var problem : reading.problems()) {
      require(problem.line() > 0 && problem.column() > 0, "a problem without a place");
      require(!problem.oneLine().isBlank(), "a problem without words");
    }
    require(reading.rendered().isBlank() == reading.problems().isEmpty(), "problems unsaid");
    if (!reading.isGood()) {
      require(!reading.problems().isEmpty(), "refused without a problem");
      return;
    }
    var json = reading.json();
    requireSame(json, Definitions.read(json, "again.json"), "as JSON");
    requireSame(json, Definitions.read(YamlWriter.text(reading.push()), "again.yaml"), "as YAML");
  }

  private static void requireSame(String json, Reading again, String how) {
    require(again.isGood(), "refused when written " + how);
    require(again.json().equals(json), "another definition when written " + how);
  }

  private static void checkFormat(String text, String fileName) {
    var formatted = YamlFormat.format(text, fileName);
    if (formatted.problems().isEmpty()) {
      var again = YamlFormat.format(formatted.text(), fileName);
      require(again.problems().isEmpty(), "formatted text can't be formatted");
      require(again.text().equals(formatted.text()), "formatting twice changes the text again");
      if (fileName.endsWith(".json")) {
        requireSameTree(text, formatted.text());
      }
    } else {
      require(formatted.text().equals(text), "not formatted, but changed");
    }
  }

  /** By another reader than the one that formats, as far as that one takes the text. */
  private static void requireSameTree(String text, String formatted) {
    JsonNode before;
    try {
      before = OTHER.readTree(text);
    } catch (JacksonException | NumberFormatException _) {
      return;
    }
    require(
        before.equals(DefinitionPromises::compare, OTHER.readTree(formatted)),
        "formatting changes the meaning");
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  /** As the body of a request, where everything may be at the wrong place. */
  private static void checkBody(String text) {
    Map<String, @Nullable Object> body;
    try {
      body = JSON.readValue(text, TREE);
    } catch (JacksonException _) {
      return;
    }
    if (body == null) {
      return;
    }
    requireReasons(DefinitionReader.push(body));
    requireReasons(DefinitionReader.properties(body));
    requireReasons(DefinitionReader.params(body, "/run_params"));
    requireReasons(DefinitionReader.tag(body, ""));
    for (var value : body.values()) {
      requireReasons(DefinitionReader.workflow(value, "/workflow"));
      requireReasons(DefinitionReader.params(value, "/run_params"));
      requireReasons(DefinitionReader.tags(value, "/tags"));
    }
  }

  private static void requireReasons(Read<?> read) {
    if (read instanceof Read.Bad<?>(var problems)) {
      require(!problems.isEmpty(), "a body is refused without a problem");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new BrokenPromiseException(otherwise);
    }
  }
}
