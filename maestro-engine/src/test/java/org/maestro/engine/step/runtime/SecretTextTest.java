package org.maestro.engine.step.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;

class SecretTextTest {
  private static final String NAMED = "${secret://crm/token}";

  @Test
  void whatTheDefinitionSaysIsASecretAtAnyDepth() {
    var docker =
        Param.literal(
                ParamType.MAP,
                Map.of(
                    "env",
                    Param.literal(ParamType.STRING_MAP, Map.of("A", "x" + NAMED, "B", "b")),
                    "command",
                    Param.literal(ParamType.STRING_ARRAY, List.of("a", NAMED))))
            .evaluated(
                Map.of("env", Map.of("A", "x" + NAMED, "B", "b"), "command", List.of("a", NAMED)),
                1);

    assertThat(SecretText.valueOf(docker))
        .isEqualTo(
            Map.of(
                "env",
                Map.of("A", new SecretText("x" + NAMED), "B", "b"),
                "command",
                List.of("a", new SecretText(NAMED))));
  }

  @Test
  void whatWasSetAtTheStartIsToldFromWhatTheDefinitionHas() {
    var set =
        Param.literal(ParamType.STRING_MAP, Map.of("A", NAMED))
            .withSource(ParamSource.LAUNCH)
            .evaluated(Map.of("A", NAMED), 1);
    assertThat(SecretText.valueOf(set)).isEqualTo(Map.of("A", new SecretText(NAMED, false)));
    assertThat(SecretText.valueOf(set.withSource(ParamSource.DEFINITION)))
        .isEqualTo(Map.of("A", new SecretText(NAMED)));
  }

  @Test
  void whatWasHandedInIsText() {
    var filled =
        Param.literal(ParamType.STRING_MAP, Map.of("A", "$name", "B", "x" + NAMED + "$name"))
            .evaluated(Map.of("A", NAMED, "B", "x" + NAMED + NAMED), 1);
    assertThat(SecretText.valueOf(filled)).isEqualTo(filled.evaluatedResult());

    var computed = Param.expression(ParamType.STRING, "name").evaluated(NAMED, 1);
    assertThat(SecretText.valueOf(computed)).isEqualTo(NAMED);

    var escaped = Param.literal(ParamType.STRING, "$" + NAMED).evaluated(NAMED, 1);
    assertThat(SecretText.valueOf(escaped)).isEqualTo(NAMED);
  }
}
