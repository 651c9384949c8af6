package org.maestro.engine.run.shard;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChildTurns;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.NumbersTaken;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.RunStore;
import org.maestro.engine.run.turn.ChunkAdvancer;
import org.maestro.engine.run.turn.Run;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What commands do to the runs and chunks of a shard within one turn: applies each, and what
 * follows from it here, and sets aside what breaks. Used by the shard's thread.
 */
final class ShardTurn {
  private static final Logger log = LoggerFactory.getLogger(ShardTurn.class);

  /** Characters of attempts from which on a turn begins no more runs that its steps wait for. */
  private static final long MOST_OF_CHILDREN = 1_000_000;

  /** And how long it may have taken by then: others of the shard wait for it. */
  private static final long LONGEST_MILLIS = 200;

  private final int shard;
  private final CrashWatch watch;
  private final ShardLoop.Parts parts;
  private final ShardRuns runs;
  private final Consumer<RunCommand> later;
  private final ChunkAdvancer chunks;

  /** What follows within the turn from what has been applied. */
  private final ArrayDeque<RunCommand> within = new ArrayDeque<>();

  /** Runs that began because of the command that is being applied. */
  private final Map<RunKey, Run> begun = new LinkedHashMap<>();

  /** When the command was taken up, in epoch milliseconds. */
  private long began;

  /**
   * @param later takes what this shard has to look at behind what is being committed
   */
  ShardTurn(
      int shard,
      CrashWatch watch,
      ShardLoop.Parts parts,
      ShardRuns runs,
      Consumer<RunCommand> later) {
    this.shard = shard;
    this.watch = watch;
    this.parts = parts;
    this.runs = runs;
    this.later = later;
    chunks =
        new ChunkAdvancer(
            parts.loopStore(), parts.loops(), parts.store(), parts.clock(), new Here());
  }

  /** A command broke the engine's own code, or something that follows from it did. */
  static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient Mailbox.Envelope envelope;
    final transient Throwable why;

    BrokenException(Mailbox.Envelope envelope, Throwable why) {
      super(why.toString(), why, false, false);
      this.envelope = envelope;
      this.why = why;
    }
  }

  /** Runs that were begun in the turn have to be started by themselves; the batch is of no use. */
  static final class ApartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> workflowIds;
    private final ChildTurns.Why why;

    private ApartException(List<String> workflowIds, ChildTurns.Why why) {
      super(why.name(), null, false, false);
      this.workflowIds = workflowIds;
      this.why = why;
    }

    static ApartException of(Batch batch, ChildTurns.Why why) {
      return new ApartException(
          batch.numbersTaken().stream().map(NumbersTaken::workflowId).toList(), why);
    }

    List<String> workflowIds() {
      return workflowIds;
    }

    ChildTurns.Why why() {
      return why;
    }
  }

  /**
   * Applies a command, and all that follows from it here.
   *
   * @throws BrokenException if it breaks the engine's own code; the batch is of no use then
   * @throws ApartException if what it began can't be gone on with in the same turn
   */
  void take(Mailbox.Envelope envelope, Batch batch) {
    begun.clear();
    began = parts.clock().millis();
    try {
      apply(envelope.command(), batch);
      for (var next = within.poll(); next != null; next = within.poll()) {
        if (next instanceof RunCommand.EndRun end) {
          applyOrGiveUp(end, batch);
        } else {
          apply(next, batch);
        }
      }
      if (!begun.values().stream().allMatch(child -> child.row().status().isTerminal())) {
        batch.runs().forEach(this::undo);
        throw ApartException.of(batch, ChildTurns.Why.LASTS);
      }
      // Nobody queues behind them, and their time is not up any more.
      begun
          .keySet()
          .forEach(child ->
              batch
                  .changes(child)
                  .effects()
                  .removeIf(effect ->
                      effect instanceof Effect.AdmitNext || effect instanceof Effect.WakeRun));
    } catch (ApartException e) {
      throw e;
    } catch (DataAccessException | TransactionException e) {
      batch.runs().forEach(this::undo);
      throw e; // not this run's fault
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      batch.runs().forEach(this::undo);
      if (!begun.isEmpty()) {
        throw ApartException.of(batch, ChildTurns.Why.LASTS); // whose fault it is shows then
      }
      throw new BrokenException(envelope, e);
    }
  }

  /** What breaks when it is told to end must not keep those from ending that told it. */
  private void applyOrGiveUp(RunCommand.EndRun end, Batch batch) {
    try {
      apply(end, batch);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      log.error("Run {} broke when it was told to end", end.run(), e);
      runs.remove(end.run());
      undo(batch.drop(end.run()));
      end(end, e, batch);
    }
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
          RunCommand.SignalCame _,
          RunCommand.BypassSignals _,
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
    var banned = watch.banned(key);
    if (banned != null) {
      giveUp(command, banned, batch);
      return;
    }
    var run = runs.get(key);
    if (run == null) { // deleted meanwhile
      if (command instanceof RunCommand.EndRun end && InlineWorkflow.isForeach(key.workflowId())) {
        chunks.lost(key, end.as(), batch);
      }
      return;
    }
    if (run.row().progress().quarantine() != null && !(command instanceof RunCommand.EndRun)) {
      return;
    }
    var endedBefore = run.row().status().isTerminal();
    var changes = batch.changes(key);
    parts.advancer().apply(run, command, changes);
    if (!endedBefore && run.row().status().isTerminal() && isIteration(run)) {
      chunks.ended(run, batch);
    }
    follow(changes, batch);
  }

  private static boolean isIteration(Run run) {
    return InlineWorkflow.isForeach(run.key().workflowId())
        && run.row().facts().initiator() instanceof Initiator.Foreach;
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
      var plan = parts.loops().plan(facts);
      var history =
          facts.previous() == null
              ? RunHistory.NONE
              : parts
                  .store()
                  .before(spawn.run().workflowId(), List.of(spawn.run().instanceId()), plan)
                  .getOrDefault(spawn.run().instanceId(), RunStore.Before.NEVER)
                  .history();
      var run = new Run(row, plan, parts.loops().instanceFacts(row), history);
      new Here().begin(run, spawn.facts(), batch);
    }
    changes
        .effects()
        .removeIf(effect -> effect instanceof Effect.StartChild start && beginChild(start, batch));
    within.addAll(
        changes.takeMessages(message ->
            message instanceof RunCommand.ChildEnded ended && begun.containsKey(ended.child())));
    if (batch.runs().size() < ShardLoop.TURN_COMMANDS) {
      within.addAll(
          changes.takeMessages(message ->
              message instanceof RunCommand.ChildEnded ended
                  && ended.values() != null // all that a while step reads of its iteration
                  && ended.run().shard(parts.shards()) == shard
                  && watch.banned(ended.run()) == null));
    }
  }

  /** A run that a step waits for, within the turn of the step; false if that can't be. */
  private boolean beginChild(Effect.StartChild start, Batch batch) {
    if (batch.runs().size() >= ShardLoop.TURN_COMMANDS
        || batch.size() > MOST_OF_CHILDREN
        || parts.clock().millis() - began > LONGEST_MILLIS) {
      return false;
    }
    var parent = runs.get(start.parent());
    var row = parent == null ? null : parts.children().begin(start, batch);
    if (parent == null || row == null) {
      return false;
    }
    var child = parts.source().made(row);
    begun.put(child.key(), child);
    runs.put(child);
    parent.begun(child);
    var changes = batch.changes(row.key());
    changes.begunInTurn();
    changes.row(row);
    within.add(
        new RunCommand.ChildStarted(
            start.parent(),
            start.stepId(),
            start.attemptId(),
            row.key(),
            row.uuid(),
            row.versionId(),
            true,
            null));
    parts.advancer().apply(child, new RunCommand.StartRun(row.key()), changes);
    follow(changes, batch);
    return true;
  }

  /** This shard, as its chunks see it. */
  private final class Here implements ChunkAdvancer.Shard {
    @Override
    public boolean begin(Run iteration, IterationFacts facts, Batch batch) {
      var key = iteration.key();
      runs.put(iteration);
      var changes = batch.changes(key);
      changes.created(facts);
      changes.row(iteration.row());
      try {
        parts.advancer().apply(iteration, new RunCommand.StartRun(key), changes);
      } catch (DataAccessException | TransactionException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        log.error("Iteration {} broke when it began", key, e);
        undo(batch.drop(key));
        setAside(iteration, facts, e, batch);
        return false;
      }
      follow(changes, batch);
      return iteration.row().status().isTerminal();
    }

    @Override
    public boolean isBanned(RunKey chunk) {
      return watch.banned(chunk) != null;
    }

    @Override
    public void deliver(RunCommand command, Batch batch) {
      within.add(command);
    }
  }

  /** An iteration that breaks the engine's own code stands still, visibly; the others go on. */
  private void setAside(Run iteration, IterationFacts facts, Throwable why, Batch batch) {
    runs.remove(iteration.key());
    var changes = batch.changes(iteration.key());
    changes.created(facts);
    changes.row(iteration.row().setAside(reasonOf(why), parts.clock().millis()));
  }

  private static String reasonOf(Throwable why) {
    return "The engine could not go on with this run: "
        + why
        + ". Kill it and start it again; please report what led here.";
  }

  /**
   * A run that can't be gone on with stands still, visibly, and delays no other; or ends, if that
   * is what it is told.
   */
  void giveUp(RunCommand command, Throwable why, Batch batch) {
    var key = command.run();
    var banned = watch.banned(key) != null;
    if (command instanceof RunCommand.EndRun end) {
      end(end, why, batch);
      watch.ended(key, batch);
    } else if (command instanceof RunCommand.OrderChunk order && order.order().ending() != null) {
      chunks.broken(order, batch);
      if (banned) {
        chunks.endIterations(order, batch);
      }
    } else if (banned && key.isChunk()) {
      chunks.endLoop(key, reasonOf(why), batch);
    } else if (banned && parts.store().status(key).filter(s -> s == RunStatus.PAUSED).isPresent()) {
      log.debug("{} is left alone: {}", key, why.getMessage());
    } else {
      quarantine(key, why, batch);
      tellLoop(key, null, batch);
    }
  }

  /**
   * The loop of an iteration that can't be read hears of it by what its own row says: a chunk looks
   * how its iterations stand, behind what is being committed.
   */
  private void tellLoop(RunKey key, RunCommand.@Nullable EndRun end, Batch batch) {
    if (key.isChunk() || !InlineWorkflow.isInline(key.workflowId())) {
      return;
    }
    var loop = parts.loopStore().latestLoop(key.workflowId()).orElse(null);
    if (loop == null) {
      return;
    }
    if (InlineWorkflow.isForeach(key.workflowId())) {
      var chunk = RunKey.ofChunk(loop.key(), key.chunk());
      later.accept(new RunCommand.RecoverChunk(chunk));
    } else if (end != null && loop.key().loopRun() == key.runId()) {
      var facts = loop.facts();
      batch
          .changes(key)
          .send(
              new RunCommand.ChildEnded(
                  facts.parent(), facts.stepId(), facts.attemptId(), key, end.as(), null));
    }
  }

  /** Ends what is left of a run. */
  private void end(RunCommand.EndRun end, Throwable why, Batch batch) {
    var key = end.run();
    parts
        .store()
        .remains(key)
        .filter(remains -> !remains.status().isTerminal())
        .ifPresent(remains -> {
          remains.end(end, why, batch.changes(key), parts.clock().millis());
          if (!InlineWorkflow.isForeach(key.workflowId())) {
            tellLoop(key, end, batch);
          }
        });
    if (InlineWorkflow.isForeach(key.workflowId())) {
      chunks.lost(key, end.as(), batch);
    }
  }

  /** A run that breaks the engine's own code stands still, visibly, and delays no other. */
  private void quarantine(RunKey key, Throwable why, Batch batch) {
    batch.changes(key).quarantine(reasonOf(why), parts.clock().millis());
  }

  /** Gives back what a change that is not to be took at once. */
  void undo(@Nullable RunChanges dropped) {
    if (dropped != null) {
      dropped.asked().forEach(holder -> parts.effects().accept(new Effect.TakeBackPermits(holder)));
    }
  }

  /** All commands have been applied: what chunks have gathered goes into the batch. */
  void finish(Batch batch) {
    chunks.finishTurn(batch);
  }

  /** The turn came to nothing: what is known of chunks is read anew. */
  void forget() {
    chunks.forget();
    within.clear();
    begun.clear();
  }
}
