package org.maestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTest {

  @Test
  void aTreeComesBackAsItWasWritten() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("z", 1L);
    tree.put("a", Arrays.asList("x\n\"y\"", null, true, new BigDecimal("0.10")));
    tree.put("big", new BigInteger("99999999999999999999"));
    tree.put("none", null);
    assertThat(Json.read(Json.compact(tree))).isEqualTo(tree);
    assertThat(Json.read(Json.pretty(tree))).isEqualTo(tree);
  }

  @Test
  void theOrderOfNamesIsKept() {
    assertThat(Json.compact(Json.read("{\"b\": 1, \"a\": {}}"))).isEqualTo("{\"b\":1,\"a\":{}}");
  }

  @Test
  void prettyTextIsIndentedByTwo() {
    assertThat(Json.pretty(Json.read("{\"a\":[1]}")))
        .isEqualTo(
            """
            {
              "a": [
                1
              ]
            }\
            """);
  }

  @Test
  void textThatIsNotExactlyOneValueIsRefused() {
    for (var text : new String[] {"", "{", "1 2", "{\"a\":1,\"a\":2}", "nul"}) {
      assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(JacksonException.class);
    }
  }
}
