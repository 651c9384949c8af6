package org.maestro.engine.permit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which permits and who waits: the one truth of an installation, kept in the memory of
 * the node that owns the permit shard and rebuilt from the step attempts by {@link PermitRecovery}.
 * For any number of threads; a holder is told of its grant outside of the lock.
 *
 * <p>Whoever finds all its tags free gets them; everybody else waits, and is looked at in the order
 * of arrival whenever a permit becomes free. A later holder goes first only if an earlier one could
 * not have gone. After every call, nobody waits who could go.
 *
 * <p>Holders wait in queues. A queue is for those who have found the same set of tags full, so that
 * a full tag answers for all of them at once, and it hangs on one tag that is full now. A holder
 * changes its queue only to one for more tags: at most once per tag. Hence a release costs what it
 * grants and not what waits.
 */
public final class PermitLedger implements Permits {
  /** How many holders of a full tag are named to those who ask. */
  public static final int SHOWN_HOLDERS = 10;

  private static final long UNLIMITED = Long.MAX_VALUE;

  /**
   * How long a holder may be unknown to the database before it counts as lost, in milliseconds. It
   * is far above the time from a turn to its commit.
   */
  private static final long GRACE_MILLIS = 60_000;

  private final Consumer<PermitHolder> granted;
  private final InstantSource clock;
  private final Map<PermitHolder, Entry> entries = new HashMap<>();
  private final Map<String, Tag> tags = new HashMap<>();
  private final Map<Set<Tag>, Queue> queues = new HashMap<>();
  private Map<String, Long> explicit;
  private long arrivals;
  private long passes;

  /** Under way; what it has read may be older than what has been let go since it began. */
  private @Nullable Comparison comparison;

  /**
   * Starts empty.
   *
   * @param granted is told of every holder that had to wait and got its permits
   * @param explicit the limits that people have set, which go before those that holders name
   */
  public PermitLedger(
      Consumer<PermitHolder> granted, Map<String, Long> explicit, InstantSource clock) {
    this.granted = granted;
    this.explicit = Map.copyOf(explicit);
    this.clock = clock;
  }

  /** When a holder arrived; those of the same millisecond in the order in which they were heard. */
  private record Place(long since, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::since).thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A holder that has its permits, or waits in a queue. */
  private static final class Entry {
    final PermitHolder holder;
    final List<Tag> needs;
    final Place place;
    @Nullable Queue queue;
    long heardAt;

    /** The number of the last call about it. */
    long heard;

    long seenInPass;

    /** When a comparison first missed it, unless one has seen it since. */
    long missedAt;

    Entry(PermitHolder holder, List<Tag> needs, Place place, long heardAt) {
      this.holder = holder;
      this.needs = needs;
      this.place = place;
      this.heardAt = heardAt;
      this.heard = place.number();
    }
  }

  /** A tag that somebody holds or waits for. */
  private static final class Tag {
    final String name;
    final LinkedHashSet<Entry> holders = new LinkedHashSet<>();

    /** Those for whom this tag is one of the full ones. */
    final Set<Queue> queues = new HashSet<>();

    /** Those that hang here, by the place of their first. */
    final TreeMap<Place, Queue> hanging = new TreeMap<>();

    /** What holds now: the explicit limit, or else what the last holder named. */
    long limit = UNLIMITED;

    /** What the last holder named. */
    long named = UNLIMITED;

    int users;

    Tag(String name) {
      this.name = name;
    }

    boolean isFull() {
      return holders.size() >= limit;
    }
  }

  /** Waiting holders that all need {@code fullTags}, and perhaps more. Never empty in between. */
  private static final class Queue {
    final Set<Tag> fullTags;
    final TreeMap<Place, Entry> waiting = new TreeMap<>();
    @Nullable Tag hangsOn;
    @Nullable Place hangsAs;

    Queue(Set<Tag> fullTags) {
      this.fullTags = fullTags;
    }

    void hangOn(Tag tag) {
      unhang();
      hangsOn = tag;
      hangsAs = waiting.firstKey();
      tag.hanging.put(hangsAs, this);
    }

    void unhang() {
      if (hangsOn != null && hangsAs != null) {
        hangsOn.hanging.remove(hangsAs);
      }
      hangsOn = null;
      hangsAs = null;
    }
  }

  @Override
  public boolean acquire(PermitHolder holder, Map<String, Long> limits) {
    var told = new ArrayList<PermitHolder>();
    boolean has;
    synchronized (this) {
      has = acquire(holder, limits, clock.millis(), told);
    }
    told.forEach(granted);
    return has;
  }

  private boolean acquire(
      PermitHolder holder, Map<String, Long> limits, long since, List<PermitHolder> told) {
    var known = entries.get(holder);
    if (known != null) {
      known.heardAt = clock.millis();
      known.heard = ++arrivals;
      return known.queue == null;
    }
    var entry = enter(holder, limits, since, told);
    var full = fullOf(entry.needs);
    if (full.isEmpty()) {
      take(entry);
      return true;
    }
    enqueue(entry, full);
    return false;
  }

  @Override
  public boolean confirm(PermitHolder holder, Map<String, Long> limits) {
    return acquire(holder, limits);
  }

  @Override
  public void restore(PermitHolder holder, Map<String, Long> limits) {
    var told = new ArrayList<PermitHolder>();
    synchronized (this) {
      restore(holder, limits, told);
    }
    told.forEach(granted);
  }

  private void restore(PermitHolder holder, Map<String, Long> limits, List<PermitHolder> told) {
    var known = entries.get(holder);
    if (known == null) {
      take(enter(holder, limits, clock.millis(), told));
      return;
    }
    known.heardAt = clock.millis();
    known.heard = ++arrivals;
    if (known.queue != null) {
      dequeue(known, known.queue);
      take(known);
    }
  }

  @Override
  public void release(PermitHolder holder) {
    var told = new ArrayList<PermitHolder>();
    synchronized (this) {
      var entry = entries.remove(holder);
      if (entry != null) {
        leave(entry, told);
      }
      if (comparison != null) {
        comparison.released.add(holder);
      }
    }
    told.forEach(granted);
  }

  @Override
  public void takeBack(PermitHolder holder) {
    release(holder);
  }

  /** Takes what another node asks. A holder that has what it requests is told so. */
  public void handle(PermitMessage message) {
    switch (message) {
      case PermitMessage.Request request -> {
        if (acquire(request.holder(), request.limits())) {
          granted.accept(request.holder());
        }
      }
      case PermitMessage.Restore restore -> restore(restore.holder(), restore.limits());
      case PermitMessage.Release release -> release(release.holder());
    }
  }

  /**
   * These are the limits that people have set now. They hold at once for everybody who waits; those
   * who have permits keep them. A tag that is missing has no limit any more, or its automatic one.
   */
  public void limits(Map<String, Long> now) {
    var told = new ArrayList<PermitHolder>();
    synchronized (this) {
      explicit = Map.copyOf(now);
      var raised = new ArrayList<Tag>();
      for (var tag : tags.values()) {
        var automatic = PermitRules.isAutomatic(tag.name) ? tag.named : UNLIMITED;
        var limit = explicit.getOrDefault(tag.name, automatic);
        if (limit > tag.limit) {
          raised.add(tag);
        }
        tag.limit = limit;
      }
      grant(raised, told);
    }
    told.forEach(granted);
  }

  /** Why a holder waits; empty if it doesn't, or is not known. */
  public synchronized Optional<Waiting> waiting(PermitHolder holder) {
    var entry = entries.get(holder);
    if (entry == null || entry.queue == null) {
      return Optional.empty();
    }
    var full = new ArrayList<Waiting.FullTag>();
    for (var tag : fullOf(entry.needs)) {
      var ahead = 0L;
      var first = new ArrayList<Entry>();
      for (var queue : tag.queues) {
        var before = queue.waiting.headMap(entry.place, false);
        ahead += before.size();
        before.values().stream().limit(SHOWN_HOLDERS).forEach(first::add);
      }
      full.add(
          new Waiting.FullTag(
              tag.name,
              tag.limit,
              tag.holders.size(),
              tag.holders.stream().limit(SHOWN_HOLDERS).map(held -> held.holder).toList(),
              ahead,
              first.stream()
                  .sorted(Comparator.comparing(one -> one.place))
                  .limit(SHOWN_HOLDERS)
                  .map(one -> one.holder)
                  .toList()));
    }
    return Optional.of(new Waiting(entry.place.since(), full));
  }

  /** How many hold permits and how many wait. */
  public record Size(long holding, long waiting) {}

  public synchronized Size size() {
    var waiting = 0L;
    for (var queue : queues.values()) {
      waiting += queue.waiting.size();
    }
    return new Size(entries.size() - waiting, waiting);
  }

  // ------------------------------------------------------------------ what the database says

  /**
   * Some of those who hold or wait, as they stood at one moment.
   *
   * @param heard the number of the last call before that moment
   */
  record Known(List<PermitHolder> holders, long heard) {}

  /** Those of which something is to be found out. */
  synchronized Known known(Predicate<PermitHolder> which) {
    return new Known(entries.keySet().stream().filter(which).toList(), arrivals);
  }

  /** Lets these go, unless something has been heard of them since. */
  void dropUnheard(Collection<PermitHolder> gone, long heard) {
    var told = new ArrayList<PermitHolder>();
    synchronized (this) {
      for (var holder : gone) {
        var entry = entries.get(holder);
        if (entry != null && entry.heard <= heard) {
          entries.remove(holder);
          leave(entry, told);
          if (comparison != null) {
            comparison.released.add(holder);
          }
        }
      }
    }
    told.forEach(granted);
  }

  /**
   * Compares the ledger with what the database says, page by page: those who hold first, then those
   * who wait. One at a time, for one thread, to be closed; other calls may come in between, and
   * count for more than what was read before them.
   */
  public synchronized Comparison compare() {
    comparison = new Comparison(++passes, clock.millis());
    return comparison;
  }

  /**
   * What a comparison has mended.
   *
   * @param restored held permits that the ledger knew nothing of
   * @param queued waited unknown to the ledger
   * @param told had their permits but did not know
   * @param dropped were in the ledger only
   */
  public record Mended(long restored, long queued, long told, long dropped) {
    public boolean isNothing() {
      return restored + queued + told + dropped == 0;
    }
  }

  /** One pass over the attempts that the database says hold or await permits. */
  public final class Comparison implements AutoCloseable {
    private final long pass;
    private final long startedAt;

    /** Let go since it began: the database may have been read before it knew. */
    private final Set<PermitHolder> released = new HashSet<>();

    private final List<HeldAttempt> missing = new ArrayList<>();
    private long restored;
    private long told;

    private Comparison(long pass, long startedAt) {
      this.pass = pass;
      this.startedAt = startedAt;
    }

    /** These run, so they have their permits whatever the limits are. */
    public void holding(Collection<HeldAttempt> attempts) {
      var gained = new ArrayList<PermitHolder>();
      synchronized (PermitLedger.this) {
        for (var attempt : attempts) {
          var known = entries.get(attempt.holder());
          if (known == null && released.contains(attempt.holder())) {
            continue;
          }
          if (known == null || known.queue != null) {
            restored++;
          }
          restore(attempt.holder(), attempt.limits(), gained);
          seen(attempt.holder());
        }
      }
      gained.forEach(granted);
    }

    /** These wait. */
    public void waiting(Collection<HeldAttempt> attempts) {
      var tellAgain = new ArrayList<PermitHolder>();
      synchronized (PermitLedger.this) {
        for (var attempt : attempts) {
          var known = entries.get(attempt.holder());
          if (known == null) {
            missing.add(attempt);
          } else {
            seen(attempt.holder());
            if (known.queue == null && isOld(known)) {
              tellAgain.add(attempt.holder());
            }
          }
        }
      }
      told += tellAgain.size();
      tellAgain.forEach(granted);
    }

    /**
     * Everything has been shown: queues those who were missing, in the order of their arrival, and
     * drops holders that the database doesn't know, didn't know in a look a minute before, and that
     * nobody has spoken of since. One look is not enough: an attempt's end is in the database a
     * moment before it is told here, and one that goes on while the pages are read can be missed.
     */
    public Mended finish() {
      var gained = new ArrayList<PermitHolder>();
      var dropped = 0L;
      synchronized (PermitLedger.this) {
        missing.removeIf(attempt ->
            released.contains(attempt.holder()) && !entries.containsKey(attempt.holder()));
        missing.sort(Comparator.comparingLong(HeldAttempt::since));
        for (var attempt : missing) {
          if (acquire(attempt.holder(), attempt.limits(), attempt.since(), gained)) {
            gained.add(attempt.holder());
          }
          seen(attempt.holder());
        }
        for (var entry : List.copyOf(entries.values())) {
          if (entry.seenInPass == pass) {
            continue;
          }
          if (entry.missedAt < entry.heardAt) {
            entry.missedAt = clock.millis();
          } else if (isOld(entry) && entry.missedAt < startedAt - GRACE_MILLIS) {
            entries.remove(entry.holder);
            leave(entry, gained);
            dropped++;
          }
        }
      }
      gained.forEach(granted);
      return new Mended(restored, missing.size(), told, dropped);
    }

    @Override
    public void close() {
      synchronized (PermitLedger.this) {
        if (comparison == this) {
          comparison = null;
        }
      }
    }

    private void seen(PermitHolder holder) {
      var entry = entries.get(holder);
      if (entry != null) {
        entry.seenInPass = pass;
        entry.missedAt = 0;
      }
    }

    /** Whether what was last heard of it must be in the database by now. */
    private boolean isOld(Entry entry) {
      return entry.heardAt < startedAt - GRACE_MILLIS;
    }
  }

  // ------------------------------------------------------------------ inside the lock

  private Entry enter(
      PermitHolder holder, Map<String, Long> limits, long since, List<PermitHolder> told) {
    var needs = new ArrayList<Tag>(limits.size());
    var raised = new ArrayList<Tag>();
    limits.forEach((name, asked) -> {
      var tag = tags.computeIfAbsent(name, Tag::new);
      tag.users++;
      needs.add(tag);
      var limit = explicit.getOrDefault(name, asked);
      if (limit > tag.limit) {
        raised.add(tag);
      }
      tag.named = asked;
      tag.limit = limit;
    });
    var entry = new Entry(holder, needs, new Place(since, ++arrivals), clock.millis());
    entries.put(holder, entry);
    grant(raised, told); // those who wait already go before this one
    return entry;
  }

  private static List<Tag> fullOf(List<Tag> needs) {
    var full = new ArrayList<Tag>();
    for (var tag : needs) {
      if (tag.isFull()) {
        full.add(tag);
      }
    }
    return full;
  }

  private static void take(Entry entry) {
    entry.needs.forEach(tag -> tag.holders.add(entry));
  }

  private void enqueue(Entry entry, List<Tag> full) {
    var queue =
        queues.computeIfAbsent(
            Set.copyOf(full),
            tagsOfQueue -> {
              var created = new Queue(tagsOfQueue);
              tagsOfQueue.forEach(tag -> tag.queues.add(created));
              return created;
            });
    queue.waiting.put(entry.place, entry);
    entry.queue = queue;
    if (queue.hangsOn == null || !queue.waiting.firstKey().equals(queue.hangsAs)) {
      queue.hangOn(queue.hangsOn == null ? full.getFirst() : queue.hangsOn);
    }
  }

  private void dequeue(Entry entry, Queue queue) {
    queue.waiting.remove(entry.place);
    entry.queue = null;
    if (queue.waiting.isEmpty()) {
      queue.unhang();
      queue.fullTags.forEach(tag -> tag.queues.remove(queue));
      queues.remove(queue.fullTags);
    } else if (queue.hangsOn != null && !queue.waiting.firstKey().equals(queue.hangsAs)) {
      queue.hangOn(queue.hangsOn);
    }
  }

  private void leave(Entry entry, List<PermitHolder> told) {
    if (entry.queue != null) {
      dequeue(entry, entry.queue);
    } else {
      entry.needs.forEach(tag -> tag.holders.remove(entry));
      grant(entry.needs, told);
    }
    for (var tag : entry.needs) {
      tag.users--;
      if (tag.users == 0) {
        tags.remove(tag.name);
      }
    }
  }

  /**
   * Lets everybody go who can, now that these tags may have free permits. Others than those who
   * wait for one of them can't: every queue hangs on a full tag.
   */
  private void grant(Collection<Tag> freed, List<PermitHolder> told) {
    for (var queue = firstHanging(freed); queue != null; queue = firstHanging(freed)) {
      var stillFull = anyFull(queue.fullTags);
      if (stillFull != null) {
        queue.hangOn(stillFull);
        continue;
      }
      var entry = queue.waiting.firstEntry().getValue();
      var full = fullOf(entry.needs);
      dequeue(entry, queue);
      if (full.isEmpty()) {
        take(entry);
        entry.heardAt = clock.millis();
        told.add(entry.holder);
      } else {
        var more = new LinkedHashSet<>(full); // a full one first: the queue has to hang there
        more.addAll(queue.fullTags);
        enqueue(entry, List.copyOf(more));
      }
    }
  }

  /** Of the queues that hang on one of these tags although it is not full: the earliest. */
  private static @Nullable Queue firstHanging(Collection<Tag> freed) {
    Queue earliest = null;
    Place place = null;
    for (var tag : freed) {
      if (!tag.isFull() && !tag.hanging.isEmpty()) {
        var first = tag.hanging.firstEntry();
        if (place == null || first.getKey().compareTo(place) < 0) {
          place = first.getKey();
          earliest = first.getValue();
        }
      }
    }
    return earliest;
  }

  private static @Nullable Tag anyFull(Collection<Tag> tags) {
    for (var tag : tags) {
      if (tag.isFull()) {
        return tag;
      }
    }
    return null;
  }
}
