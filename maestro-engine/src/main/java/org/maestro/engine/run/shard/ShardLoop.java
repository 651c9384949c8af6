package org.maestro.engine.run.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.RunChanges;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunStore;
import org.maestro.engine.run.turn.ChunkAdvancer;
import org.maestro.engine.run.turn.Run;
import org.maestro.engine.run.turn.RunAdvancer;
import org.maestro.engine.run.turn.RunSource;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;
import org.maestro.param.JsonLength;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The only thread that changes the runs of one shard. Takes all commands that wait, hands each to
 * its run, commits the batch, and only then lets the effects out. Whatever goes wrong with a commit
 * is answered by forgetting the runs concerned and starting again from the database; no command is
 * dropped. A run that can't be gone on with is set aside, and delays no other.
 */
public final class ShardLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ShardLoop.class);
  private static final int TURN_COMMANDS = 500;
  private static final int MEMORY_RUNS = 2_000;
  private static final int TRIES = 3;

  /** Characters of JSON that a turn reads or writes, but for the last run in it. */
  private static final long TURN_SIZE = 8_000_000;

  /** So little is read at once that nobody has to wait for others who read. */
  private static final long SMALL_SIZE = 200_000;

  /**
   * Of a shard whose last owner ended without a word: so many runs are suspects if it does, too.
   */
  private static final int CAREFUL_COMMANDS = 100;

  /** A commit that took longer may have been overtaken by a new owner of the shard. */
  private static final long STALL_MILLIS = 500;

  /** Ends the wait for commands; never applied. */
  private static final Envelope WAKE =
      new Envelope(new RunCommand.RecoverRun(new RunKey("", 0, 0)), null, -1, 0);

  private final int shard;
  private final long epoch;
  private final CrashWatch watch;
  private final Parts parts;
  private final LinkedBlockingQueue<Envelope> mailbox = new LinkedBlockingQueue<>();
  private final LinkedHashMap<RunKey, Run> runs = new LinkedHashMap<>(64, 0.75f, true);
  private final TreeSet<Long> heldOffsets = new TreeSet<>();

  /** What the runs in memory have been counted with. */
  private final Map<RunKey, Long> counted = new HashMap<>();

  /** Runs of which nobody knows whether their last commit happened, or what of it was let out. */
  private final Set<RunKey> doubtful = new LinkedHashSet<>();

  /** New runs that nobody has touched since they were inserted; each is taken once. */
  private final ConcurrentHashMap<RunKey, Fresh> fresh = new ConcurrentHashMap<>();

  private final ChunkAdvancer chunks;

  /** Characters of the reports that this loop was given and has not come to. */
  private final AtomicLong waitingReports = new AtomicLong();

  /** What follows within the turn from what has been applied. */
  private final ArrayDeque<RunCommand> within = new ArrayDeque<>();

  /** How many of a turn's commands it has come to. */
  private int handled;

  private volatile boolean closed;

  ShardLoop(int shard, long epoch, CrashWatch watch, Parts parts) {
    this.shard = shard;
    this.epoch = epoch;
    this.watch = watch;
    this.parts = parts;
    chunks =
        new ChunkAdvancer(
            parts.loopStore(), parts.loops(), parts.store(), parts.clock(), new Here());
  }

  /**
   * What all loops of a node share.
   *
   * @param lost hears of a loop that has ended by itself, because another node owns its shard now
   * @param redelivery brings a loop, once more, all messages that its shard wrote or awaits
   */
  public record Parts(
      RunStore store,
      RunSource source,
      LoopStore loopStore,
      LoopSource loops,
      RunAdvancer advancer,
      BatchCommitter committer,
      Consumer<Effect> effects,
      Consumer<List<RunStore.Message>> router,
      Consumer<ShardLoop> lost,
      Consumer<ShardLoop> redelivery,
      ChangeFeed changes,
      RunMemory memory,
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
    if (envelope.command() instanceof RunCommand.JobReported reported) {
      reported(sizeOf(reported.report()));
    }
    mailbox.add(envelope);
    if (closed) {
      giveUpCounts();
    }
  }

  /** About how many characters of JSON a report has. */
  static long sizeOf(StepReport report) {
    return switch (report) {
      case StepReport.JobStarted _, StepReport.JobTerminated _ -> 0;
      case StepReport.JobFailed failed -> JsonLength.of(failed.artifacts());
      case StepReport.JobCompleted completed ->
          JsonLength.of(completed.outputs()) + JsonLength.of(completed.artifacts());
    };
  }

  private void reported(long characters) {
    if (characters != 0) {
      waitingReports.addAndGet(characters);
      parts.memory().reported(characters);
    }
  }

  /** What stands at this offset has been handled elsewhere, and need not come again. */
  void passed(long offset) {
    offer(new Envelope(WAKE.command(), null, offset, 0));
  }

  /** A run that has just been inserted begins. */
  void begin(RunRow inserted) {
    var size = JsonLength.of(inserted.facts().params());
    if (!parts.memory().isFull()) { // else it is read when it is come to
      parts.memory().keep(size);
      fresh.put(inserted.key(), new Fresh(inserted, size));
    }
    offer(new Envelope(new RunCommand.StartRun(inserted.key()), null, -1, 0));
  }

  /** A new run as it was inserted, and how much it has. */
  private record Fresh(RunRow row, long size) {}

  private @Nullable RunRow takeFresh(RunKey key) {
    var inserted = fresh.remove(key);
    if (inserted == null) {
      return null;
    }
    parts.memory().keep(-inserted.size());
    return inserted.row();
  }

  /** Those of the messages that don't wait here already. */
  void offerMissing(Collection<Envelope> kept) {
    var waiting = new HashSet<String>();
    for (var envelope : mailbox) {
      if (envelope.outboxId() != null) {
        waiting.add(envelope.outboxId());
      }
    }
    for (var envelope : kept) {
      if (envelope.outboxId() == null || !waiting.contains(envelope.outboxId())) {
        offer(envelope);
      }
    }
  }

  int waiting() {
    return mailbox.size();
  }

  int shard() {
    return shard;
  }

  long epoch() {
    return epoch;
  }

  /**
   * Ends the loop after the turn that it is in, whose effects stay inside. Never interrupts: that
   * would break the connection that the turn may be using.
   */
  void close() {
    closed = true;
    mailbox.add(WAKE);
  }

  @Override
  public void run() {
    try {
      turnUntilClosed();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      log.error("Shard {} has stopped; it is taken over anew", shard, e);
      throw e;
    } finally {
      forgetAll();
      giveUpCounts();
      if (!closed) {
        closed = true;
        parts.lost().accept(this);
      }
    }
  }

  /** Nobody will come here to what waits. */
  private void giveUpCounts() {
    List.copyOf(fresh.keySet()).forEach(this::takeFresh);
    parts.memory().reported(-waitingReports.getAndSet(0));
  }

  private void turnUntilClosed() throws InterruptedException {
    var failures = 0;
    var commands = new ArrayList<Envelope>();
    while (!closed) {
      try {
        if (!doubtful.isEmpty()) {
          lookAgain(commands);
        } else if (commands.isEmpty()) {
          commands.add(mailbox.take());
          mailbox.drainTo(commands, TURN_COMMANDS - 1);
        }
        if (closed) {
          return;
        }
        handle(commands);
        commands.clear();
        failures = doubtful.isEmpty() ? 0 : failures + 1;
      } catch (ExecutionException | RuntimeException e) {
        failures++;
        log.warn("Shard {} could not commit, trying again ({}): {}", shard, failures, e.toString());
        forgetAll();
      }
      if (failures > 0 && !closed) {
        parts.pause().afterFailure(failures);
      }
    }
  }

  /**
   * Nobody knows whether the last commit happened. If it did, the commands that were in it will be
   * ignored as duplicates, and what should have followed is lost: so the shard's messages and the
   * runs concerned are looked at as after a take-over, behind everything that waits.
   */
  private void lookAgain(List<Envelope> commands) {
    if (!parts.store().settled(shard, epoch)) {
      lost();
      return;
    }
    parts.redelivery().accept(this);
    mailbox.drainTo(commands);
    var known = new HashSet<RunKey>();
    for (var envelope : commands) {
      if (envelope.command() instanceof RunCommand.RecoverRun(var run)) {
        known.add(run);
      } else if (envelope.command() instanceof RunCommand.RecoverChunk(var chunk)) {
        known.add(chunk);
      }
    }
    for (var run : doubtful) {
      if (known.add(run)) {
        var recover =
            run.isChunk() ? new RunCommand.RecoverChunk(run) : new RunCommand.RecoverRun(run);
        commands.add(new Envelope(recover, null, -1, 0));
      }
    }
    doubtful.clear();
  }

  /** One turn; after a process that ended without a word, several small ones. */
  private void handle(List<Envelope> commands) throws InterruptedException, ExecutionException {
    if (!watch.isCareful(parts.clock().millis())) {
      turns(commands);
      return;
    }
    var suspects = new LinkedHashSet<RunKey>();
    var others = new ArrayList<Envelope>();
    for (var envelope : commands) {
      var key = envelope.command().run();
      if (watch.isSuspect(key)) {
        suspects.add(key);
      } else {
        others.add(envelope);
      }
    }
    for (int from = 0; from < others.size() && !closed; from += CAREFUL_COMMANDS) {
      var some =
          List.copyOf(others.subList(from, Math.min(others.size(), from + CAREFUL_COMMANDS)));
      watch.mark(
          some.stream()
              .filter(envelope -> !isWake(envelope))
              .map(envelope -> envelope.command().run())
              .filter(key -> watch.banned(key) == null)
              .collect(Collectors.toCollection(LinkedHashSet::new)));
      turns(new ArrayList<>(some));
      commands.removeAll(some);
    }
    for (var suspect : suspects) {
      if (closed) {
        return;
      }
      var own =
          commands.stream().filter(envelope -> envelope.command().run().equals(suspect)).toList();
      watch.alone(suspect, () -> turns(new ArrayList<>(own)));
      commands.removeAll(own);
    }
  }

  /**
   * One turn; several, if what has to be read for it is too much for one. What has been handled is
   * taken out of the commands.
   */
  private void turns(List<Envelope> commands) throws InterruptedException, ExecutionException {
    var missing = new LinkedHashSet<RunKey>();
    for (var envelope : commands) {
      var key = envelope.command().run();
      if (!key.isChunk()
          && !isWake(envelope)
          && !runs.containsKey(key)
          && !fresh.containsKey(key)
          && watch.banned(key) == null) {
        missing.add(key);
      }
    }
    if (missing.size() < 2 && !parts.memory().isFull()) {
      untilHandled(commands);
      return;
    }
    var sizes = parts.store().sizes(missing);
    while (!commands.isEmpty() && !closed) {
      var size = 0L;
      var reached = 0;
      var counting = new HashSet<RunKey>();
      while (reached < commands.size() && size < TURN_SIZE) {
        var key = commands.get(reached++).command().run();
        size += counting.add(key) ? sizes.getOrDefault(key, 0L) : 0;
      }
      var some = commands.subList(0, reached);
      if (size < SMALL_SIZE) {
        untilHandled(some);
      } else {
        try (var _ = parts.memory().enter(size)) {
          untilHandled(some);
        }
      }
    }
  }

  /** One turn; several, if what it writes is too much for one. */
  private void untilHandled(List<Envelope> commands)
      throws InterruptedException, ExecutionException {
    while (!commands.isEmpty() && !closed) {
      handled = 0;
      turn(new ArrayList<>(commands));
      commands.subList(0, Math.min(handled, commands.size())).clear();
    }
  }

  /**
   * One turn: everything that waits becomes one commit. If that is refused because of what is in
   * it, every run gets its own, and the one that is to blame is set aside.
   */
  private void turn(List<Envelope> commands) throws InterruptedException, ExecutionException {
    var keys = new LinkedHashSet<RunKey>();
    commands.forEach(envelope -> keys.add(envelope.command().run()));
    var all = commands.size();
    try {
      commit(batchOf(commands));
      return;
    } catch (BrokenException e) {
      forgetAll();
      if (keys.size() == 1) {
        broke(e.envelope, commands, e.why);
      } else {
        oneByOne(keys, commands);
      }
    } catch (ExecutionException | RuntimeException | StackOverflowError e) {
      var why = causeOf(e);
      if (closed || !Transactions.isFaultOfTheWork(why)) {
        throw e;
      }
      forgetAll();
      if (keys.size() == 1) {
        setAside(keys.getFirst(), commands, why);
      } else {
        oneByOne(keys, commands);
      }
    }
    handled = all; // each in a turn of its own
  }

  /** A command broke the engine's own code, or something that follows from it did. */
  private static final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient Envelope envelope;
    final transient Throwable why;

    BrokenException(Envelope envelope, Throwable why) {
      super(why.toString(), why, false, false);
      this.envelope = envelope;
      this.why = why;
    }
  }

  /** The commands of one run of which one broke it: it is tried a few times. */
  private void broke(Envelope broken, List<Envelope> commands, Throwable why)
      throws InterruptedException, ExecutionException {
    var key = broken.command().run();
    log.error("Run {} broke on {}", key, broken.command().getClass().getSimpleName(), why);
    var givenUp = broken.tries() + 1 >= TRIES;
    var again = new ArrayList<Envelope>();
    for (var envelope : commands) {
      if (!envelope.equals(broken)) {
        again.add(held(envelope, 0));
      } else if (!givenUp) {
        again.add(held(envelope, 1));
      }
    }
    if (givenUp) {
      var batch = new Batch(shard, epoch);
      giveUp(broken.command(), why, batch);
      chunks.finishTurn(batch);
      consumed(broken, batch);
      hold(batch);
      commit(batch);
    }
    mailbox.addAll(again);
  }

  private static Throwable causeOf(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof ExecutionException && cause != null ? cause : failure;
  }

  private void oneByOne(Set<RunKey> keys, List<Envelope> commands)
      throws InterruptedException, ExecutionException {
    for (var key : keys) {
      if (closed) {
        return;
      }
      untilHandled(
          commands.stream()
              .filter(envelope -> envelope.command().run().equals(key))
              .collect(Collectors.toCollection(ArrayList::new)));
      commands.removeIf(envelope -> envelope.command().run().equals(key));
    }
  }

  private void setAside(RunKey key, List<Envelope> commands, Throwable why)
      throws InterruptedException, ExecutionException {
    log.error("Run {} can't be kept", key, why);
    var batch = new Batch(shard, epoch);
    commands.forEach(envelope -> giveUp(envelope.command(), why, batch));
    chunks.finishTurn(batch);
    commands.forEach(envelope -> consumed(envelope, batch));
    hold(batch);
    commit(batch);
  }

  private Batch batchOf(List<Envelope> commands) {
    var batch = new Batch(shard, epoch);
    var unreadable = load(commands);
    for (var envelope : commands) {
      var why = unreadable.get(envelope.command().run());
      if (isWake(envelope)) {
        // Only its offset counts.
      } else if (why == null) {
        take(envelope, batch);
      } else {
        giveUp(envelope.command(), why, batch);
      }
      consumed(envelope, batch);
      handled++;
      if (batch.size() > TURN_SIZE) {
        break;
      }
    }
    chunks.finishTurn(batch);
    hold(batch);
    return batch;
  }

  private static boolean isWake(Envelope envelope) {
    return envelope.command().equals(WAKE.command());
  }

  private void take(Envelope envelope, Batch batch) {
    try {
      apply(envelope.command(), batch);
      for (var next = within.poll(); next != null; next = within.poll()) {
        if (next instanceof RunCommand.EndRun end) {
          applyOrGiveUp(end, batch);
        } else {
          apply(next, batch);
        }
      }
    } catch (DataAccessException | TransactionException e) {
      batch.runs().forEach(this::undo);
      throw e; // not this run's fault
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      batch.runs().forEach(this::undo);
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
    if (run == null) {
      runs.putAll(parts.source().load(Set.of(key)));
      run = runs.get(key);
    }
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
    if (batch.runs().size() < TURN_COMMANDS) {
      within.addAll(
          changes.takeMessages(message ->
              message instanceof RunCommand.ChildEnded ended
                  && ended.values() != null // all that a while step reads of its iteration
                  && ended.run().shard(parts.shards()) == shard));
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

  private void forgetAll() {
    runs.clear();
    counted.values().forEach(size -> parts.memory().keep(-size));
    counted.clear();
    chunks.forget();
    within.clear();
  }

  /** The envelope for another turn; until then nobody may take its offset for consumed. */
  private Envelope held(Envelope envelope, int moreTries) {
    if (envelope.offset() >= 0) {
      heldOffsets.add(envelope.offset());
    }
    return new Envelope(
        envelope.command(), envelope.outboxId(), envelope.offset(), envelope.tries() + moreTries);
  }

  private void hold(Batch batch) {
    if (!heldOffsets.isEmpty()) {
      batch.holdBelow(heldOffsets.first());
    }
  }

  private void consumed(Envelope envelope, Batch batch) {
    batch.consumed(envelope.outboxId());
    if (envelope.command() instanceof RunCommand.JobReported reported) {
      batch.tookReport(sizeOf(reported.report()));
    }
    if (!isWake(envelope)) {
      watch.survived(envelope.command().run(), batch);
    }
    if (envelope.offset() >= 0) {
      heldOffsets.remove(envelope.offset());
      batch.consumedOffset(envelope.offset());
    }
  }

  /**
   * A run that can't be gone on with stands still, visibly, and delays no other; or ends, if that
   * is what it is told.
   */
  private void giveUp(RunCommand command, Throwable why, Batch batch) {
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
      offer(new Envelope(new RunCommand.RecoverChunk(chunk), null, -1, 0));
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

  private void undo(@Nullable RunChanges dropped) {
    if (dropped != null) {
      dropped.asked().forEach(holder -> parts.effects().accept(new Effect.ReleasePermits(holder)));
    }
  }

  private void commit(Batch batch) throws InterruptedException, ExecutionException {
    if (batch.isEmpty()) {
      return;
    }
    BatchCommitter.Outcome outcome;
    var submitted = parts.clock().millis();
    try {
      outcome = parts.committer().submit(batch).get();
      if (parts.clock().millis() - submitted > STALL_MILLIS
          && outcome instanceof BatchCommitter.Outcome.Committed
          && !parts.store().owns(shard, epoch)) {
        // This process stood still, and meanwhile the shard's next owner has seen to the effects.
        outcome = new BatchCommitter.Outcome.Lost();
      }
    } catch (ExecutionException | RuntimeException e) {
      var mayHaveHappened = !Transactions.isFaultOfTheWork(causeOf(e));
      for (var changes : batch.runs()) {
        undo(changes);
        if (mayHaveHappened) {
          doubtful.add(changes.key());
        }
      }
      if (mayHaveHappened) {
        doubtful.addAll(batch.chunkKeys());
      }
      throw e;
    }
    switch (outcome) {
      case BatchCommitter.Outcome.Lost _ -> {
        batch.runs().forEach(this::undo);
        lost();
      }
      case BatchCommitter.Outcome.Committed committed -> {
        watch.committed(batch);
        if (!closed) { // else all of them are given up at the end
          reported(-batch.reports());
        }
        if (!closed) { // else the next owner sees to what follows
          letOut(batch, committed.messages());
        }
      }
    }
  }

  /** Another node owns the shard. */
  private void lost() {
    closed = true;
    forgetAll();
    parts.lost().accept(this);
  }

  private void letOut(Batch batch, List<RunStore.Message> messages) {
    parts.router().accept(messages);
    for (var changes : batch.runs()) {
      for (var effect : changes.effects()) {
        letOut(effect, changes.key());
      }
      parts.changes().changed(changes.key());
    }
    forget(batch);
  }

  /** One that fails must not keep the others in. */
  private void letOut(Effect effect, RunKey run) {
    try {
      parts.effects().accept(effect);
    } catch (RuntimeException e) {
      log.error("{} of run {} failed; the run is looked at again", effect, run, e);
      doubtful.add(run);
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
    batch.runs().forEach(changes -> count(changes.key()));
    var oldest = runs.entrySet().iterator();
    while ((runs.size() > MEMORY_RUNS || parts.memory().isFull()) && oldest.hasNext()) {
      var key = oldest.next().getKey();
      oldest.remove();
      count(key);
    }
  }

  /** Counts what a run has in memory; nothing, if it isn't there. */
  private void count(RunKey key) {
    var run = runs.get(key);
    var before = run == null ? counted.remove(key) : counted.put(key, run.size());
    parts.memory().keep((run == null ? 0 : run.size()) - (before == null ? 0 : before));
  }

  /** Brings the runs into memory; those that can't be read are named with the reason. */
  private Map<RunKey, RuntimeException> load(List<Envelope> commands) {
    var missing = new HashSet<RunKey>();
    var unreadable = new HashMap<RunKey, RuntimeException>();
    for (var envelope : commands) {
      var key = envelope.command().run();
      var banned = watch.banned(key);
      if (banned != null) {
        unreadable.put(key, banned);
        continue;
      }
      // Only the first to touch a run may take it as it was inserted.
      var inserted = takeFresh(key);
      if (!key.isChunk() && !runs.containsKey(key) && !isWake(envelope)) {
        if (inserted == null) {
          missing.add(key);
        } else {
          runs.put(key, parts.source().made(inserted));
        }
      }
    }
    if (missing.isEmpty()) {
      return unreadable;
    }
    try {
      runs.putAll(parts.source().load(missing));
      missing.forEach(this::count);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException _) {
      unreadable.putAll(loadOneByOne(missing)); // one that can't be read holds back no other
    }
    return unreadable;
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
