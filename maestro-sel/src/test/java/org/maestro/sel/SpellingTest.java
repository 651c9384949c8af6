package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> WORDS = List.of("watch", "push", "pause", "hello-world");

  @Test
  void oneOrTwoMistakesAreForgiven() {
    assertThat(Spelling.nearestOrBeginning("wach", WORDS)).isEqualTo("watch");
    assertThat(Spelling.nearestOrBeginning("psuh", WORDS)).isEqualTo("push");
    assertThat(Spelling.nearestOrBeginning("PAUSE", WORDS)).isEqualTo("pause");
  }

  @Test
  void neighboursThatHaveChangedPlacesAreOneMistake() {
    assertThat(Spelling.nearest("dya", List.of("day", "ya"))).isEqualTo("day");
    assertThat(Spelling.nearest("adn", List.of("and"))).isEqualTo("and");
    assertThat(Spelling.nearest("abc", List.of("cba"))).isNull();
  }

  @Test
  void aBeginningIsEnough() {
    assertThat(Spelling.nearestOrBeginning("hello", WORDS)).isEqualTo("hello-world");
  }

  @Test
  void whatIsTooDifferentGetsNoSuggestion() {
    assertThat(Spelling.nearestOrBeginning("restart", WORDS)).isNull();
    assertThat(Spelling.nearestOrBeginning("x", WORDS)).isNull();
    assertThat(Spelling.nearestOrBeginning("", WORDS)).isNull();
  }
}
