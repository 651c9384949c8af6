package org.maestro.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Tree;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.model.definition.PushRequest;

class ComparisonTest {
  private static final String BASE =
      """
      {"properties": {"owner": "me", "run_strategy": "parallel", "tags": ["x"]},
       "workflow": {"id": "w", "params": {"a": {"type": "LONG", "value": 1}, "b": {"type": "STRING", "value": "t"}},
         "steps": [
           {"step": {"id": "one", "type": "NoOp", "transition": {"successors": {"two": "a > 0"}}}},
           {"step": {"id": "two", "type": "Shell", "params": {"script": {"type": "STRING", "value": "l1\\nl2\\nl3"}}}}]}}
      """;

  private static PushRequest read(String json) {
    return Definitions.read(json, "w.json").push();
  }

  private static List<Change> compare(String server, String local) {
    var there = read(server);
    var properties = there.properties();
    return Comparison.of(
        // As it comes over the wire.
        new Tree(Json.read(Json.compact(DefinitionWriter.tree(there.workflow())))).map(),
        properties == null ? Map.of() : DefinitionWriter.tree(properties),
        read(local));
  }

  private static List<String> text(String local) {
    return ChangeText.lines(compare(BASE, local), Style.PLAIN);
  }

  @Test
  void theSameDefinitionHasNoDifference() {
    assertThat(compare(BASE, BASE)).isEmpty();
  }

  @Test
  void theSameInAnotherSpellingHasNoDifference() {
    assertThat(compare(BASE, BASE.replace("\"parallel\"", "{\"rule\": \"PARALLEL\"}"))).isEmpty();
  }

  @Test
  void propertiesThatAreNotGivenStayAndAreNoDifference() {
    assertThat(compare(BASE, BASE.replace(", \"tags\": [\"x\"]", ""))).isEmpty();
  }

  @Test
  void stepsAreComparedByIdAndEdgesOneByOne() {
    assertThat(
            text(
                BASE.replace("\"two\": \"a > 0\"", "\"two\": \"a > 1\", \"three\": \"true\"")
                    .replace(
                        "\"steps\": [",
                        "\"steps\": [{\"step\": {\"id\": \"three\", \"type\": \"NoOp\"}},")))
        .containsExactly(
            "steps",
            "  + three: {\"kind\":\"step\",\"type\":\"NoOp\"}",
            "edges",
            "  ~ one → two: a > 0 → a > 1",
            "  + one → three: true");
  }

  @Test
  void textOfSeveralLinesIsComparedLineByLine() {
    assertThat(text(BASE.replace("l1\\nl2\\nl3", "l1\\nL2\\nl3")))
        .containsExactly(
            "steps",
            "  ~ two.params.script.value:",
            "        l1",
            "      - l2",
            "      + L2",
            "        l3");
  }

  @Test
  void theOrderOfParametersIsADifferenceBecauseItIsTheOrderOfEvaluation() {
    var swapped =
        BASE.replace(
            "\"a\": {\"type\": \"LONG\", \"value\": 1}, \"b\": {\"type\": \"STRING\", \"value\": \"t\"}",
            "\"b\": {\"type\": \"STRING\", \"value\": \"t\"}, \"a\": {\"type\": \"LONG\", \"value\": 1}");
    assertThat(compare(BASE, swapped))
        .containsExactly(
            new Change(List.of("params", "(order)"), List.of("a", "b"), List.of("b", "a")));
  }

  @Test
  void aChangedPropertyIsTold() {
    assertThat(text(BASE.replace("\"parallel\"", "\"first_only\"")))
        .containsExactly("properties", "  ~ run_strategy.rule: PARALLEL → FIRST_ONLY");
  }

  @Test
  void whatIsNotOnTheServerIsAllNew() {
    var changes = Comparison.of(Map.of(), Map.of(), read(BASE));
    assertThat(changes).isNotEmpty().allMatch(change -> change.kind().equals("added"));
  }
}
