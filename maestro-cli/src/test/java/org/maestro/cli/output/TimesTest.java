package org.maestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {

  @Test
  void durationsAreToldInTwoUnitsAtMost() {
    assertThat(Times.took(0)).isEqualTo("0ms");
    assertThat(Times.took(999)).isEqualTo("999ms");
    assertThat(Times.took(1_250)).isEqualTo("1.2s");
    assertThat(Times.took(192_000)).isEqualTo("3m12s");
    assertThat(Times.took(7_500_000)).isEqualTo("2h05m");
    assertThat(Times.took(273_600_000)).isEqualTo("3d04h");
    assertThat(Times.took(-5)).isEqualTo("0ms");
  }

  @Test
  void whatHasNotEndedIsMeasuredUpToNow() {
    assertThat(Times.took(1_000L, null, 3_000)).isEqualTo("2.0s");
    assertThat(Times.took(1_000L, 2_000L, 9_000)).isEqualTo("1.0s");
    assertThat(Times.took(null, null, 9_000)).isEqualTo("-");
  }

  @Test
  void timesAreThoseOfTheZone() {
    assertThat(new Times(ZoneId.of("Europe/Berlin")).at(0L)).isEqualTo("1970-01-01 01:00:00+01");
    assertThat(new Times(ZoneId.of("UTC")).at(0L)).isEqualTo("1970-01-01 00:00:00Z");
    assertThat(new Times(ZoneId.of("UTC")).at(null)).isEqualTo("-");
  }

  @Test
  void durationsAreReadWithUnitsOrAsSeconds() {
    assertThat(Times.duration("90")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Times.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Times.duration("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Times.duration("1.5s")).isEqualTo(Duration.ofMillis(1_500));
    assertThat(Times.duration("7d")).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void anythingElseIsNoDuration() {
    for (var text : new String[] {"", "h", "1 h", "1w", "-5s", "1h30", "99999999999999999999s"}) {
      assertThat(Times.duration(text)).as(text).isNull();
    }
  }
}
