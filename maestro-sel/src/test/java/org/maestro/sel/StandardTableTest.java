package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the field's standard answers, expression by expression, and where we differ on purpose. */
class StandardTableTest {

  static Stream<List<String>> rows() {
    return Table.read("standard.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theStandardsTableHolds(List<String> row) {
    if (row.get(2).equals("refused")) {
      assertThatThrownBy(() -> result(row)).isInstanceOf(SelException.class);
    } else {
      assertThat(result(row)).isEqualTo(row.get(2));
    }
  }

  private static String result(List<String> row) {
    return Json.write(
        ResultType.convert(row.get(0), Fixed.evaluate(row.get(1))), Integer.MAX_VALUE);
  }
}
