package org.maestro.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void damagedExamplesEndInAResultOrACleanRefusal() throws Exception {
    var options =
        FuzzOptions.parse(
            List.of("--seed", "1", "--cases", "500", "--minutes", "5", "--checkout", ".."));
    var found = ParserFuzz.run(options, Corpus.of(options.checkout()), out);
    var text = printed.toString(StandardCharsets.UTF_8);
    assertThat(found).as(text).isEmpty();
    for (var target : FuzzTarget.values()) {
      assertThat(text).contains(target + " good=", target + " refused=");
    }
  }

  @Test
  void aCaseIsDecidedByItsNumber() throws IOException {
    var options = FuzzOptions.parse(List.of("--checkout", ".."));
    var corpus = Corpus.of(options.checkout());
    var one = new Cases(options, corpus);
    var other = new Cases(options, corpus);
    for (var number = 1; number < 50; number++) {
      assertThat(one.get(number)).isEqualTo(other.get(number));
      assertThat(one.get(number)).isNotEqualTo(one.get(number + 1));
    }
  }

  @Test
  void aFindingTellsHowToRepeatItAndShowsWhatCannotBeSeen() {
    var input = new FuzzInput(FuzzTarget.YAML, "a: \"\u202e\n", false);
    var finding = Finding.thrown(7, input, new IllegalStateException("broken"));
    assertThat(finding.kind())
        .startsWith("IllegalStateException at " + ParserFuzzTest.class.getName());
    assertThat(finding.report())
        .contains("--seed 7 --cases 1", "\"a: \\\"\\u202e\\n\"", "IllegalStateException: broken");
  }

  @Test
  void bytesThatAreNoTextAreKeptAsTheyAre() {
    var bytes = new byte[] {(byte) 0xC0, (byte) 0xAF, 'a'};
    assertThat(FuzzInput.ofBytes(FuzzTarget.JSON, bytes).bytes()).isEqualTo(bytes);
  }

  @Test
  void wrongArgumentsAreRefusedInOneSentence() {
    assertThatThrownBy(() -> FuzzOptions.parse(List.of("--targets", "xml")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expression, yaml and json");
    assertThatThrownBy(() -> FuzzOptions.parse(List.of("--cases")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a value");
  }
}
