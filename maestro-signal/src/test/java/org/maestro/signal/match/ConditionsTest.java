package org.maestro.signal.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.SignalRequest.Condition;

class ConditionsTest {

  @Test
  void theBytesOfNumbersHaveTheOrderOfTheNumbers() {
    var numbers = new ArrayList<>(List.of(Long.MIN_VALUE, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE));
    new Random(7).longs(500).forEach(numbers::add);
    var sorted = numbers.stream().sorted().toList();
    numbers.sort((a, b) -> Arrays.compareUnsigned(EncodedValue.whole(a), EncodedValue.whole(b)));
    assertThat(numbers).isEqualTo(sorted);
  }

  @Test
  void theBytesOfTextsHaveTheOrderOfTheirCodePoints() {
    var texts = new ArrayList<>(List.of("", "a", "aa", "b", "Z", "é", "\uFFFD", "😀", "10", "9"));
    var sorted =
        texts.stream()
            .sorted(
                Comparator.comparing(
                    text -> text.codePoints().boxed().toList(), ConditionsTest::lexicographic))
            .toList();
    texts.sort((a, b) -> Arrays.compareUnsigned(EncodedValue.whole(a), EncodedValue.whole(b)));
    assertThat(texts).isEqualTo(sorted);
  }

  private static int lexicographic(List<Integer> a, List<Integer> b) {
    for (var i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) - b.get(i);
      }
    }
    return a.size() - b.size();
  }

  @Test
  void aNumberIsNeverComparedWithText() {
    for (var operator : MatchOperator.values()) {
      assertThat(Conditions.holds(operator, 5L, "5")).isFalse();
      assertThat(Conditions.holds(operator, "5", 5L)).isFalse();
      assertThat(Conditions.holds(operator, null, 5L)).isFalse();
    }
  }

  @Test
  void everyOperatorComparesAsItIsWritten() {
    assertThat(holding(4L)).containsExactly(MatchOperator.LESS, MatchOperator.LESS_OR_EQUAL);
    assertThat(holding(5L))
        .containsExactly(
            MatchOperator.EQUALS, MatchOperator.GREATER_OR_EQUAL, MatchOperator.LESS_OR_EQUAL);
    assertThat(holding(6L)).containsExactly(MatchOperator.GREATER, MatchOperator.GREATER_OR_EQUAL);
  }

  private static List<MatchOperator> holding(long value) {
    return Arrays.stream(MatchOperator.values())
        .filter(operator -> Conditions.holds(operator, value, 5L))
        .toList();
  }

  @Test
  void whatMeetsAConditionIsInTheIndexWhereItIsLookedFor() {
    var long1 = "x".repeat(300);
    var values = List.<Object>of(-3L, 0L, 7L, "", "a", "b", long1, long1 + "1", long1 + "2", "😀");
    for (var operator : MatchOperator.values()) {
      for (var wanted : values) {
        var condition = new Condition("p", operator, wanted);
        var range = IndexRange.of(condition);
        for (var value : values) {
          var place = IndexRange.place(value);
          if (Conditions.hold(List.of(condition), Map.of("p", value))) {
            assertThat(Arrays.compareUnsigned(range.from(), place)).isLessThanOrEqualTo(0);
            assertThat(Arrays.compareUnsigned(place, range.to())).isLessThanOrEqualTo(0);
          }
        }
      }
    }
  }

  @Test
  void whoeverWaitsForAnEqualityIsFoundByTheHooksOfASignalThatHasIt() {
    var conditions =
        List.of(
            new Condition("day", MatchOperator.GREATER, 3L),
            new Condition("region", MatchOperator.EQUALS, "eu"));
    var hook = Hook.of(conditions);
    assertThat(Hook.offeredBy(Map.of("region", "eu", "day", 4L)))
        .anyMatch(offered -> Arrays.equals(offered, hook));
    assertThat(Hook.offeredBy(Map.of("region", "us")))
        .noneMatch(offered -> Arrays.equals(offered, hook));
    assertThat(Hook.offeredBy(Map.of()))
        .anyMatch(offered -> Arrays.equals(offered, Hook.of(conditions.subList(0, 1))));
  }

  @Test
  void joinValuesThatReadAlikeAreDifferent() {
    var keys = List.of("a", "b");
    assertThat(JoinKey.of(keys, Map.of("a", "x", "b", "yz")))
        .isNotEqualTo(JoinKey.of(keys, Map.of("a", "xy", "b", "z")));
    assertThat(JoinKey.of(List.of("a"), Map.of("a", 5L)))
        .isNotEqualTo(JoinKey.of(List.of("a"), Map.of("a", "5")));
    assertThat(JoinKey.of(keys, Map.of("a", "x"))).isEmpty();
    assertThat(JoinKey.of(List.of("a"), Map.of("a", "x".repeat(9_000))).orElseThrow()).hasSize(64);
  }
}
