package org.maestro.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The only thread that changes the runs of one shard. Takes all commands that wait, hands each to
 * its run, commits the batch, and only then lets the effects out. Whatever goes wrong with a commit
 * is answered by forgetting the runs concerned and starting again from the database.
 */
public final class ShardLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ShardLoop.class);
  private static final int TURN_COMMANDS = 500;
  private static final int MEMORY_RUNS = 2_000;
  private static final int TRIES = 3;

  /** A commit that took longer may have been overtaken by a new owner of the shard. */
  private static final long STALL_MILLIS = 500;

  private final int shard;
  private final long epoch;
  private final Parts parts;
  private final LinkedBlockingQueue<Envelope> mailbox = new LinkedBlockingQueue<>();
  private final LinkedHashMap<RunKey, Run> runs = new LinkedHashMap<>(64, 0.75f, true);
  private final TreeSet<Long> heldOffsets = new TreeSet<>();
  private final ChunkAdvancer chunks;
  private final ArrayDeque<RunCommand> within = new ArrayDeque<>();
  private volatile boolean closed;

  ShardLoop(int shard, long epoch, Parts parts) {
    this.shard = shard;
    this.epoch = epoch;
    this.parts = parts;
    chunks =
        new ChunkAdvancer(
            parts.loopStore(), parts.loops(), parts.store(), parts.clock(), new Here());
  }

  /** What all loops of a node share. */
  public record Parts(
      RunStore store,
      RunSource source,
      LoopStore loopStore,
      LoopSource loops,
      RunAdvancer advancer,
      BatchCommitter committer,
      Consumer<Effect> effects,
      Consumer<List<RunStore.Message>> router,
      Consumer<Integer> lost,
      ChangeFeed changes,
      java.time.InstantSource clock,
      Pause pause,
      int shards) {}

  /** Waits a little before a broken database is tried again. */
  public interface Pause {
    void afterFailure(int failures) throws InterruptedException;
  }

  /**
   * A command on its way to its run.
   *
   * @param outboxId the row that keeps it until it has taken effect; null if nothing has to
   * @param offset where it stands in the shard's log; -1 if it did not come that way
   */
  record Envelope(RunCommand command, @Nullable String outboxId, long offset, int tries) {}

  void offer(Envelope envelope) {
    mailbox.add(envelope);
  }

  int waiting() {
    return mailbox.size();
  }

  long epoch() {
    return epoch;
  }

  void close() {
    closed = true;
  }

  @Override
  public void run() {
    var failures = 0;
    var commands = new ArrayList<Envelope>();
    while (!closed) {
      try {
        if (commands.isEmpty()) {
          commands.add(mailbox.take());
          mailbox.drainTo(commands, TURN_COMMANDS - 1);
        }
        turn(commands);
        commands.clear();
        failures = 0;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (DataAccessException | TransactionException | ExecutionException e) {
        failures++;
        log.warn("Shard {} could not commit, trying again ({}): {}", shard, failures, e.toString());
        forgetAll();
        try {
          parts.pause().afterFailure(failures);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      } catch (RuntimeException e) {
        log.error("Shard {} dropped its memory after an unexpected failure", shard, e);
        forgetAll();
        failures++;
        if (failures > TRIES) {
          commands.clear(); // each of them is in the database or is found again by recovery
        }
      }
    }
  }

  /** One turn: everything that waits becomes one commit. */
  private void turn(List<Envelope> commands) throws InterruptedException, ExecutionException {
    var batch = new Batch(shard, epoch);
    try {
      var unreadable = load(commands);
      for (var envelope : commands) {
        take(envelope, unreadable, batch);
      }
      chunks.finishTurn(batch);
    } catch (DataAccessException | TransactionException e) {
      batch.runs().forEach(this::undo);
      throw e; // no run's fault
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("Shard {} takes its commands one by one, since one of them broke", shard, e);
      batch.runs().forEach(this::undo);
      forgetAll();
      for (var envelope : commands) {
        alone(envelope);
      }
      return;
    }
    commitUnlessEmpty(batch);
  }

  /** A turn of one command: if it breaks, it is clear which. */
  private void alone(Envelope envelope) throws InterruptedException, ExecutionException {
    var batch = new Batch(shard, epoch);
    try {
      take(envelope, load(List.of(envelope)), batch);
      chunks.finishTurn(batch);
    } catch (DataAccessException | TransactionException e) {
      batch.runs().forEach(this::undo);
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      var key = envelope.command().run();
      log.error("Run {} broke on {}", key, envelope.command().getClass().getSimpleName(), e);
      batch.runs().forEach(this::undo);
      forgetAll();
      if (envelope.tries() + 1 < TRIES) {
        again(envelope, 1);
        return;
      }
      batch = new Batch(shard, epoch);
      quarantine(key, e, batch);
      consumed(envelope, batch);
    }
    commitUnlessEmpty(batch);
  }

  private void commitUnlessEmpty(Batch batch) throws InterruptedException, ExecutionException {
    if (!heldOffsets.isEmpty()) {
      batch.holdBelow(heldOffsets.first());
    }
    if (!batch.isEmpty()) {
      commit(batch);
    }
  }

  private void take(Envelope envelope, Map<RunKey, RuntimeException> unreadable, Batch batch) {
    var key = envelope.command().run();
    var why = unreadable.get(key);
    if (why == null) {
      apply(envelope.command(), batch);
      for (var next = within.poll(); next != null; next = within.poll()) {
        apply(next, batch);
      }
    } else {
      quarantine(key, why, batch);
    }
    consumed(envelope, batch);
  }

  private void apply(RunCommand command, Batch batch) {
    switch (command) {
      case RunCommand.OrderChunk order -> chunks.apply(order, batch);
      case RunCommand.RecoverChunk recover -> chunks.apply(recover, batch);
      case RunCommand.StartRun _,
          RunCommand.RecoverRun _,
          RunCommand.JobReported _,
          RunCommand.StepTimeCame _,
          RunCommand.RunTimeCame _,
          RunCommand.PermitsGranted _,
          RunCommand.ChildStarted _,
          RunCommand.ChildEnded _,
          RunCommand.EndRun _,
          RunCommand.EndStep _,
          RunCommand.RestartStep _,
          RunCommand.ResumeStep _,
          RunCommand.ChunkReported _,
          RunCommand.RestartIterations _ ->
          applyToRun(command, batch);
    }
  }

  private void applyToRun(RunCommand command, Batch batch) {
    var key = command.run();
    var run = runs.get(key);
    if (run == null) {
      runs.putAll(parts.source().load(Set.of(key)));
      run = runs.get(key);
    }
    if (run == null) {
      return; // deleted meanwhile
    }
    if (run.row.progress().quarantine() != null && !(command instanceof RunCommand.EndRun)) {
      return;
    }
    var endedBefore = run.row.status().isTerminal();
    var changes = batch.changes(key);
    parts.advancer().apply(run, command, changes);
    if (!endedBefore && run.row.status().isTerminal() && isIteration(run)) {
      chunks.ended(run, batch);
    }
    follow(changes, batch);
  }

  private static boolean isIteration(Run run) {
    return InlineWorkflow.isForeach(run.key().workflowId())
        && run.row.facts().initiator() instanceof Initiator.Foreach;
  }

  /**
   * What one run's change means to others of this shard happens in the same turn, up to a limit.
   */
  private void follow(RunChanges changes, Batch batch) {
    for (var spawn : changes.takeSpawned()) {
      var facts = parts.loops().facts(spawn.loop());
      var row =
          parts
              .loops()
              .iteration(spawn.loop(), facts, spawn.run(), spawn.facts(), parts.clock().millis());
      var earlier =
          spawn.facts().p() == RestartPolicy.RESTART_FROM_INCOMPLETE
              ? parts.store().attemptsBefore(spawn.run())
              : Map.<String, StepAttempt>of();
      var run = new Run(row, parts.loops().plan(facts), parts.loops().instanceFacts(row), earlier);
      earlier.values().forEach(a -> run.lastSeq = Math.max(run.lastSeq, a.seq()));
      new Here().begin(run, spawn.facts(), batch);
    }
    if (batch.runs().size() < TURN_COMMANDS) {
      within.addAll(
          changes.takeMessages(message ->
              message instanceof RunCommand.ChildEnded
                  && message.run().shard(parts.shards()) == shard));
    }
  }

  /** This shard, as its chunks see it. */
  private final class Here implements ChunkAdvancer.Shard {
    @Override
    public boolean begin(Run iteration, IterationFacts facts, Batch batch) {
      var key = iteration.key();
      runs.put(key, iteration);
      var changes = batch.changes(key);
      changes.created(facts);
      changes.row(iteration.row);
      try {
        parts.advancer().apply(iteration, new RunCommand.StartRun(key), changes);
      } catch (DataAccessException | TransactionException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        log.error("Iteration {} broke when it began", key, e);
        undo(batch.drop(key));
        setAside(iteration, facts, e, batch);
        return false;
      }
      follow(changes, batch);
      return iteration.row.status().isTerminal();
    }

    @Override
    public void deliver(RunCommand command, Batch batch) {
      within.add(command);
    }
  }

  /** An iteration that breaks the engine's own code stands still, visibly; the others go on. */
  private void setAside(Run iteration, IterationFacts facts, Throwable why, Batch batch) {
    var now = parts.clock().millis();
    iteration.row = iteration.row.setAside(reasonOf(why), now);
    runs.remove(iteration.key());
    var changes = batch.changes(iteration.key());
    changes.created(facts);
    changes.row(iteration.row);
  }

  private static String reasonOf(Throwable why) {
    return "The engine could not go on with this run: "
        + why
        + ". Kill it and start it again; please report what led here.";
  }

  private void forgetAll() {
    runs.clear();
    chunks.forget();
    within.clear();
  }

  private void again(Envelope envelope, int moreTries) {
    if (envelope.offset() >= 0) {
      heldOffsets.add(envelope.offset());
    }
    mailbox.add(
        new Envelope(
            envelope.command(),
            envelope.outboxId(),
            envelope.offset(),
            envelope.tries() + moreTries));
  }

  private void consumed(Envelope envelope, Batch batch) {
    batch.consumed(envelope.outboxId());
    if (envelope.offset() >= 0) {
      heldOffsets.remove(envelope.offset());
      batch.consumedOffset(envelope.offset());
    }
  }

  /** A run that breaks the engine's own code stands still, visibly, and delays no other. */
  private void quarantine(RunKey key, Throwable why, Batch batch) {
    batch.changes(key).quarantine(reasonOf(why), parts.clock().millis());
  }

  private void undo(@Nullable RunChanges dropped) {
    if (dropped != null) {
      dropped
          .granted()
          .forEach(holder -> parts.effects().accept(new Effect.ReleasePermits(holder)));
    }
  }

  private void commit(Batch batch) throws InterruptedException, ExecutionException {
    BatchCommitter.Outcome outcome;
    var submitted = parts.clock().millis();
    try {
      outcome = parts.committer().submit(batch).get();
    } catch (ExecutionException e) {
      batch.runs().forEach(this::undo);
      throw e;
    }
    if (parts.clock().millis() - submitted > STALL_MILLIS
        && outcome instanceof BatchCommitter.Outcome.Committed
        && !parts.store().owns(shard, epoch)) {
      // This process stood still, and meanwhile the shard's next owner has seen to the effects.
      outcome = new BatchCommitter.Outcome.Lost();
    }
    switch (outcome) {
      case BatchCommitter.Outcome.Lost _ -> {
        batch.runs().forEach(this::undo);
        closed = true;
        forgetAll();
        parts.lost().accept(shard);
      }
      case BatchCommitter.Outcome.Committed committed -> {
        parts.router().accept(committed.messages());
        for (var changes : batch.runs()) {
          changes.effects().forEach(parts.effects());
          parts.changes().changed(changes.key());
        }
        forget(batch);
      }
    }
  }

  /** Ended runs go at once, idle ones when memory fills up. */
  private void forget(Batch batch) {
    for (var changes : batch.runs()) {
      var row = changes.row();
      if (changes.quarantined() != null || (row != null && row.status().isTerminal())) {
        runs.remove(changes.key());
      }
    }
    var oldest = runs.entrySet().iterator();
    while (runs.size() > MEMORY_RUNS && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Brings the runs into memory; those that can't be read are named with the reason. */
  private Map<RunKey, RuntimeException> load(List<Envelope> commands) {
    var missing = new HashSet<RunKey>();
    for (var envelope : commands) {
      if (!envelope.command().run().isChunk() && !runs.containsKey(envelope.command().run())) {
        missing.add(envelope.command().run());
      }
    }
    if (missing.isEmpty()) {
      return Map.of();
    }
    try {
      runs.putAll(parts.source().load(missing));
      return Map.of();
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException _) {
      return loadOneByOne(missing); // one that can't be read must not hold back the others
    }
  }

  private Map<RunKey, RuntimeException> loadOneByOne(Set<RunKey> missing) {
    var unreadable = new HashMap<RunKey, RuntimeException>();
    for (var key : missing) {
      try {
        runs.putAll(parts.source().load(Set.of(key)));
      } catch (DataAccessException | TransactionException e) {
        throw e;
      } catch (RuntimeException e) {
        log.error("Run {} can't be read", key, e);
        unreadable.put(key, e);
      }
    }
    return unreadable;
  }
}
