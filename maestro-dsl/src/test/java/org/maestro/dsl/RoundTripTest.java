package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

/** What is written is read back equal. One more seed: {@code -Dmaestro.test.seed=…}. */
class RoundTripTest {
  private static final long FIRST_SEED = Long.getLong("maestro.test.seed", 1);

  @Test
  void randomWorkflowsSurviveWritingAndReadingAsAPush() {
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 300; seed++) {
      var random = new RandomWorkflows(seed);
      var workflow = random.workflow();
      var properties = random.properties();
      var document = new LinkedHashMap<String, Object>();
      document.put("properties", DefinitionWriter.tree(properties));
      document.put("workflow", DefinitionWriter.tree(workflow));
      assertThat(DefinitionReader.push(document))
          .as("seed " + seed)
          .isEqualTo(new Read.Ok<>(new PushRequest(properties, workflow, true, null, Map.of())));
    }
  }

  @Test
  void randomWorkflowsSurviveStorage() {
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 300; seed++) {
      var workflow = new RandomWorkflows(seed).workflow();
      assertThat(DefinitionReader.workflow(DefinitionWriter.tree(workflow), ""))
          .as("seed " + seed)
          .isEqualTo(new Read.Ok<>(workflow));
    }
  }

  @Test
  void whatTheSystemKnowsAboutAParameterSurvivesStorage() {
    var inner = Param.literal(ParamType.LONG, 1L).withSource(ParamSource.TEMPLATE).evaluated(1L, 5);
    var params =
        Map.of(
            "m",
            new Param(
                ParamType.MAP,
                Map.of("inner", inner),
                null,
                ParamMode.IMMUTABLE,
                InternalMode.PROVIDED,
                ParamSource.LAUNCH,
                "param != null",
                List.of(Tag.of("t")),
                Map.of("inner", 1L),
                1_700_000_000_000L),
            "open",
            new Param(
                ParamType.STRING,
                null,
                null,
                null,
                InternalMode.REQUIRED,
                null,
                null,
                List.of(),
                null,
                null));
    assertThat(DefinitionReader.params(DefinitionWriter.tree(params), "", ParamForm.STORED))
        .isEqualTo(new Read.Ok<>(params));
  }
}
