package org.maestro.signal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.service.problem.ApiException;

class CloudEventTest {
  private static final Map<String, Object> GOOD =
      Map.of("specversion", "1.0", "id", "1", "source", "/here", "type", "made");

  @Test
  void textsAndWholeNumbersAtTheTopOfTheDataAreParams() {
    var event = new CloudEvent(GOOD, Map.of("a", "x", "n", 5L, "deep", Map.of("b", 1L)));
    var signal = event.announcement(Map.of(), 9);
    assertThat(signal.name()).isEqualTo("made");
    assertThat(signal.params()).isEqualTo(Map.of("a", "x", "n", 5L));
    assertThat(signal.payload()).isEqualTo(event.data());
    assertThat(signal.requestTime()).isEqualTo(9);
  }

  @Test
  void aNumberThatCanBeNoParamIsNamedAndStaysInThePayload() {
    var data = new LinkedHashMap<String, Object>();
    data.put("five", new BigDecimal("5.0"));
    data.put("price/eur", new BigDecimal("5.50"));
    data.put("huge", new BigDecimal("1e20"));
    var event = new CloudEvent(GOOD, data);
    var signal = event.announcement(Map.of(), 9);
    assertThat(signal.params()).isEqualTo(Map.of("five", 5L));
    assertThat(signal.payload()).isEqualTo(data);
    assertThat(event.leftOut().stream().map(DefinitionProblem::pointer).toList())
        .isEqualTo(List.of("/data/price~1eur", "/data/huge"));
    assertThat(event.leftOut().getFirst().message()).contains("5.5");
  }

  @Test
  void theTypeCanBeMappedToAnotherName() {
    assertThat(new CloudEvent(GOOD, null).announcement(Map.of("made", "table/a"), 0).name())
        .isEqualTo("table/a");
  }

  @Test
  void theSameIdOfAnotherSourceIsAnotherEvent() {
    var other =
        Map.<String, Object>of("specversion", "1.0", "id", "1", "source", "/there", "type", "made");
    assertThat(new CloudEvent(GOOD, null).announcement(Map.of(), 0).requestId())
        .isEqualTo(new CloudEvent(GOOD, 1L).announcement(Map.of(), 0).requestId())
        .isNotEqualTo(new CloudEvent(other, null).announcement(Map.of(), 0).requestId());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var event =
        CloudEvent.structured(
            Map.of(
                "specversion",
                "0.3",
                "id",
                "",
                "type",
                5L,
                "time",
                "now",
                "data",
                Map.of("a", "x".repeat(9_000))));
    var refused = catchThrowableOfType(ApiException.class, () -> event.announcement(Map.of(), 0));
    assertThat(refused.problems().stream().map(DefinitionProblem::pointer).toList())
        .isEqualTo(List.of("/specversion", "/id", "/source", "/type", "/data/a", "/time"));
  }
}
