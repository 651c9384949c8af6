package org.maestro.signal.announce;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.sel.Decimals;

class SignalCheckTest {

  @Test
  void textsAndWholeNumbersAreFine() {
    assertThat(SignalCheck.problems("a/b c", "r", Map.of("x", "y", "n", 5L))).isEmpty();
    assertThat(SignalCheck.problems("a", null, null)).isEmpty();
  }

  @Test
  void everyProblemIsFoundAtOnceWithItsPlace() {
    var params = new HashMap<String, Object>();
    params.put("nested", Map.of("a", 1L));
    params.put("list", List.of(1L));
    params.put("yes", true);
    params.put("huge", new BigInteger("9".repeat(30)));
    params.put("none", null);
    params.put("long", "x".repeat(5_000));
    params.put("half", "\uD800");
    params.put("nul/~", "a\0b");
    params.put(" ", 1L);
    assertThat(pointers(SignalCheck.problems("x".repeat(513), 7L, params)))
        .containsExactlyInAnyOrder(
            "/name",
            "/request_id",
            "/params/nested",
            "/params/list",
            "/params/yes",
            "/params/huge",
            "/params/none",
            "/params/long",
            "/params/half",
            "/params/nul~1~0",
            "/params/ ");
  }

  @Test
  void tooManyParamsAreRefused() {
    var params =
        LongStream.range(0, 65).boxed().collect(Collectors.toMap(n -> "p" + n, n -> (Object) n));
    assertThat(pointers(SignalCheck.problems("a", null, params))).containsExactly("/params");
    assertThat(pointers(SignalCheck.problems("a", null, "text"))).containsExactly("/params");
  }

  @Test
  void aNameIsNeeded() {
    assertThat(pointers(SignalCheck.problems(null, null, Map.of()))).containsExactly("/name");
    assertThat(pointers(SignalCheck.problems(" ", null, Map.of()))).containsExactly("/name");
  }

  @Test
  void aHugePayloadIsRefused() {
    assertThat(SignalCheck.payloadProblems("\"" + "x".repeat(262_144) + "\"")).hasSize(1);
    assertThat(SignalCheck.payloadProblems("\"\uDC00\"")).hasSize(1);
    assertThat(SignalCheck.payloadProblems("{}")).isEmpty();
    assertThat(SignalCheck.payloadProblems(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "5e0", "50e-1"})
  void aNumberWithoutFractionIsAWholeNumberHoweverItIsWritten(BigDecimal number) {
    var params = Map.<String, Object>of("n", number);
    assertThat(SignalCheck.problems("a", null, params)).isEmpty();
    assertThat(SignalCheck.params(params)).isEqualTo(Map.of("n", 5L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.5", "9223372036854775808", "1e20", "-1e-7"})
  void anyOtherNumberIsRefusedAtItsPlaceWithItsPlainText(BigDecimal number) {
    var problems = SignalCheck.problems("a", null, Map.of("n", number));
    assertThat(pointers(problems)).containsExactly("/params/n");
    assertThat(problems.getFirst().message()).contains(Decimals.text(number));
  }

  private static List<String> pointers(List<DefinitionProblem> problems) {
    return problems.stream().map(DefinitionProblem::pointer).toList();
  }
}
