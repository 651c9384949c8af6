package org.maestro.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Remembers all it is told and lets a test wait until what it has heard fulfils a condition. */
final class RecordingListener implements ShardListener {

  record Reset(int shard, long expected, long continuesAt) {}

  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Set<Integer> owned = new HashSet<>();
  private final Map<Integer, List<String>> values = new HashMap<>();
  private final Map<Integer, Long> next = new HashMap<>();
  private final List<Reset> resets = new ArrayList<>();
  private int failAssignments;
  private int failDeliveries;
  private boolean full;
  private int asked;

  synchronized void readFrom(int shard, long offset) {
    offsets.put(shard, offset);
  }

  synchronized void failAssignments(int times) {
    failAssignments = times;
  }

  synchronized void failDeliveries(int times) {
    failDeliveries = times;
  }

  /** From now on it has no room for commands, or has some. */
  synchronized void full(boolean now) {
    full = now;
  }

  @Override
  public synchronized boolean isFull() {
    asked++;
    notifyAll();
    return full;
  }

  /** How often somebody wanted to know whether it has room. */
  synchronized int asked() {
    return asked;
  }

  synchronized Set<Integer> owned() {
    return Set.copyOf(owned);
  }

  synchronized List<String> values(int shard) {
    return List.copyOf(values.getOrDefault(shard, List.of()));
  }

  synchronized int count() {
    return values.values().stream().mapToInt(List::size).sum();
  }

  synchronized long next(int shard) {
    return next.get(shard);
  }

  synchronized List<Reset> resets() {
    return List.copyOf(resets);
  }

  synchronized void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(
            "waited 60 s for: " + what + "; heard " + values + ", own " + owned);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public synchronized Map<Integer, Long> onAssigned(Set<Integer> shards) {
    if (failAssignments > 0) {
      failAssignments--;
      throw new IllegalStateException("the database is away");
    }
    owned.addAll(shards);
    notifyAll();
    return Map.copyOf(offsets);
  }

  @Override
  public synchronized void onRevoked(Set<Integer> shards) {
    owned.removeAll(shards);
    notifyAll();
  }

  @Override
  public synchronized void onLost(Set<Integer> shards) {
    owned.removeAll(shards);
    notifyAll();
  }

  @Override
  public synchronized void onCommands(int shard, List<ReceivedMessage> commands) {
    if (!owned.contains(shard)) {
      throw new AssertionError("commands of shard " + shard + " before it was assigned");
    }
    if (full) {
      throw new AssertionError("commands of shard " + shard + " without room for them");
    }
    if (failDeliveries > 0) {
      failDeliveries--;
      throw new IllegalStateException("not now");
    }
    for (ReceivedMessage command : commands) {
      values.computeIfAbsent(shard, _ -> new ArrayList<>()).add(new String(command.value(), UTF_8));
      next.put(shard, command.offset() + 1);
    }
    notifyAll();
  }

  @Override
  public synchronized void onOffsetReset(int shard, long expected, long continuesAt) {
    resets.add(new Reset(shard, expected, continuesAt));
    notifyAll();
  }
}
