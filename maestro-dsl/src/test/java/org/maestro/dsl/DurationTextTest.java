package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "100, 100000",
    "' 7 ', 7000",
    "100s, 100000",
    "1d 2h 30min 10s 5ms, 95410005",
    "10 minutes 5 seconds 1 day, 87005000",
    "1d1d, 172800000",
    "20 Minutes, 1200000",
    "2 hours 1 hour, 10800000",
    "3 milliseconds 1 millisecond, 4",
    "1 sec 1 second 1 minute 2 days 1 day, 259262000"
  })
  void durationsAreSumsOfTheirParts(String text, long millis) {
    assertThat(DurationText.millis(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "-5",
        "1.5h",
        "5 weeks",
        "1d 20",
        "1h,2s",
        "99999999999999999d",
        "five"
      })
  void everythingElseIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> DurationText.millis(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(duration|units).*");
  }
}
