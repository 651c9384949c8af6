package org.maestro.engine.run.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChildTurns;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.shard.Mailbox.Envelope;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.engine.run.store.RunStore;
import org.maestro.engine.run.turn.RunAdvancer;
import org.maestro.engine.run.turn.RunSource;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that changes the runs of one shard. Takes all commands that wait, hands each to
 * its run, commits the batch, and only then lets the effects out. Whatever goes wrong with a commit
 * is answered by forgetting the runs concerned and starting again from the database; no command is
 * dropped. A run that can't be gone on with is set aside, and delays no other.
 */
public final class ShardLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ShardLoop.class);
  static final int TURN_COMMANDS = 500;
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

  private final int shard;
  private final long epoch;
  private final CrashWatch watch;
  private final Parts parts;
  private final Mailbox mailbox;
  private final ShardRuns runs;
  private final TreeSet<Long> heldOffsets = new TreeSet<>();

  /** Commands of runs that may have ended processes, until the node has survived all others. */
  private final List<Envelope> setAside = new ArrayList<>();

  /** Runs of which nobody knows whether their last commit happened, or what of it was let out. */
  private final Set<RunKey> doubtful = new LinkedHashSet<>();

  private final ShardTurn turn;

  private final AtomicReference<Forgotten> forgotten = new AtomicReference<>(Forgotten.NOTHING);

  /** How many of a turn's commands it has come to. */
  private int handled;

  private volatile boolean closed;

  ShardLoop(int shard, long epoch, CrashWatch watch, Parts parts) {
    this.shard = shard;
    this.epoch = epoch;
    this.watch = watch;
    this.parts = parts;
    mailbox = new Mailbox(parts.memory(), parts.kept());
    runs = new ShardRuns(parts.source(), parts.memory());
    turn =
        new ShardTurn(
            shard, watch, parts, runs, command -> offer(new Envelope(command, null, -1, 0)));
  }

  /**
   * What all loops of a node share.
   *
   * @param lost hears of a loop that has ended by itself, because another node owns its shard now
   * @param redelivery brings a loop, once more, all messages that its shard wrote or awaits
   * @param kept reads messages that were left in the outbox
   */
  public record Parts(
      RunStore store,
      RunSource source,
      LoopStore loopStore,
      LoopSource loops,
      RunAdvancer advancer,
      ChildTurns children,
      BatchCommitter committer,
      Consumer<Effect> effects,
      Consumer<List<OutboxStore.Message>> router,
      Consumer<ShardLoop> lost,
      Consumer<ShardLoop> redelivery,
      Mailbox.Kept kept,
      ChangeFeed changes,
      RunMemory memory,
      java.time.InstantSource clock,
      Pause pause,
      int shards) {}

  /** Waits a little before a broken database is tried again. */
  public interface Pause {
    void afterFailure(int failures) throws InterruptedException;
  }

  void offer(Envelope envelope) {
    mailbox.offer(envelope);
    if (closed) {
      giveUpCounts();
    }
  }

  /** What stands at this offset has been handled elsewhere, and need not come again. */
  void passed(long offset) {
    mailbox.passed(offset);
  }

  /** A run that has just been inserted begins. */
  void begin(RunRow inserted) {
    runs.inserted(inserted);
    offer(new Envelope(new RunCommand.StartRun(inserted.key()), null, -1, 0));
  }

  /** Those of the messages that don't wait here already. */
  void offerMissing(Collection<Envelope> kept) {
    mailbox.offerMissing(kept);
  }

  /**
   * What the database has kept for this shard since a while, and nothing has come of.
   *
   * @param messages ids in the outbox
   * @param unbegun runs that were accepted
   */
  record Forgotten(List<String> messages, List<RunKey> unbegun) {
    static final Forgotten NOTHING = new Forgotten(List.of(), List.of());
  }

  /** What of this has not come by now comes this way. Any thread may call it. */
  void bring(Forgotten kept) {
    forgotten.set(kept);
    mailbox.wake();
  }

  /** To be called with nothing in hand: what is neither set aside nor waits has not come. */
  private void bringForgotten() {
    var kept = forgotten.getAndSet(Forgotten.NOTHING);
    var messages = new LinkedHashSet<>(kept.messages());
    var unbegun = new LinkedHashSet<>(kept.unbegun());
    for (var envelope : setAside) {
      messages.remove(String.valueOf(envelope.outboxId()));
      unbegun.remove(envelope.command().run());
    }
    for (var run : mailbox.notWaiting(unbegun)) {
      log.warn("Run {} was accepted and nobody began it; it begins now", run);
      mailbox.offer(new Envelope(new RunCommand.RecoverRun(run), null, -1, 0));
    }
    var brought = mailbox.leaveMissing(messages);
    if (!brought.isEmpty()) {
      log.warn(
          "{} messages to shard {} did not arrive, the first is {}; they are brought now",
          brought.size(),
          shard,
          brought.getFirst());
    }
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
    mailbox.wake();
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
    runs.dropInserted();
    mailbox.giveUpCounts();
  }

  private void turnUntilClosed() throws InterruptedException {
    var failures = 0;
    var commands = new ArrayList<Envelope>();
    while (!closed) {
      try {
        if (!doubtful.isEmpty()) {
          lookAgain(commands);
        } else if (commands.isEmpty()) {
          bringForgotten();
          take(commands);
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
    mailbox.takeAll(commands);
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

  private void take(List<Envelope> commands) throws InterruptedException {
    if (setAside.isEmpty()) {
      mailbox.take(commands, TURN_COMMANDS);
    } else {
      mailbox.take(commands, TURN_COMMANDS, watch.untilTrying(parts.clock().millis()));
    }
  }

  /** One turn; after a process that ended without a word, several small ones. */
  private void handle(List<Envelope> commands) throws InterruptedException, ExecutionException {
    var careful = watch.isCareful(parts.clock().millis());
    if (!careful) {
      commands.addAll(setAside);
      setAside.clear();
      if (!watch.hasSuspects()) {
        turns(commands);
        return;
      }
    }
    var suspects = new LinkedHashSet<RunKey>();
    var others = new ArrayList<Envelope>();
    for (var envelope : List.copyOf(commands)) {
      var key = envelope.command().run();
      if (watch.isSetAside(key) && !(envelope.command() instanceof RunCommand.EndRun)) {
        setAside.add(held(envelope, 0));
        commands.remove(envelope);
      } else if (watch.isSuspect(key)) {
        suspects.add(key);
        hold(envelope); // others come first
      } else {
        others.add(envelope);
      }
    }
    if (!careful) {
      turns(new ArrayList<>(others));
      commands.removeAll(others);
      others.clear();
    }
    for (int from = 0; from < others.size() && !closed; from += CAREFUL_COMMANDS) {
      var some =
          List.copyOf(others.subList(from, Math.min(others.size(), from + CAREFUL_COMMANDS)));
      watch.mark(
          some.stream()
              .filter(envelope -> !envelope.isWake())
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
      if (!key.isChunk() && !envelope.isWake() && !runs.isHere(key) && watch.banned(key) == null) {
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
      oneTurn(new ArrayList<>(commands));
      commands.subList(0, Math.min(handled, commands.size())).clear();
    }
  }

  /**
   * One turn: everything that waits becomes one commit. If that is refused because of what is in
   * it, every run gets its own, and the one that is to blame is set aside.
   */
  private void oneTurn(List<Envelope> commands) throws InterruptedException, ExecutionException {
    var keys = new LinkedHashSet<RunKey>();
    commands.forEach(envelope -> keys.add(envelope.command().run()));
    var all = commands.size();
    try {
      commit(batchOf(commands));
      return;
    } catch (ShardTurn.ApartException e) {
      forgetAll();
      parts.children().avoid(e.workflowIds(), e.why());
      handled = 0; // all of them once more, with runs of these workflows started by themselves
      return;
    } catch (ShardTurn.BrokenException e) {
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
      turn.giveUp(broken.command(), why, batch);
      turn.finish(batch);
      consumed(broken, batch);
      hold(batch);
      commit(batch);
    }
    mailbox.again(again);
  }

  private static Throwable causeOf(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof ExecutionException && cause != null ? cause : failure;
  }

  private void oneByOne(Set<RunKey> keys, List<Envelope> commands)
      throws InterruptedException, ExecutionException {
    commands.forEach(this::hold);
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
    commands.forEach(envelope -> turn.giveUp(envelope.command(), why, batch));
    turn.finish(batch);
    commands.forEach(envelope -> consumed(envelope, batch));
    hold(batch);
    commit(batch);
  }

  private Batch batchOf(List<Envelope> commands) {
    var batch = new Batch(shard, epoch);
    var most = parts.memory().mayWrite(TURN_SIZE);
    var unreadable = load(commands);
    for (var envelope : commands) {
      var why = unreadable.get(envelope.command().run());
      if (envelope.isWake()) {
        // Only its offset counts.
      } else if (why == null) {
        turn.take(envelope, batch);
      } else {
        turn.giveUp(envelope.command(), why, batch);
      }
      consumed(envelope, batch);
      handled++;
      if (batch.size() > most) {
        break;
      }
    }
    turn.finish(batch);
    hold(batch);
    return batch;
  }

  private void forgetAll() {
    runs.clear();
    turn.forget();
  }

  /** The envelope for another turn. */
  private Envelope held(Envelope envelope, int moreTries) {
    hold(envelope);
    return new Envelope(
        envelope.command(), envelope.outboxId(), envelope.offset(), envelope.tries() + moreTries);
  }

  /**
   * Until this one is handled nobody may take its offset for consumed: to be called whenever one is
   * handled behind others that came later.
   */
  private void hold(Envelope envelope) {
    if (envelope.offset() >= 0) {
      heldOffsets.add(envelope.offset());
    }
  }

  private void hold(Batch batch) {
    if (!heldOffsets.isEmpty()) {
      batch.holdBelow(heldOffsets.first());
    }
  }

  private void consumed(Envelope envelope, Batch batch) {
    batch.consumed(envelope.outboxId());
    batch.took(Mailbox.sizeOf(envelope.command()));
    if (!envelope.isWake()) {
      watch.survived(envelope.command().run(), batch);
    }
    if (envelope.offset() >= 0) {
      heldOffsets.remove(envelope.offset());
      batch.consumedOffset(envelope.offset());
    }
  }

  private void commit(Batch batch) throws InterruptedException, ExecutionException {
    if (batch.isEmpty()) {
      return;
    }
    var size = batch.size();
    parts.memory().writes(size);
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
      if (!batch.numbersTaken().isEmpty()) { // whoever it is that can't be kept keeps nobody else
        var apart = ShardTurn.ApartException.of(batch, ChildTurns.Why.LASTS);
        parts.children().avoid(apart.workflowIds(), apart.why());
        if (!mayHaveHappened) {
          batch.runs().forEach(turn::undo);
          throw apart;
        }
      }
      for (var changes : batch.runs()) {
        turn.undo(changes);
        if (mayHaveHappened) {
          doubtful.add(changes.key());
        }
      }
      if (mayHaveHappened) {
        doubtful.addAll(batch.chunkKeys());
      }
      throw e;
    } finally {
      parts.memory().writes(-size);
    }
    switch (outcome) {
      case BatchCommitter.Outcome.Overtaken _ -> {
        batch.runs().forEach(turn::undo);
        throw ShardTurn.ApartException.of(batch, ChildTurns.Why.OVERTAKEN);
      }
      case BatchCommitter.Outcome.Lost _ -> {
        batch.runs().forEach(turn::undo);
        lost();
      }
      case BatchCommitter.Outcome.Committed committed -> {
        watch.committed(batch);
        if (!closed) { // else all of them are given up at the end
          mailbox.done(batch.taken());
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

  private void letOut(Batch batch, List<OutboxStore.Message> messages) {
    parts.router().accept(messages);
    for (var changes : batch.runs()) {
      for (var effect : changes.effects()) {
        letOut(effect, changes.key());
      }
      var row = changes.row();
      parts.changes().changed(changes.key(), row != null && row.status().isTerminal());
    }
    runs.forget(batch);
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

  /** Brings the runs into memory; those that can't be gone on with are named with the reason. */
  private Map<RunKey, RuntimeException> load(List<Envelope> commands) {
    var refused = new HashMap<RunKey, RuntimeException>();
    var wanted = new LinkedHashSet<RunKey>();
    for (var envelope : commands) {
      var key = envelope.command().run();
      var banned = watch.banned(key);
      if (banned != null) {
        refused.put(key, banned);
      } else if (!key.isChunk() && !envelope.isWake()) {
        wanted.add(key);
      }
    }
    refused.putAll(runs.load(wanted));
    return refused;
  }
}
