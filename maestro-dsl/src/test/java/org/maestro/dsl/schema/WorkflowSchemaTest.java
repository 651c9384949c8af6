package org.maestro.dsl.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.dsl.yaml.YamlFieldNames;
import org.maestro.dsl.yaml.YamlWriter;

/** What is valid is valid by the schema, and the schema knows what the reader knows. */
class WorkflowSchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema JSON = REGISTRY.getSchema(WorkflowSchema.json());
  private static final Schema YAML = REGISTRY.getSchema(WorkflowSchema.yaml());

  static Stream<Path> goldenYaml() {
    return files(".yaml");
  }

  static Stream<Path> goldenJson() {
    return files(".json");
  }

  private static Stream<Path> files(String end) {
    try (var files = Files.list(Path.of(WorkflowSchemaTest.class.getResource("/golden").toURI()))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("goldenJson")
  void goldenJsonIsValid(Path file) throws IOException {
    assertThat(JSON.validate(Files.readString(file), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goldenYaml")
  void goldenYamlIsValid(Path file) throws IOException {
    assertThat(YAML.validate(Files.readString(file), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("goldenJson")
  void writtenYamlIsValid(Path file) throws IOException {
    var push = Definitions.read(Files.readString(file), "w.json").push();
    assertThat(YAML.validate(YamlWriter.text(push), InputFormat.YAML)).isEmpty();
  }

  @Test
  void everyFieldAtOnceIsValid() throws IOException {
    try (var in = Definitions.class.getResourceAsStream("/org/maestro/dsl/everything.json")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(JSON.validate(text, InputFormat.JSON)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"workflow\": {\"id\": \"w\"}}",
        "{\"workflow\": {\"id\": \"w\", \"steps\": [{\"step\": {\"id\": \"a\"}}]}}",
        "{\"workflow\": {\"id\": \"w\", \"steps\": [], \"params\": {\"p\": {\"value\": 5}}}}",
        "{\"workflow\": {\"id\": \"w\", \"steps\": [], \"colour\": 5}}"
      })
  void whatIsWrongInJsonIsWrong(String text) {
    assertThat(JSON.validate(text, InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workflow: {jobs: []}",
        "workflow: {id: w, jobs: [{job: {type: NoOp}}]}",
        "workflow: {id: w, triggers: [{crom: '* * * * *'}]}",
        "workflow: {id: w, dag: sequentially, jobs: []}"
      })
  void whatIsWrongInYamlIsWrong(String text) {
    assertThat(YAML.validate(text, InputFormat.YAML)).isNotEmpty();
  }

  /**
   * Objects of the JSON form with a field that nobody knows; the reader then lists those it does.
   */
  static Stream<String> objectsWithAStranger() {
    var stranger = "\"qqqqqqqqqq\": 1";
    var ok = "\"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]";
    var step = "{\"workflow\": {\"id\": \"w\", \"steps\": [{\"%s\": {\"id\": \"a\", %s}}]}}";
    return Stream.of(
        "{\"workflow\": {\"id\": \"w\", %s, %s}}".formatted(ok, stranger),
        "{\"properties\": {%s}, \"workflow\": {\"id\": \"w\", %s}}".formatted(stranger, ok),
        "{\"git_info\": {%s}, \"workflow\": {\"id\": \"w\", %s}}".formatted(stranger, ok),
        step.formatted("step", stranger),
        step.formatted("subworkflow", stranger),
        step.formatted("foreach", stranger),
        step.formatted("while", stranger),
        step.formatted("template", stranger),
        step.formatted("step", "\"retry_policy\": {%s}".formatted(stranger)),
        step.formatted("step", "\"retry_policy\": {\"backoff\": {%s}}".formatted(stranger)),
        step.formatted("step", "\"transition\": {%s}".formatted(stranger)),
        step.formatted("step", "\"params\": {\"p\": {%s}}".formatted(stranger)),
        step.formatted("step", "\"signal_dependencies\": [{%s}]".formatted(stranger)),
        step.formatted("step", "\"signal_outputs\": [{%s}]".formatted(stranger)),
        "{\"workflow\": {\"id\": \"w\", %s, \"time_triggers\": [{\"type\": \"cron\", %s}]}}"
            .formatted(ok, stranger),
        "{\"workflow\": {\"id\": \"w\", %s, \"signal_triggers\": [{%s}]}}".formatted(ok, stranger));
  }

  /** What the system adds to parameters isn't for authors. */
  private static final List<String> NOT_FOR_AUTHORS =
      List.of("internal_mode", "source", "evaluated_result", "evaluated_time");

  @ParameterizedTest
  @MethodSource("objectsWithAStranger")
  void theSchemasNameEveryFieldThatTheReaderKnows(String text) {
    var known =
        Definitions.read(text, "w.json").problems().stream()
            .map(SourceProblem::message)
            .filter(message -> message.contains("qqqqqqqqqq"))
            .flatMap(
                message -> Stream.of(message.replaceFirst("(?s).*or use one of ", "").split(", ")))
            .filter(name -> !NOT_FOR_AUTHORS.contains(name))
            .toList();
    assertThat(known).isNotEmpty();
    for (var name : known) {
      assertThat(WorkflowSchema.json()).contains("\"" + name + "\": {");
    }
  }

  @Test
  void theSchemaOfTheYamlFormNamesEveryFieldOfIt() {
    // The names come from the table that the translator itself reads.
    assertThat(YamlFieldNames.all())
        .hasSizeGreaterThan(60)
        .allSatisfy(name -> assertThat(WorkflowSchema.yaml()).contains("\"" + name + "\": {"));
  }
}
