package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultTypeTest {

  record Row(String type, Object value, Object expected) {}

  static Stream<Row> accepted() {
    return Stream.of(
        new Row("STRING", "a", "a"),
        new Row("String", 5L, "5"),
        new Row("STRING", 1.5, "1.5"),
        new Row("STRING", 1e10, "10000000000.0"),
        new Row("STRING", true, "true"),
        new Row("LONG", 5L, 5L),
        new Row("lonG", "20240301", 20240301L),
        new Row("LONG", " -7 ", -7L),
        new Row("DOUBLE", 5L, new BigDecimal("5.0")),
        new Row("DOUBLE", 5.25, new BigDecimal("5.25")),
        new Row("DOUBLE", "0.1", new BigDecimal("0.1")),
        new Row("DOUBLE", "1e3", new BigDecimal("1000.0")),
        new Row("DOUBLE", 1e10, new BigDecimal("10000000000.0")),
        new Row("DOUBLE", -0.0, new BigDecimal("0.0")),
        new Row("BOOLEAN", true, true),
        new Row("BOOLEAN", "TRUE", true),
        new Row("BOOLEAN", "false", false),
        new Row("LONG_ARRAY", List.of(1L, 2L), List.of(1L, 2L)),
        new Row("LONG_ARRAY", List.of(), List.of()),
        new Row("STRING_ARRAY", List.of("a"), List.of("a")),
        new Row("BOOLEAN_ARRAY", List.of(true), List.of(true)),
        new Row(
            "DOUBLE_ARRAY",
            List.of(1L, 2.5),
            List.of(new BigDecimal("1.0"), new BigDecimal("2.5"))),
        new Row("STRING_MAP", Map.of("k", "v"), Map.of("k", "v")),
        new Row("MAP", Map.of("k", 1L), Map.of("k", 1L)),
        new Row(
            "MAP",
            Map.of("k", List.of(1e10, Map.of("n", 2.0))),
            Map.of(
                "k",
                List.of(new BigDecimal("10000000000.0"), Map.of("n", new BigDecimal("2.0"))))));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aResultThatFitsBecomesTheDeclaredType(Row row) {
    assertThat(ResultType.convert(row.type(), row.value())).isEqualTo(row.expected());
  }

  static Stream<Row> refused() {
    return Stream.of(
        new Row("STRING", List.of("a"), "an array"),
        new Row("STRING", Map.of(), "a map"),
        new Row("LONG", 5.0, "make the parameter a DOUBLE"),
        new Row("LONG", "5.0", "the string '5.0'"),
        new Row("LONG", "1546387187655 milliseconds", "milliseconds"),
        new Row("LONG", true, "the boolean true"),
        new Row("DOUBLE", Double.NaN, "NaN"),
        new Row("DOUBLE", Double.POSITIVE_INFINITY, "Infinity"),
        new Row("DOUBLE", "abc", "abc"),
        new Row("DOUBLE", "9".repeat(1000), "the string"),
        new Row("DOUBLE", "1e999999999", "the decimal 1E+999999999"),
        new Row("DOUBLE", "-1e-999999999", "the decimal -1E-999999999"),
        new Row("BOOLEAN", "yes", "yes"),
        new Row("BOOLEAN", 1L, "the long 1"),
        new Row("LONG_ARRAY", 5L, "the long 5"),
        new Row("LONG_ARRAY", List.of("a"), "an array with the string 'a'"),
        new Row("STRING_ARRAY", List.of(1L), "an array with the long 1"),
        new Row("LONG_ARRAY", Arrays.asList(3L, null), "an array with null at index 1"),
        new Row("STRING_ARRAY", Arrays.asList("a", null), "an array"),
        new Row("DOUBLE_ARRAY", List.of("1"), "an array"),
        new Row("STRING_MAP", Map.of("k", 1L), "a map"),
        new Row("MAP", List.of(), "an empty array"),
        new Row("MAP", Map.of("a", List.of(1.0, Double.NaN)), "/a/1"),
        new Row("MAP", Map.of("a", Map.of("b", Double.POSITIVE_INFINITY)), "/a/b"),
        new Row("INTEGER", 1L, "no parameter type INTEGER"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aResultThatDoesNotFitIsRefusedWithWhatItWas(Row row) {
    assertThatThrownBy(() -> ResultType.convert(row.type(), row.value()))
        .isInstanceOf(SelException.class)
        .hasMessageContaining((String) row.expected());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void nullFitsNothing(Row row) {
    @Nullable Object nothing = null;
    assertThatThrownBy(() -> ResultType.convert(row.type(), nothing))
        .isInstanceOf(SelException.class)
        .hasMessageContaining("found null");
  }
}
