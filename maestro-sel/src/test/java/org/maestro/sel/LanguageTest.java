package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every feature of the language and every built-in, row by row. */
class LanguageTest {
  private static final String REFUSED = "refused: ";

  static Stream<List<String>> rows() {
    return Stream.of("language.tsv", "dates.tsv").flatMap(file -> Table.read(file).stream());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anExpressionGivesItsResultOrItsRefusal(List<String> row) {
    var expected = row.get(1);
    if (expected.startsWith(REFUSED)) {
      assertThatThrownBy(() -> result(row.get(0)))
          .isInstanceOf(SelException.class)
          .hasMessageContaining(expected.substring(REFUSED.length()));
    } else {
      assertThat(result(row.get(0))).isEqualTo(expected);
    }
  }

  private static String result(String source) {
    var result = Fixed.evaluate(source);
    if (result == null) {
      throw new SelException("null");
    }
    return Json.write(result, Integer.MAX_VALUE);
  }
}
