package org.maestro.dev.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document of the API that is kept is the one that the code makes, and its examples are true.
 */
class OpenApiTest {
  private static final Path ROOT = Path.of("..");
  private static final Path KEPT =
      ROOT.resolve("maestro-service/src/main/resources/org/maestro/service/web/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final Pattern REFERENCE = Pattern.compile("#/components/schemas/([A-Za-z]+)");

  /** The one command that writes it anew. */
  private static final String REWRITE =
      "mvn test -pl maestro-dev -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dopenapi.write=true";

  private static Map<String, Object> examples;
  private static ApiDocument made;
  private static Map<String, Object> document;

  @BeforeAll
  static void make() throws IOException {
    examples = examples();
    made = new ApiDocument(ROOT, examples);
    document = made.make();
  }

  /** Bodies that were sent and answered, by route. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> examples() throws IOException {
    return JSON.readValue(resource("examples.json"), LinkedHashMap.class);
  }

  private static String resource(String name) throws IOException {
    try (var in = OpenApiTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theKeptDocumentIsWhatTheCodeMakes() throws IOException {
    var text = JSON.writeValueAsString(document) + "\n";
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(KEPT.getParent());
      Files.writeString(KEPT, text);
    }
    // Not isEqualTo: nobody reads two documents of this size side by side.
    assertThat(firstDifference(Files.readString(KEPT), text))
        .as("the API has changed. If that is meant, write its document anew: " + REWRITE)
        .isEmpty();
  }

  private static List<String> firstDifference(String kept, String text) {
    var before = kept.lines().toList();
    var after = text.lines().toList();
    for (var i = 0; i < Math.max(before.size(), after.size()); i++) {
      var was = i < before.size() ? before.get(i) : "(end)";
      var is = i < after.size() ? after.get(i) : "(end)";
      if (!was.equals(is)) {
        return List.of("line " + (i + 1), "kept: " + was, "made: " + is);
      }
    }
    return kept.equals(text) ? List.of() : List.of("line ends");
  }

  /** By the schema that OpenAPI's authors have published. */
  @Test
  void theDocumentIsOneOfOpenApi() throws IOException {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    assertThat(
            registry
                .getSchema(resource("oas-3.1.json"))
                .validate(JSON.writeValueAsString(document), InputFormat.JSON))
        .isEmpty();

    var ids = new ArrayList<Object>();
    paths()
        .values()
        .forEach(
            verbs -> verbs.values().forEach(operation -> ids.add(operation.get("operationId"))));
    assertThat(ids).doesNotHaveDuplicates();

    var text = JSON.writeValueAsString(document);
    var schemas = (Map<?, ?>) ((Map<?, ?>) document.get("components")).get("schemas");
    var meant = REFERENCE.matcher(text).results().map(found -> found.group(1)).toList();
    assertThat(new TreeSet<>(meant))
        .isSubsetOf(new TreeSet<>(schemas.keySet().stream().map(String::valueOf).toList()));
  }

  @Test
  void everyBodyIsOfTheModelWhicheverServiceAnswersIt() {
    assertThat(made.types())
        .extracting(Type::getTypeName)
        .allMatch(name -> name.startsWith("org.maestro.model.") || name.startsWith("java."));
  }

  @Test
  void everyRouteParameterAndFieldIsDescribed() {
    assertThat(made.undescribed()).isEmpty();
  }

  @Test
  void everyExampleIsOfARouteAndFitsItsSchema() {
    var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    var unknown = new TreeSet<>(examples.keySet());
    var faults = new ArrayList<String>();
    paths()
        .forEach((path, verbs) ->
            verbs.forEach((verb, operation) -> {
              unknown.remove(verb.toUpperCase(Locale.ROOT) + " " + path);
              for (var media : medias(operation)) {
                if (media.containsKey("example")) {
                  var schema = new LinkedHashMap<String, Object>();
                  ((Map<?, ?>) media.get("schema"))
                      .forEach((name, value) -> schema.put((String) name, value));
                  schema.put("components", document.get("components"));
                  registry
                      .getSchema(JSON.writeValueAsString(schema))
                      .validate(JSON.writeValueAsString(media.get("example")), InputFormat.JSON)
                      .forEach(error -> faults.add(verb + " " + path + ": " + error));
                }
              }
            }));
    assertThat(faults).isEmpty();
    assertThat(unknown).as("examples of no route").isEmpty();
  }

  /** What a client reads of errors is in every refusal, and every route has some. */
  @Test
  void everyRouteSaysWithWhichCodesItRefuses() {
    paths()
        .forEach((path, verbs) ->
            verbs.forEach((verb, operation) ->
                assertThat(((Map<?, ?>) operation.get("responses")).keySet().toString())
                    .as(verb + " " + path)
                    .contains("400", "401", "403", "429", "500", "503")));
  }

  @Test
  void refusalsAreThoseThatTheCodeCanComeTo() {
    assertThat(codes("/api/v3/tag-permits/{tag}", "delete", "404")).contains("no-such-tag-permit");
    assertThat(codes("/api/v3/tag-permits/{tag}", "delete", "403"))
        .contains("not-an-administrator");
    assertThat(codes("/api/v3/signals", "post", "409")).containsExactly("signal-exists");
    assertThat(codes("/api/v3/info", "get", "503")).contains("database-unavailable");
    assertThat(
            codes("/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}", "get", "400"))
        .contains("invalid-run");
  }

  @SuppressWarnings("unchecked")
  private static List<String> codes(String path, String verb, String status) {
    var operation = paths().get(path).get(verb);
    var response = (Map<?, ?>) ((Map<?, ?>) operation.get("responses")).get(status);
    if (response.get("$ref") instanceof String shared) {
      var all = (Map<?, ?>) ((Map<?, ?>) document.get("components")).get("responses");
      response = (Map<?, ?>) all.get(shared.substring(shared.lastIndexOf('/') + 1));
    }
    var media = (Map<?, ?>) ((Map<?, ?>) response.get("content")).get("application/problem+json");
    var parts = (List<?>) ((Map<?, ?>) media.get("schema")).get("allOf");
    var properties = (Map<?, ?>) ((Map<?, ?>) parts.get(1)).get("properties");
    return (List<String>) ((Map<?, ?>) properties.get("code")).get("enum");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Map<String, Object>>> paths() {
    return (Map<String, Map<String, Map<String, Object>>>) document.get("paths");
  }

  /** Bodies of requests and of answers that are no refusals. */
  private static List<Map<?, ?>> medias(Map<String, Object> operation) {
    var found = new ArrayList<Map<?, ?>>();
    if (operation.get("requestBody") instanceof Map<?, ?> body) {
      ((Map<?, ?>) body.get("content")).values().forEach(media -> found.add((Map<?, ?>) media));
    }
    ((Map<?, ?>) operation.get("responses"))
        .values()
        .forEach(response -> {
          if (((Map<?, ?>) response).get("content") instanceof Map<?, ?> content) {
            content.values().forEach(media -> found.add((Map<?, ?>) media));
          }
        });
    return found;
  }
}
