package org.maestro.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.DateFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** This class runs in a JVM of its own, as processes that call it first do. */
class ZonesTest {
  @BeforeAll
  static void installFirst() {
    Zones.install();
  }

  @Test
  void allOfJavaTimeGoesByTheseRules() {
    assertThat(Zones.rules().version()).isGreaterThanOrEqualTo("2026f");
    var winter = Instant.parse("2026-12-15T12:00:00Z");
    assertThat(ZoneId.of("America/Winnipeg").getRules().getOffset(winter))
        .isEqualTo(ZoneOffset.ofHours(-5));
    assertThat(winter.atZone(ZoneId.of("America/Vancouver")).getHour()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Z",
        "GMT",
        "Europe/Berlin",
        "US/Pacific",
        "Asia/Calcutta",
        "Europe/Kiev",
        "GB",
        "Etc/GMT+5",
        "EST5EDT",
        "EST",
        "MST",
        "HST",
        "Zulu",
        "ROC",
        "GMT0",
        "GMT+0",
        "+09:00",
        "+0530",
        "-3",
        "UTC+02:00",
        "GMT+3",
        "UT-5"
      })
  void namesOfTheDatabaseAndOffsetsAreKnown(String name) {
    assertThat(Zones.isName(name)).isTrue();
    assertThat(Zones.of(name)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PST, America/Los_Angeles",
    "europe/berlin, Europe/Berlin",
    "Europe/Berln, Europe/Berlin",
    "Berlin, Europe/Berlin",
    "New York, America/New_York",
    "utc, UTC",
    "Asia/Beijing, Asia/Shanghai",
    "Mars/Base,",
    "CEST Time,",
    "GMT+25,",
    "+19:00,",
    "Factory,",
    "SystemV/PST8,",
  })
  void whatIsNoNameIsRefusedWithWhatMayBeMeant(String text, String meant) {
    assertThat(Zones.isName(text)).isFalse();
    assertThat(Zones.suggestion(text)).isEqualTo(meant);
    assertThatThrownBy(() -> Zones.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a time zone such as")
        .hasMessageContaining(text);
  }

  @Test
  void theJdkFindsTheRulesOfEveryZoneThatItListsItself() {
    Zones.install();

    for (var id : TimeZone.getAvailableIDs()) {
      assertThat(ZoneId.of(id, ZoneId.SHORT_IDS).getRules()).as(id).isNotNull();
    }
    assertThat(new DateFormatSymbols(Locale.ENGLISH).getZoneStrings()).isNotEmpty();
    assertThat(Zones.isName("SystemV/PST8")).isFalse();
  }
}
