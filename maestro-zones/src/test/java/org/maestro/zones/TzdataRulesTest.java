package org.maestro.zones;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

/**
 * The shipped rules beside two others: those of the JDK, which are older, and those of Joda-Time,
 * which are as new and were compiled by another program from the same database. This class runs in
 * a JVM that goes by the JDK's.
 */
class TzdataRulesTest {
  private static final Instant FROM = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2038-01-01T00:00:00Z");
  private static final TzdataRules OURS = new TzdataRules(ZoneSource.shipped());

  /** Names that the database has given up long ago. */
  private static final String FORMER = "SystemV/";

  /** Joda-Time changes a millisecond early where a line says 24:00 on the last day of a year. */
  private static final Set<String> JODA_IS_EARLY = Set.of("Asia/Dacca", "Asia/Dhaka");

  private static ZoneRules ours(String name) {
    return OURS.provideRules(name, false);
  }

  private static ZoneRules jdks(String name) {
    return ZoneRulesProvider.getRules(name, false);
  }

  /** Every change, the moment before it, and every tenth day. */
  private static Set<Instant> moments(List<ZoneRules> all) {
    var moments = new TreeSet<Instant>();
    for (var rules : all) {
      for (var next = rules.nextTransition(FROM);
          next != null && next.getInstant().isBefore(TO);
          next = rules.nextTransition(next.getInstant())) {
        moments.add(next.getInstant());
        moments.add(next.getInstant().minusMillis(1));
      }
    }
    for (var at = FROM; at.isBefore(TO); at = at.plus(10, ChronoUnit.DAYS)) {
      moments.add(at);
    }
    return moments;
  }

  private static boolean isAsJoda(String name, ZoneRules rules) {
    var zone = DateTimeZone.forID(name);
    return moments(List.of(ours(name), jdkHas(name) ? jdks(name) : ours(name))).stream()
        .allMatch(at ->
            rules.getOffset(at).getTotalSeconds() * 1_000 == zone.getOffset(at.toEpochMilli())
                || (JODA_IS_EARLY.contains(name)
                    && zone.getOffset(at.toEpochMilli() - 1) != zone.getOffset(at.toEpochMilli())));
  }

  private static boolean jdkHas(String name) {
    return ZoneRulesProvider.getAvailableZoneIds().contains(name);
  }

  private static boolean isAsTheJdk(String name) {
    var ours = ours(name);
    var jdks = jdks(name);
    return moments(List.of(ours, jdks)).stream()
        .allMatch(at ->
            ours.getOffset(at).equals(jdks.getOffset(at))
                && ours.getStandardOffset(at).equals(jdks.getStandardOffset(at))
                && ours.isDaylightSavings(at) == jdks.isDaylightSavings(at)
                && ours.getDaylightSavings(at).equals(jdks.getDaylightSavings(at))
                && equals(ours.nextTransition(at), jdks.nextTransition(at))
                && (at.equals(FROM)
                    || equals(ours.previousTransition(at), jdks.previousTransition(at)))
                && ours.getValidOffsets(at.atOffset(ours.getOffset(at)).toLocalDateTime())
                    .equals(
                        jdks.getValidOffsets(at.atOffset(jdks.getOffset(at)).toLocalDateTime())));
  }

  private static boolean equals(Object one, Object other) {
    return one == null ? other == null : one.equals(other);
  }

  @Test
  void theOffsetsOfEveryZoneAreThoseThatAnotherProgramReadsInTheSameDatabase() {
    assertThat(OURS.names()).isEqualTo(DateTimeZone.getAvailableIDs());
    assertThat(OURS.names().stream().filter(name -> !isAsJoda(name, ours(name)))).isEmpty();
  }

  @Test
  void allThatTheJdkSaysOfAZoneIsTheSameUnlessTheDatabaseHasChangedSince() {
    var both = new TreeSet<>(OURS.names());
    both.retainAll(ZoneRulesProvider.getAvailableZoneIds());
    var different = both.stream().filter(name -> !isAsTheJdk(name)).collect(Collectors.toSet());
    var changed =
        both.stream().filter(name -> !isAsJoda(name, jdks(name))).collect(Collectors.toSet());
    assertThat(different).isEqualTo(changed);
  }

  @Test
  void everyNameThatTheJdkKnowsIsKnownButFormerOnes() {
    var missing = new ArrayList<>(ZoneRulesProvider.getAvailableZoneIds());
    missing.removeAll(OURS.names());
    assertThat(missing).allMatch(name -> name.startsWith(FORMER));
  }

  @Test
  void everyZoneCanBeAskedFarAheadAndLongAgo() {
    for (var name : OURS.names()) {
      var rules = ours(name);
      for (var year : List.of("-0001", "1850", "1918", "1945", "2087", "2500", "9999")) {
        var at = Instant.parse(year + "-07-01T00:00:00Z");
        assertThat(rules.getOffset(at)).as(name).isNotNull();
        var next = rules.nextTransition(at);
        assertThat(next == null || next.getInstant().isAfter(at)).as(name).isTrue();
      }
    }
  }

  @Test
  void theRulesHaveTheVersionOfTheDatabase() {
    assertThat(OURS.provideVersions("Europe/Berlin").keySet()).containsExactly(OURS.version());
    assertThat(OURS.version()).matches("20[0-9]{2}[a-z]");
  }
}
