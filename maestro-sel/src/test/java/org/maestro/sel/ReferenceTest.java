package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/reference/sel.md} has every callable, and its examples give what it says. */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/reference/sel.md");

  /** Rows of three cells, each of which is code: call, example, result. */
  static Stream<List<String>> rows() {
    try {
      return Files.readAllLines(REFERENCE).stream()
          .filter(line -> line.matches("\\| `.*` \\| `.*` \\| `.*` \\|"))
          .map(line -> List.of(line.substring(3, line.length() - 3).split("` \\| `")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anExampleGivesWhatTheReferenceSays(List<String> row) {
    assertThat(Json.write(Fixed.evaluate(row.get(1)), Integer.MAX_VALUE)).isEqualTo(row.get(2));
  }

  @Test
  void everyCallableHasOneRow() {
    assertThat(rows().map(row -> key(row.getFirst())).sorted().toList())
        .containsExactlyElementsOf(Builtins.surface());
  }

  /** {@code new DateTime(from, zone)} is {@code DateTime.new/2}. */
  private static String key(String call) {
    var bracket = call.indexOf('(');
    if (bracket < 0) {
      return call;
    }
    var inside = call.substring(bracket + 1, call.length() - 1);
    var arity = inside.contains("…") ? "any" : inside.isEmpty() ? 0 : inside.split(",").length;
    var name = call.substring(0, bracket);
    return (name.startsWith("new ") ? name.substring(4) + ".new" : name) + "/" + arity;
  }
}
