package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;

/** A problem inside an expression is shown inside it, however the expression is written. */
class PlacesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a + * 2",
        "'a + * 2'",
        "'''x'' + * 2'",
        "\"a + * 2\"",
        "\"'\\x41\\u00e4\\\"' + * 2\"",
        "\"a\\n + \\\n      * 2\"",
        "a\n      + * 2",
        "a +\n\n      * 2",
        "'a\n      + * 2'",
        "|\n      a = 1;\n        b = 2;\n\n      a + * 2;",
        "|-\n      'it'; a + * 2",
        "|+\n      a + * 2\n\n",
        ">\n      a\n      + * 2\n",
        ">-\n      a;\n\n      a + * 2",
        "|2\n      a + * 2",
        "'''😀'' + * 2'",
        "\"'\\U0001F600' + * 2\""
      })
  void theStarIsFound(String written) {
    var text =
        "workflow:\n  id: w\n  params:\n    '!x': " + written + "\n  jobs: [{id: a, type: NoOp}]\n";
    var problems = Definitions.read(text, "w.yaml").problems();
    assertThat(problems).as(text).hasSize(1);
    var problem = problems.getFirst();
    assertThat(problem.code()).isEqualTo(ProblemCode.EXPRESSION);
    var source = new SourceText("w.yaml", text);
    assertThat(source.start(problem.line()) + problem.column() - 1)
        .as(problem.render())
        .isEqualTo(text.indexOf("* 2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IF a + * 2 THEN a",
        "'IF a + * 2 THEN a'",
        "\"if 'A' + * 2 then a\"",
        ">-\n          IF a\n          + * 2 THEN a"
      })
  void theStarIsFoundInAConditionToo(String written) {
    var text =
        "workflow:\n  id: w\n  jobs:\n    - id: b\n      type: NoOp\n      transition:\n        - "
            + written
            + "\n    - {id: a, type: NoOp}\n";
    var problem = Definitions.read(text, "w.yaml").problems().getFirst();
    var source = new SourceText("w.yaml", text);
    assertThat(source.start(problem.line()) + problem.column() - 1)
        .as(problem.render())
        .isEqualTo(text.indexOf("* 2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo $n there",
        "'echo $n'",
        "\"\\u00e4 $n\"",
        "|\n        a=1\n\n          echo $n\n        b=2",
        ">-\n        echo\n        $n"
      })
  void whatTheServerFindsInsideATextIsShownInsideIt(String written) {
    var text =
        "workflow:\n  id: w\n  jobs:\n    - id: a\n      type: Shell\n      script: "
            + written
            + "\n";
    var reading = Definitions.read(text, "w.yaml");
    var script = reading.push().workflow().steps().getFirst().common().params().get("script");
    var offset = String.valueOf(Objects.requireNonNull(script).value()).indexOf("$n");
    var found =
        new DefinitionProblem(
            "/workflow/steps/0/step/params/script",
            "there is no parameter n (line 3:8); write $$",
            null,
            "E0302",
            offset);

    var problem = reading.located(List.of(found)).getFirst();
    var source = new SourceText("w.yaml", text);
    assertThat(source.start(problem.line()) + problem.column() - 1)
        .as(problem.render())
        .isEqualTo(text.indexOf("$n"));
    assertThat(problem.message()).isEqualTo("there is no parameter n; write $$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a + * 2", "'\\u00e4\\\"' + * 2", "a;\\n\\ta + * 2"})
  void theStarIsFoundInJson(String written) {
    var text =
        "{\"workflow\": {\"id\": \"w\", \"params\": {\"x\": {\"type\": \"STRING\", \"expression\": \""
            + written
            + "\"}},\n\"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}]}}";
    var problem = Definitions.read(text, "w.json").problems().getFirst();
    assertThat(problem.line()).isEqualTo(1);
    assertThat(problem.column() - 1).as(problem.render()).isEqualTo(text.indexOf("* 2"));
  }
}
