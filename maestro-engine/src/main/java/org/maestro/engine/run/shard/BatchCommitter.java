package org.maestro.engine.run.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.run.TurnNews;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.engine.run.store.RunStore;
import org.maestro.model.message.SignalRequest;

/**
 * Commits what the shards of this node have ready, together: while one transaction is on its way to
 * the disk the next batches gather, so that the cost of a commit is shared when there is much to do
 * and nobody waits when there is little.
 */
public final class BatchCommitter implements Runnable {
  /** Characters of attempts that one transaction takes, but for the last batch in it. */
  private static final long PORTION = 8_000_000;

  private final RunStore store;
  private final OutboxStore outbox;
  private final Supplier<String> ids;
  private final int shards;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> deletable = new LinkedBlockingQueue<>();

  /**
   * @param ids unique over all nodes and rising on this one
   * @param shards how many shards the installation has
   */
  public BatchCommitter(RunStore store, OutboxStore outbox, Supplier<String> ids, int shards) {
    this.store = store;
    this.outbox = outbox;
    this.ids = ids;
    this.shards = shards;
  }

  private record Waiting(Batch batch, CompletableFuture<Outcome> outcome) {}

  /** How a commit went, if it went. */
  sealed interface Outcome {
    /** It is done, and these messages have been written with it. */
    record Committed(List<OutboxStore.Message> messages) implements Outcome {}

    /** Runs that it began can't have begun, since others were first; nothing of it was written. */
    record Overtaken() implements Outcome {}

    /** Another node owns the shard; nothing of the batch was written. */
    record Lost() implements Outcome {}
  }

  /** Commits a batch; completes exceptionally if it could not be committed, or nobody knows. */
  CompletableFuture<Outcome> submit(Batch batch) {
    var waiting = new Waiting(batch, new CompletableFuture<>());
    queue.add(waiting);
    return waiting.outcome();
  }

  /** An outbox row that can go with the next commit. */
  public void delete(Collection<String> outboxIds) {
    deletable.addAll(outboxIds);
  }

  /** Deletes what is left over when there was no commit to do it with. */
  public void flush() {
    var ids = new ArrayList<String>();
    deletable.drainTo(ids, 10_000);
    if (!ids.isEmpty()) {
      try {
        outbox.delete(ids);
      } catch (RuntimeException e) {
        deletable.addAll(ids);
        throw e;
      }
    }
  }

  /** Commits until its thread is interrupted. */
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      var waiting = new ArrayList<Waiting>();
      try {
        waiting.add(queue.take());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      var size = waiting.getFirst().batch().size();
      for (var next = queue.poll(); next != null; next = size < PORTION ? queue.poll() : null) {
        waiting.add(next);
        size += next.batch().size();
      }
      commit(waiting);
    }
  }

  private void commit(List<Waiting> waiting) {
    var messages = new HashMap<Batch, List<OutboxStore.Message>>();
    var all = new ArrayList<OutboxStore.Message>();
    for (var w : waiting) {
      var own = messagesOf(w.batch());
      messages.put(w.batch(), own);
      all.addAll(own);
    }
    var gone = new ArrayList<String>();
    deletable.drainTo(gone, 10_000);
    try {
      var lost = store.commit(waiting.stream().map(Waiting::batch).toList(), all, gone);
      if (lost.isEmpty()) {
        for (var w : waiting) {
          w.outcome().complete(new Outcome.Committed(orEmpty(messages.get(w.batch()))));
        }
        return;
      }
      deletable.addAll(gone);
      var rest = new ArrayList<Waiting>();
      for (var w : waiting) {
        if (lost.contains(w.batch())) {
          w.outcome().complete(new Outcome.Lost());
        } else {
          rest.add(w);
        }
      }
      if (!rest.isEmpty()) {
        commit(rest);
      }
    } catch (RunStore.OvertakenException e) {
      deletable.addAll(gone);
      var rest = new ArrayList<Waiting>();
      for (var w : waiting) {
        if (e.batches().contains(w.batch())) {
          w.outcome().complete(new Outcome.Overtaken());
        } else {
          rest.add(w);
        }
      }
      if (!rest.isEmpty()) {
        commit(rest);
      }
    } catch (RuntimeException | Error e) {
      deletable.addAll(gone);
      if (waiting.size() == 1) {
        waiting.getFirst().outcome().completeExceptionally(e);
      } else {
        separately(waiting); // one batch that can't be written must not hold back the others
      }
    }
  }

  private void separately(List<Waiting> waiting) {
    for (var w : waiting) {
      commit(List.of(w));
    }
  }

  private static List<OutboxStore.Message> orEmpty(@Nullable List<OutboxStore.Message> messages) {
    return messages == null ? List.of() : messages;
  }

  private List<OutboxStore.Message> messagesOf(Batch batch) {
    var messages = new ArrayList<OutboxStore.Message>();
    var events = new ArrayList<StatusChange>();
    var signals = new ArrayList<SignalRequest>();
    for (var changes : batch.runs()) {
      for (var command : changes.messages()) {
        messages.add(
            new OutboxStore.Message(
                ids.get(), batch.shard(), command.run().shard(shards), command));
      }
      events.addAll(changes.events());
      signals.addAll(changes.signals());
    }
    if (!events.isEmpty() || !signals.isEmpty()) {
      messages.add(
          new OutboxStore.Message(ids.get(), batch.shard(), null, new TurnNews(events, signals)));
    }
    return messages;
  }
}
