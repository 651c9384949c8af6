package org.maestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> WORDS = List.of("watch", "push", "pause", "hello-world");

  @Test
  void oneOrTwoMistakesAreForgiven() {
    assertThat(Spelling.nearest("wach", WORDS)).isEqualTo("watch");
    assertThat(Spelling.nearest("psuh", WORDS)).isEqualTo("push");
    assertThat(Spelling.nearest("PAUSE", WORDS)).isEqualTo("pause");
  }

  @Test
  void aBeginningIsEnough() {
    assertThat(Spelling.nearest("hello", WORDS)).isEqualTo("hello-world");
  }

  @Test
  void whatIsTooDifferentGetsNoSuggestion() {
    assertThat(Spelling.nearest("restart", WORDS)).isNull();
    assertThat(Spelling.nearest("x", WORDS)).isNull();
    assertThat(Spelling.nearest("", WORDS)).isNull();
  }
}
