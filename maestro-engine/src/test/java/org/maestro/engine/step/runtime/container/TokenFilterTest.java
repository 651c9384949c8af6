package org.maestro.engine.step.runtime.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenFilterTest {
  private static final String TOKEN = "abcabd0123456789";
  private final List<String> blocks = new ArrayList<>();

  private String pass(TokenFilter filter, String text, int... cuts) {
    var bytes = text.getBytes(UTF_8);
    var out = new StringBuilder();
    var from = 0;
    for (var cut : cuts) {
      out.append(new String(filter.pass(Arrays.copyOfRange(bytes, from, cut)), UTF_8));
      from = cut;
    }
    out.append(new String(filter.pass(Arrays.copyOfRange(bytes, from, bytes.length)), UTF_8));
    return out.append(new String(filter.end(), UTF_8)).toString();
  }

  private TokenFilter filter() {
    return new TokenFilter(TOKEN, 100, block -> blocks.add(new String(block, UTF_8)));
  }

  @Test
  void theTokenIsMaskedWhereverPiecesAreCut() {
    var text = "x abcabcabd0123456789 abc " + TOKEN + TOKEN + " abcabd";
    var random = new Random(7);
    for (var round = 0; round < 2_000; round++) {
      var cuts = random.ints(random.nextInt(6), 0, text.length()).sorted().toArray();
      assertThat(pass(filter(), text, cuts))
          .as("cut at %s", Arrays.toString(cuts))
          .isEqualTo("x abc*** abc ****** abcabd");
    }
  }

  @Test
  void aBlockThatBeginsWithTheTokenIsHandedOverWhereverPiecesAreCut() {
    var text =
        "before MAESTRO_OUTPUT_START:"
            + TOKEN
            + "{\"n\": 1}MAESTRO_OUTPUT_END after MAESTRO_OUTPUT_END";
    var random = new Random(7);
    for (var round = 0; round < 2_000; round++) {
      blocks.clear();
      var cuts = random.ints(random.nextInt(6), 0, text.length()).sorted().toArray();
      var _ = pass(filter(), text, cuts);
      assertThat(blocks).as("cut at %s", Arrays.toString(cuts)).containsExactly("{\"n\": 1}");
    }
  }

  @Test
  void aBlockWithoutTheTokenIsText() {
    var text = "MAESTRO_OUTPUT_START{\"n\": 1}MAESTRO_OUTPUT_END " + TOKEN;

    assertThat(pass(filter(), text))
        .isEqualTo("MAESTRO_OUTPUT_START{\"n\": 1}MAESTRO_OUTPUT_END ***");
    assertThat(blocks).isEmpty();
  }

  @Test
  void aBlockThatIsTooLongIsHandedOverSoThatItIsRefused() {
    var _ = pass(filter(), "MAESTRO_OUTPUT_START:" + TOKEN + "1".repeat(500));

    assertThat(blocks).hasSize(1);
    assertThat(blocks.getFirst()).hasSize(101);
  }
}
