package org.maestro.service.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
