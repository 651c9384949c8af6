package org.maestro.engine.instance.loop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.LoopStore.ReadChunk;

/**
 * The chunks of loops that somebody looks at, kept for as long as he does. Every reading asks the
 * database which of them have changed, and fetches those: what is kept here is never an answer by
 * itself. For any number of threads.
 */
public final class LoopSnapshots {
  /** Characters of chunks' rows that are kept over all loops. */
  private static final long MAX_SIZE = 16_000_000;

  private static final Duration KEPT = Duration.ofSeconds(30);

  private final LoopStore store;
  private final Cache<LoopKey, List<ReadChunk>> known =
      Caffeine.newBuilder()
          .maximumWeight(MAX_SIZE)
          .weigher((LoopKey _, List<ReadChunk> chunks) -> weight(chunks))
          .expireAfterAccess(KEPT)
          .build();

  public LoopSnapshots(LoopStore store) {
    this.store = store;
  }

  private static int weight(List<ReadChunk> chunks) {
    return Math.clamp(
        chunks.stream().mapToLong(chunk -> 200L + chunk.size()).sum(), 1, Integer.MAX_VALUE);
  }

  /** Those chunks of a pass that have begun, in order, as the transaction that runs sees them. */
  public List<Chunk.State> chunks(LoopKey loop, LoopFacts facts) {
    var before = known.getIfPresent(loop);
    var read = store.chunks(loop, facts, before == null ? List.of() : before);
    // Two that read at once may leave the older one here: the next fetches a little more.
    known.put(loop, read);
    return read.stream().map(ReadChunk::state).toList();
  }
}
