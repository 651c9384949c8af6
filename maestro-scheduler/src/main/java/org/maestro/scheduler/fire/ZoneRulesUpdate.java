package org.maestro.scheduler.fire;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.scheduler.bucket.Buckets;
import org.maestro.scheduler.bucket.Lease;
import org.maestro.scheduler.trigger.DueTrigger;
import org.maestro.scheduler.trigger.ReckonedTrigger;
import org.maestro.scheduler.trigger.TimeTriggerStore;
import org.maestro.scheduler.trigger.TriggerKey;
import org.maestro.scheduler.trigger.TriggerTexts;
import org.maestro.service.database.Transactions;
import org.maestro.zones.Zones;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the next ticks that newer rules of time zones move. Ticks are kept as moments; whoever gets
 * a bucket reckons those again that were found with other rules than its own, before anything in it
 * fires.
 */
final class ZoneRulesUpdate {
  private static final Logger log = LoggerFactory.getLogger(ZoneRulesUpdate.class);
  private static final int PAGE = 2_000;

  /** How many triggers the log names. */
  private static final int NAMED = 100;

  private final Transactions transactions;
  private final TimeTriggerStore store;
  private final TriggerTexts texts;
  private final String rules = Zones.rules().version();

  ZoneRulesUpdate(Transactions transactions, TimeTriggerStore store, TriggerTexts texts) {
    this.transactions = transactions;
    this.store = store;
    this.texts = texts;
  }

  /** Whether a trigger's tick was found with the rules of this process. */
  boolean isCurrent(DueTrigger trigger) {
    return rules.equals(trigger.reckoning().zoneRules());
  }

  /** Brings all triggers of some buckets to the rules of this process. */
  void update(List<Lease> leases) {
    var byBucket = leases.stream().collect(Collectors.toMap(Lease::bucket, lease -> lease));
    var moved = 0;
    @Nullable TriggerKey last = null;
    while (true) {
      var after = last;
      var page = transactions.read(() -> store.reckonedOtherwise(byBucket.keySet(), after, PAGE));
      if (page.isEmpty()) {
        break;
      }
      var reckoned = page.stream().map(this::reckon).toList();
      reckoned.stream()
          .collect(Collectors.groupingBy(trigger -> Buckets.of(trigger.key().workflowId())))
          .forEach((bucket, triggers) -> keep(byBucket.get(bucket), triggers));
      for (var trigger : reckoned) {
        if (trigger.movedFrom() != null && ++moved <= NAMED) {
          tell(trigger);
        }
      }
      last = page.getLast().key();
    }
    if (moved > NAMED) {
      log.info(
          "Time-zone rules {} moved {} triggers; those that are not named here are marked, too",
          rules,
          moved);
    }
  }

  /**
   * Brings some triggers of a bucket to the rules of this process: others may have added them.
   *
   * @return how many there still were
   */
  int update(Lease lease, List<DueTrigger> triggers) {
    return keep(lease, triggers.stream().map(this::reckon).toList());
  }

  private int keep(@Nullable Lease lease, List<ReckonedTrigger> reckoned) {
    return lease == null
        ? 0
        : transactions.runIdempotent(() -> store.reckon(lease.bucket(), lease.epoch(), reckoned));
  }

  private void tell(ReckonedTrigger trigger) {
    log.info(
        "Time-zone rules {}: {} was to fire for {} and does for {}",
        rules,
        trigger.key(),
        shown(trigger.movedFrom()),
        shown(trigger.nextTickAt()));
  }

  private static String shown(@Nullable Long millis) {
    return millis == null ? "nothing any more" : Instant.ofEpochMilli(millis).toString();
  }

  private ReckonedTrigger reckon(DueTrigger trigger) {
    var tick = trigger.nextTickAt();
    var ticks = texts.ticks(trigger.definition());
    if (ticks == null) {
      return reckoned(trigger, tick, null, null); // when it is due that is told
    }
    var at = Instant.ofEpochMilli(tick);
    var fired = trigger.reckoning().firedTickAt();
    var next =
        ticks.replacing(
            at, offsetBefore(trigger, ticks), fired == null ? null : Instant.ofEpochMilli(fired));
    return next == null
        ? reckoned(trigger, null, null, tick)
        : reckoned(
            trigger, next.toEpochMilli(), ticks.offset(next), next.equals(at) ? null : (Long) tick);
  }

  private static ReckonedTrigger reckoned(
      DueTrigger trigger, @Nullable Long next, @Nullable Long offset, @Nullable Long movedFrom) {
    return new ReckonedTrigger(
        trigger.key(),
        trigger.nextTickAt(),
        next,
        next == null ? null : (Long) (next + trigger.delayMillis()),
        offset,
        movedFrom);
  }

  /** Ticks of releases that kept no offsets were found with the JDK's rules. */
  private static long offsetBefore(DueTrigger trigger, TriggerTicks ticks) {
    var kept = trigger.reckoning().offset();
    if (kept != null) {
      return kept;
    }
    var at = Instant.ofEpochMilli(trigger.nextTickAt());
    var name = ticks.zone().getId();
    return Set.of(TimeZone.getAvailableIDs()).contains(name)
        ? TimeZone.getTimeZone(name).getOffset(at.toEpochMilli()) / 1_000
        : ticks.offset(at);
  }
}
