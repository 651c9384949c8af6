package org.maestro.engine.permit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermitLedgerTest {
  private static final PermitLedger.Mended NOTHING = new PermitLedger.Mended(0, 0, 0, 0);

  private final List<PermitHolder> granted = new ArrayList<>();
  private long now = 1_000_000;
  private final InstantSource clock = () -> Instant.ofEpochMilli(now);
  private final PermitLedger ledger = new PermitLedger(granted::add, Map.of(), clock);

  private static PermitHolder holder(long n) {
    return new PermitHolder("w", n, 1, "s", 1);
  }

  private boolean acquire(long n, Map<String, Long> limits) {
    return ledger.acquire(holder(n), limits);
  }

  @Test
  void asManyAsTheLimitGoAndTheOthersWait() {
    assertThat(acquire(1, Map.of("db", 2L))).isTrue();
    assertThat(acquire(2, Map.of("db", 2L))).isTrue();
    assertThat(acquire(3, Map.of("db", 2L))).isFalse();
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(2, 1));
  }

  @Test
  void whoNeedsNothingGoes() {
    assertThat(acquire(1, Map.of())).isTrue();
  }

  @Test
  void allTagsOrNone() {
    assertThat(acquire(1, Map.of("a", 1L))).isTrue();
    assertThat(acquire(2, Map.of("a", 1L, "b", 1L))).isFalse();
    assertThat(acquire(3, Map.of("b", 1L))).as("b is still free").isTrue();
    ledger.release(holder(1));
    assertThat(granted).as("a is free, b is not").isEmpty();
    ledger.release(holder(3));
    assertThat(granted).containsExactly(holder(2));
  }

  @Test
  void theyGoInTheOrderOfTheirArrival() {
    for (int n = 1; n <= 5; n++) {
      acquire(n, Map.of("db", 1L));
    }
    for (int n = 1; n <= 4; n++) {
      ledger.release(holder(n));
    }
    assertThat(granted).containsExactly(holder(2), holder(3), holder(4), holder(5));
  }

  @Test
  void aLaterOneWhoseTagsAreFreeGoesFirst() {
    acquire(1, Map.of("a", 1L));
    assertThat(acquire(2, Map.of("a", 1L, "b", 5L))).isFalse();
    assertThat(acquire(3, Map.of("b", 5L))).isTrue();
  }

  @Test
  void theEarlierOfTwoGoesWhenTwoTagsBecomeFreeAtOnce() {
    acquire(1, Map.of("a", 1L, "b", 1L));
    acquire(2, Map.of("a", 1L, "b", 1L));
    acquire(3, Map.of("a", 1L));
    acquire(4, Map.of("b", 1L));
    ledger.release(holder(1));
    assertThat(granted).containsExactly(holder(2));
    ledger.release(holder(2));
    assertThat(granted).containsExactly(holder(2), holder(3), holder(4));
  }

  @Test
  void whoHasPermitsKeepsThemAndWhoWaitsKeepsItsPlace() {
    acquire(1, Map.of("db", 1L));
    assertThat(acquire(1, Map.of("db", 1L))).isTrue();
    acquire(2, Map.of("db", 1L));
    acquire(3, Map.of("db", 1L));
    assertThat(acquire(2, Map.of("db", 1L))).isFalse();
    ledger.release(holder(1));
    assertThat(granted).containsExactly(holder(2));
    assertThat(acquire(2, Map.of("db", 1L))).isTrue();
  }

  @Test
  void whoGivesUpLeavesTheQueue() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    acquire(3, Map.of("db", 1L));
    ledger.release(holder(2));
    ledger.release(holder(2));
    ledger.release(holder(1));
    assertThat(granted).containsExactly(holder(3));
    ledger.release(holder(3));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(0, 0));
  }

  @Test
  void whatATurnWasGrantedThatCameToNothingIsNotGrantedToTheNext() {
    var one = Map.of("db", 1L);
    acquire(1, one);
    acquire(2, one);
    ledger.takeBack(holder(1));
    assertThat(granted).containsExactly(holder(2));
    ledger.takeBack(holder(2));
    acquire(1, one);
    acquire(2, one);
    assertThat(ledger.confirm(holder(2), one)).as("what it was told before").isFalse();
    ledger.release(holder(1));
    assertThat(granted).containsExactly(holder(2), holder(2));
    assertThat(ledger.confirm(holder(2), one)).isTrue();
  }

  @Test
  void aRestoredHolderCountsEvenBeyondTheLimit() {
    ledger.restore(holder(1), Map.of("db", 1L));
    ledger.restore(holder(2), Map.of("db", 1L));
    ledger.restore(holder(2), Map.of("db", 1L));
    acquire(3, Map.of("db", 1L));
    ledger.release(holder(1));
    assertThat(granted).isEmpty();
    ledger.release(holder(2));
    assertThat(granted).containsExactly(holder(3));
  }

  @Test
  void aWaitingHolderThatIsRestoredWaitsNoMore() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    ledger.restore(holder(2), Map.of("db", 1L));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(2, 0));
    ledger.release(holder(1));
    assertThat(granted).isEmpty();
  }

  @Test
  void aRaisedLimitLetsAsManyGoAtOnce() {
    ledger.limits(Map.of("db", 1L));
    for (int n = 1; n <= 5; n++) {
      acquire(n, Map.of("db", 1L));
    }
    ledger.limits(Map.of("db", 3L));
    assertThat(granted).containsExactly(holder(2), holder(3));
  }

  @Test
  void aLoweredLimitHoldsForThoseWhoWait() {
    ledger.limits(Map.of("db", 2L));
    for (int n = 1; n <= 3; n++) {
      acquire(n, Map.of("db", 2L));
    }
    ledger.limits(Map.of("db", 1L));
    ledger.release(holder(1));
    assertThat(granted).isEmpty();
    ledger.release(holder(2));
    assertThat(granted).containsExactly(holder(3));
  }

  @Test
  void theLimitZeroPausesATagUntilItIsRaised() {
    ledger.limits(Map.of("db", 0L));
    assertThat(acquire(1, Map.of("db", 7L))).as("what the holder names is out of date").isFalse();
    ledger.limits(Map.of("db", 1L));
    assertThat(granted).containsExactly(holder(1));
  }

  @Test
  void aDeletedLimitLetsEverybodyGoWhoOnlyWaitedForIt() {
    ledger.limits(Map.of("db", 0L, "gpu", 0L));
    acquire(1, Map.of("db", 0L));
    acquire(2, Map.of("db", 0L, "gpu", 0L));
    acquire(3, Map.of("db", 0L));
    ledger.limits(Map.of("gpu", 0L));
    assertThat(granted).containsExactly(holder(1), holder(3));
    ledger.limits(Map.of());
    assertThat(granted).containsExactly(holder(1), holder(3), holder(2));
  }

  @Test
  void anAutomaticLimitHoldsAgainWhenTheOneThatWentBeforeItIsDeleted() {
    ledger.limits(Map.of("maestro_w", 0L));
    for (int n = 1; n <= 5; n++) {
      assertThat(acquire(n, Map.of("maestro_w", 2L))).isFalse();
    }
    ledger.limits(Map.of());
    assertThat(granted).containsExactly(holder(1), holder(2));
  }

  @Test
  void aChangedAutomaticLimitHoldsFromTheNextHolderOn() {
    acquire(1, Map.of("maestro_w", 1L));
    acquire(2, Map.of("maestro_w", 1L));
    assertThat(acquire(3, Map.of("maestro_w", 2L))).as("the one who waited goes first").isFalse();
    assertThat(granted).containsExactly(holder(2));
  }

  @Test
  void itSaysWhatAHolderWaitsFor() {
    now = 5_000;
    ledger.limits(Map.of("db", 1L, "gpu", 0L));
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    acquire(3, Map.of("db", 1L, "gpu", 0L, "free", 9L));
    var waiting = ledger.waiting(holder(3)).orElseThrow();
    assertThat(waiting.since()).isEqualTo(5_000);
    assertThat(waiting.full())
        .containsExactlyInAnyOrder(
            new Waiting.FullTag("db", 1, 1, List.of(holder(1)), 1, List.of(holder(2))),
            new Waiting.FullTag("gpu", 0, 0, List.of(), 0));
    assertThat(ledger.waiting(holder(1))).isEmpty();
    assertThat(ledger.waiting(holder(9))).isEmpty();
  }

  @Test
  void itNamesTenHoldersAtMost() {
    for (int n = 1; n <= 21; n++) {
      acquire(n, Map.of("maestro_w", 20L));
    }
    var full = ledger.waiting(holder(21)).orElseThrow().full().getFirst();
    assertThat(full.held()).isEqualTo(20);
    assertThat(full.holders()).hasSize(10).first().isEqualTo(holder(1));
  }

  @Test
  void aRequestFromElsewhereIsAnsweredOnceItCanGoAndAgainWhenRepeated() {
    var request = new PermitMessage.Request(holder(2), Map.of("db", 1L));
    ledger.handle(new PermitMessage.Restore(holder(1), Map.of("db", 1L)));
    ledger.handle(request);
    assertThat(granted).isEmpty();
    ledger.handle(new PermitMessage.Release(holder(1)));
    assertThat(granted).containsExactly(holder(2));
    ledger.handle(request);
    assertThat(granted).containsExactly(holder(2), holder(2));
  }

  // ---------------------------------------------------------------- what the database says

  private static HeldAttempt row(long n, long limit, long since) {
    return new HeldAttempt(holder(n), Map.of("db", limit), since);
  }

  @Test
  void anEmptyLedgerIsFilledFromTheDatabaseInTheOrderOfArrival() {
    var comparison = ledger.compare();
    comparison.holding(List.of(row(1, 2, 10), row(2, 2, 20)));
    comparison.waiting(List.of(row(3, 2, 50), row(4, 2, 40), row(5, 2, 30)));
    assertThat(comparison.finish()).isEqualTo(new PermitLedger.Mended(2, 3, 0, 0));
    assertThat(granted).isEmpty();
    ledger.release(holder(1));
    ledger.release(holder(2));
    assertThat(granted).containsExactly(holder(5), holder(4));
  }

  @Test
  void whoCanGoIsToldWhenTheLedgerIsFilled() {
    var comparison = ledger.compare();
    comparison.waiting(List.of(row(3, 1, 50), row(4, 1, 40)));
    comparison.finish();
    assertThat(granted).containsExactly(holder(4));
  }

  @Test
  void whoIsInTheDatabaseAndInTheLedgerStaysAsItIs() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    now += 600_000;
    var comparison = ledger.compare();
    comparison.holding(List.of(row(1, 1, 10)));
    comparison.waiting(List.of(row(2, 1, 20)));
    assertThat(comparison.finish().isNothing()).isTrue();
    assertThat(granted).isEmpty();
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(1, 1));
  }

  @Test
  void whoTheDatabaseDoesNotKnowIsDroppedAfterAWhile() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    acquire(3, Map.of("db", 1L));
    var soon = ledger.compare();
    soon.waiting(List.of(row(2, 1, 20)));
    assertThat(soon.finish().dropped()).as("its commit may be on the way").isZero();
    now += 61_000;
    var later = ledger.compare();
    later.waiting(List.of(row(2, 1, 20)));
    assertThat(later.finish()).isEqualTo(new PermitLedger.Mended(0, 0, 0, 2));
    assertThat(granted).containsExactly(holder(2));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(1, 0));
  }

  /** What one look finds when the database knows only these, who wait. */
  private PermitLedger.Mended look(HeldAttempt... waiting) {
    try (var comparison = ledger.compare()) {
      comparison.waiting(List.of(waiting));
      return comparison.finish();
    }
  }

  /** Its end is committed, then the database is read, and only then is it told. */
  @Test
  void whatEndsWhileTheDatabaseIsReadIsNotMended() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    now += 3_600_000;
    assertThat(look(row(2, 1, 20))).isEqualTo(NOTHING);
    assertThat(granted).as("it may still be at work").isEmpty();
    ledger.release(holder(1));
    assertThat(granted).containsExactly(holder(2));
    now += 61_000;
    try (var comparison = ledger.compare()) {
      comparison.holding(List.of(row(2, 1, 20)));
      assertThat(comparison.finish()).isEqualTo(NOTHING);
    }
  }

  /** It waits while those who run are read, and runs when those who wait are. */
  @Test
  void whoGoesOnBetweenTwoPagesKeepsWhatItHas() {
    acquire(1, Map.of("db", 1L));
    for (int looks = 0; looks < 5; looks++) {
      now += 61_000;
      if (looks % 2 == 0) {
        assertThat(look()).isEqualTo(NOTHING);
      } else {
        try (var comparison = ledger.compare()) {
          comparison.holding(List.of(row(1, 1, 10)));
          assertThat(comparison.finish()).isEqualTo(NOTHING);
        }
      }
    }
    assertThat(acquire(2, Map.of("db", 1L))).isFalse();
  }

  /** It is heard of between two looks that don't find it, so its commit may be on the way. */
  @Test
  void whoIsHeardOfBetweenTwoLooksIsLookedForAnew() {
    acquire(1, Map.of("db", 1L));
    now += 61_000;
    assertThat(look()).isEqualTo(NOTHING);
    now += 1_000;
    ledger.restore(holder(1), Map.of("db", 1L));
    now += 61_000;
    assertThat(look()).isEqualTo(NOTHING);
    now += 61_000;
    assertThat(look()).isEqualTo(new PermitLedger.Mended(0, 0, 0, 1));
  }

  @Test
  void whoWasGrantedPermitsButStillWaitsIsToldAgain() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    ledger.release(holder(1));
    now += 61_000;
    var comparison = ledger.compare();
    comparison.waiting(List.of(row(2, 1, 20)));
    assertThat(comparison.finish()).isEqualTo(new PermitLedger.Mended(0, 0, 1, 0));
    assertThat(granted).containsExactly(holder(2), holder(2));
  }

  @Test
  void whatIsLetGoWhileTheDatabaseIsReadIsNotTakenAgain() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    acquire(3, Map.of("db", 1L));
    try (var comparison = ledger.compare()) {
      var running = List.of(row(1, 1, 10));
      var waiting = List.of(row(2, 1, 20), row(3, 1, 30));
      ledger.release(holder(1));
      ledger.release(holder(3));
      comparison.holding(running);
      comparison.waiting(waiting);
      assertThat(comparison.finish().isNothing()).isTrue();
    }
    assertThat(granted).containsExactly(holder(2));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(1, 0));
  }

  @Test
  void whoRunsAlthoughTheLedgerHasItWaitingHolds() {
    acquire(1, Map.of("db", 1L));
    acquire(2, Map.of("db", 1L));
    var comparison = ledger.compare();
    comparison.holding(List.of(row(1, 1, 10), row(2, 1, 20)));
    assertThat(comparison.finish()).isEqualTo(new PermitLedger.Mended(1, 0, 0, 0));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(2, 0));
  }

  @Test
  void aHundredThousandWaitForOneTag() {
    var all = 100_000;
    for (int n = 1; n <= all; n++) {
      ledger.acquire(
          new PermitHolder("w" + n % 1_000, n, 1, "s", 1),
          Map.of("db", 2L, "maestro_w" + n % 1_000, 20L));
    }
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(2, all - 2));
    for (int n = 1; n <= all; n++) {
      ledger.release(new PermitHolder("w" + n % 1_000, n, 1, "s", 1));
    }
    assertThat(granted).hasSize(all - 2);
    assertThat(granted).isSortedAccordingTo((a, b) -> Long.compare(a.instanceId(), b.instanceId()));
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(0, 0));
  }
}
