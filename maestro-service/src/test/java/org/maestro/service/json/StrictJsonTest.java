package org.maestro.service.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {
  private static final JsonMapper JSON = StrictJson.mapper();

  @ParameterizedTest
  @ValueSource(strings = {"1e20", "-1e999", "1.5e300", "0.1", "1e-999", "9223372036854775808.0"})
  void aDecimalComesBackAsTheNumberItWas(String written) {
    var tree = JSON.readValue("{\"n\":" + written + "}", Map.class);

    var again = JSON.readValue(JSON.writeValueAsString(tree), Map.class);

    assertThat((BigDecimal) again.get("n")).isEqualByComparingTo(new BigDecimal(written));
  }

  @Test
  void wholeNumbersAreLongsAndNestedTreesAreTrees() {
    var tree = JSON.readValue("{\"a\":[1,{\"b\":[]},null,true,\"x\"],\"c\":2.5}", Map.class);

    assertThat(tree.get("a")).asString().isEqualTo("[1, {b=[]}, null, true, x]");
    assertThat(((List<?>) tree.get("a")).getFirst()).isEqualTo(1L);
    assertThat(tree.get("c")).isEqualTo(new BigDecimal("2.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} x", "{\"a\":NaN}", "{\"a\":01}"})
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> JSON.readValue(text, Map.class)).isInstanceOf(JacksonException.class);
  }

  @Test
  void aNumberOfManyDigitsIsRefusedBeforeItIsComputed() {
    assertThatThrownBy(() -> JSON.readValue("{\"a\":" + "9".repeat(10_000) + "}", Map.class))
        .isInstanceOf(JacksonException.class);
  }

  private static final List<JsonMapper> ALL = List.of(JSON, StrictJson.ownRows().build());

  private static Stream<Object> extremes() {
    return Stream.of(
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        new BigDecimal("9223372036854775808"),
        new BigDecimal("1e999"),
        new BigDecimal("-1e-999"),
        new BigDecimal(Double.MIN_VALUE),
        BigDecimal.valueOf(Double.MAX_VALUE),
        new BigDecimal("9".repeat(1000) + "." + "9".repeat(1000)),
        "\uFFFF\uFFFE\uD7FF\uE000\u0001\u007F\u2028\uD83D\uDE00\"\\",
        "x".repeat(1_000_000),
        "",
        true,
        List.of(),
        List.of(List.of(1L), Map.of("k", new BigDecimal("1e20"))),
        Map.of("", Map.of("~/", List.of("a", 5L))));
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void whatOneMapperWritesTheOthersRead(Object value) {
    for (var writer : ALL) {
      for (var reader : ALL) {
        var read = reader.readValue(writer.writeValueAsString(Map.of("v", value)), Map.class);

        assertThat(writer.writeValueAsString(read))
            .isEqualTo(writer.writeValueAsString(Map.of("v", value)));
      }
    }
  }

  @Test
  void aNumberThatCouldNotBeWrittenInFullIsRefusedAtItsPlace() {
    for (var mapper : ALL) {
      assertThatThrownBy(() -> mapper.readValue("{\"a\":[1,{\"b/c\":1e999999}]}", Map.class))
          .isInstanceOf(JacksonException.class)
          .hasMessageContaining("/a/1/b~1c")
          .hasMessageContaining("1E+999999");
    }
  }
}
