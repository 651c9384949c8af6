package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one turn of a shard changed: committed whole or not at all. Used by the shard's
 * thread, then by the committer while that thread waits.
 */
public final class Batch {
  private final int shard;
  private final long epoch;
  private long offset = -1;
  private final Map<RunKey, RunChanges> runs = new LinkedHashMap<>();
  private final List<String> consumed = new ArrayList<>();
  private final Map<RunKey, ChunkRow> chunks = new LinkedHashMap<>();
  private final Map<String, NumbersTaken> numbers = new LinkedHashMap<>();
  private long taken;
  private final Set<RunKey> cleared = new LinkedHashSet<>();
  private final Set<RunKey> survivedAlone = new LinkedHashSet<>();

  public Batch(int shard, long epoch) {
    this.shard = shard;
    this.epoch = epoch;
  }

  public int shard() {
    return shard;
  }

  public long epoch() {
    return epoch;
  }

  /** The highest Kafka offset whose command is in here; -1 for none. */
  public long offset() {
    return offset;
  }

  public void consumedOffset(long consumedOffset) {
    offset = Math.max(offset, consumedOffset);
  }

  /** A command at this offset has not taken effect yet. */
  public void holdBelow(long heldOffset) {
    offset = Math.min(offset, heldOffset - 1);
  }

  /** An outbox row whose message takes effect with this batch. */
  public void consumed(@Nullable String outboxId) {
    if (outboxId != null) {
      consumed.add(outboxId);
    }
  }

  public List<String> consumed() {
    return consumed;
  }

  /** A command of so many characters takes effect with this batch. */
  public void took(long characters) {
    taken += characters;
  }

  /** How many they have together. */
  public long taken() {
    return taken;
  }

  /** Nothing is suspected of this any more. */
  public void clear(RunKey key) {
    cleared.add(key);
  }

  public Set<RunKey> cleared() {
    return cleared;
  }

  /** The process has survived the work on this suspect; it stays suspected for a while. */
  public void survivedAlone(RunKey key) {
    survivedAlone.add(key);
  }

  public Set<RunKey> survivedAlone() {
    return survivedAlone;
  }

  /** Numbers of a workflow that runs begun in here have. */
  public void take(NumbersTaken taken) {
    numbers.put(taken.workflowId(), taken);
  }

  /** Those taken of a workflow so far; null if there are none. */
  public @Nullable NumbersTaken numbersTaken(String workflowId) {
    return numbers.get(workflowId);
  }

  public Collection<NumbersTaken> numbersTaken() {
    return numbers.values();
  }

  /** A chunk as this turn leaves it. */
  public void chunk(RunKey key, ChunkRow row) {
    chunks.put(key, row);
  }

  public Collection<RunKey> chunkKeys() {
    return chunks.keySet();
  }

  public Collection<ChunkRow> chunks() {
    return chunks.values();
  }

  public RunChanges changes(RunKey run) {
    return runs.computeIfAbsent(run, RunChanges::new);
  }

  /** Forgets what was changed about a run, because its turn broke. */
  public @Nullable RunChanges drop(RunKey run) {
    return runs.remove(run);
  }

  public Collection<RunChanges> runs() {
    return runs.values();
  }

  /** About how many characters of JSON the attempts have that changed. */
  public long size() {
    return runs.values().stream().mapToLong(RunChanges::size).sum();
  }

  /** Whether it keeps anything of this run or chunk. */
  public boolean hasWorkOn(RunKey key) {
    var changes = runs.get(key);
    return chunks.containsKey(key) || (changes != null && changes.keepsWork());
  }

  public boolean isEmpty() {
    return offset < 0
        && consumed.isEmpty()
        && chunks.isEmpty()
        && cleared.isEmpty()
        && survivedAlone.isEmpty()
        && runs.values().stream().allMatch(RunChanges::isEmpty);
  }
}
