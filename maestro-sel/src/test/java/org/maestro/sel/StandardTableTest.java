package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the field's standard answers, expression by expression, and where we differ on purpose. */
class StandardTableTest {

  record Row(String type, String expression, String expected) {
    @Override
    public String toString() {
      return type + " " + expression + " is " + expected;
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var in = StandardTableTest.class.getResourceAsStream("standard.tsv")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split("\t"))
          .map(cells -> new Row(cells[0], cells[1], cells[2]))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theTableHolds(Row row) {
    if (row.expected().equals("refused")) {
      assertThatThrownBy(() -> result(row)).isInstanceOf(SelException.class);
    } else {
      assertThat(result(row)).isEqualTo(row.expected());
    }
  }

  private static String result(Row row) {
    return Json.write(
        ResultType.convert(row.type(), Fixed.evaluate(row.expression())), Integer.MAX_VALUE);
  }
}
