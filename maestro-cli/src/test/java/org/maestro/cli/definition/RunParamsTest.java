package org.maestro.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.output.Tree;

class RunParamsTest {
  private static final Map<String, Object> DECLARED =
      Map.of(
          "date", Map.of("type", "LONG"),
          "name", Map.of("type", "STRING"),
          "ratio", Map.of("type", "DOUBLE"),
          "dry", Map.of("type", "BOOLEAN"),
          "dates", Map.of("type", "LONG_ARRAY"),
          "tags", Map.of("type", "STRING_ARRAY"),
          "env", Map.of("type", "STRING_MAP"),
          "conf", Map.of("type", "MAP"));

  private static Object value(String assignment) {
    var params = new RunParams("w", DECLARED);
    params.add(assignment);
    var param = (Map<?, ?>) params.tree().values().iterator().next();
    return param.get("value");
  }

  @Test
  void aValueIsReadAsTheDeclaredType() {
    assertThat(value("date=20260101")).isEqualTo(20260101L);
    assertThat(value("date=20260101.0")).isEqualTo(20260101L);
    assertThat(value("date=2e3")).isEqualTo(2000L);
    assertThat(value("dates=[1.0, 2e0]")).isEqualTo(List.of(1L, 2L));
    assertThat(value("name=7")).isEqualTo("7");
    assertThat(value("name=a=b")).isEqualTo("a=b");
    assertThat(value("name=")).isEqualTo("");
    assertThat(value("ratio=0.5")).isEqualTo(new BigDecimal("0.5"));
    assertThat(value("dry=true")).isEqualTo(true);
    assertThat(value("dates=1,2")).isEqualTo(List.of(1L, 2L));
    assertThat(value("dates=[1, 2]")).isEqualTo(List.of(1L, 2L));
    assertThat(value("tags=a, b")).isEqualTo(List.of("a", "b"));
    assertThat(value("env={\"k\":\"v\"}")).isEqualTo(Map.of("k", "v"));
    assertThat(value("conf={\"n\":1}")).isEqualTo(Map.of("n", Map.of("type", "LONG", "value", 1L)));
  }

  @Test
  void aValueOfAnotherTypeIsToldWithAnExample() {
    assertThatThrownBy(() -> value("date=soon"))
        .hasMessage("parameter \"date\": expected an integer such as 42 (LONG), found \"soon\"");
    for (var wrong :
        List.of(
            "date=5.5",
            "date=1e20",
            "dates=[1.5]",
            "ratio=1e999999999",
            "dry=yes",
            "ratio=x",
            "dates=1,b",
            "env=[]",
            "env={\"a\":1}",
            "conf=x")) {
      assertThatThrownBy(() -> value(wrong)).as(wrong).isInstanceOf(CommandFailure.class);
    }
  }

  @Test
  void anUndeclaredNameIsRefusedUnlessItsTypeIsSaid() {
    assertThatThrownBy(() -> value("dats=1"))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.hints()).contains("did you mean \"date\"?"));
    assertThat(value("dats<long>=1")).isEqualTo(1L);
    assertThatThrownBy(() -> value("dats<lon>=1")).hasMessageContaining("expected a type");
  }

  @Test
  void whatNobodyCanGiveIsNotOffered() {
    var params =
        new RunParams(
            "step \"load\"",
            Map.of(
                "script", Map.of("type", "STRING", "mode", "MUTABLE"),
                "step_id", Map.of("type", "STRING", "mode", "CONSTANT")));

    assertThatThrownBy(() -> params.add("total=5"))
        .hasMessageContaining("step \"load\" has no parameter \"total\"")
        .satisfies(e -> assertThat(((CommandFailure) e).hints()).contains("it has script"));
    params.add("script=echo");
    assertThatThrownBy(() -> params.add("script=ls"))
        .hasMessageContaining("expected parameter \"script\" once");
  }

  @Test
  void aFileGivesSeveral() {
    var params = new RunParams("w", DECLARED);
    params.add(new Tree(Map.of("date", 5, "tags", List.of("x"))));
    assertThat(params.tree())
        .isEqualTo(
            Map.of(
                "date", Map.of("type", "LONG", "value", 5),
                "tags", Map.of("type", "STRING_ARRAY", "value", List.of("x"))));
  }
}
