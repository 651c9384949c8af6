package org.maestro.signal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.json.StrictJson;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.SignalJson;

class SourceMappingTest {
  private static final SignalJson JSON = new SignalJson(StrictJson.mapper());
  private static final SourceMapping MAPPING =
      new SourceMapping(
          "orders",
          "/name",
          Map.of("n", "/items/0/n", "kind", "order", "slashed", "/a~1b/~0c"),
          "/id");

  private static Announcement announced(String message) {
    return MAPPING.announcement(0, message(message), JSON, 9);
  }

  private static ReceivedMessage message(String text) {
    return new ReceivedMessage(7, "key", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "5e0", "0.5e1"})
  void aNumberWithoutFractionIsThatWholeNumber(String number) {
    var signal =
        announced("{\"name\": \"s\", \"id\": %1$s, \"items\": [{\"n\": %1$s}]}".formatted(number));
    assertThat(signal.params()).isEqualTo(Map.of("n", 5L, "kind", "order"));
    assertThat(signal.requestId())
        .isEqualTo(announced("{\"name\": \"s\", \"id\": \"5\"}").requestId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.5", "9223372036854775808", "1e20", "-0.1"})
  void aNumberThatCanBeNoParamIsRefusedAtItsPlaceInTheMessage(String number) {
    assertThatThrownBy(() ->
            announced("{\"name\": \"s\", \"id\": 1, \"items\": [{\"n\": %s}]}".formatted(number)))
        .isInstanceOf(SourceMapping.NoSignalException.class)
        .hasMessageContaining("/items/0/n: expected a string or a 64-bit integer");
  }

  @Test
  void numbersThatNoPointerFindsHarmNothing() {
    var signal =
        announced(
            "{\"name\": \"s\", \"id\": 123456789012345678901234567890, \"items\": [{\"n\": 1}],"
                + " \"other\": [98765432109876543210, 1e30, {\"deep\": -5.5}]}");
    assertThat(signal.params()).containsEntry("n", 1L);
    assertThat(((Map<?, ?>) signal.payload()).get("other"))
        .isEqualTo(
            List.of(
                new BigDecimal("98765432109876543210"),
                new BigDecimal("1e30"),
                Map.of("deep", new BigDecimal("-5.5"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | true",
        "[1, 2.5] | [1,2.5]",
        "{\"k\": 5.0} | {\"k\":5.0}",
        "\"x\" | x",
      })
  void whatIsNoNumberIsText(String json, String text) {
    assertThat(
            announced("{\"name\": \"s\", \"id\": 1, \"a/b\": {\"~c\": %s}}".formatted(json))
                .params())
        .containsEntry("slashed", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{", "[]", "{\"name\": 5, \"id\": 1}", "{\"name\": \"s\"}"})
  void whatIsNoSignalIsRefused(String message) {
    assertThatThrownBy(() -> announced(message))
        .isInstanceOf(SourceMapping.NoSignalException.class);
  }
}
