package org.maestro.engine.run.shard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.NodeMessages;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.TurnNews;
import org.maestro.engine.run.WayOut;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.engine.run.store.RunStore;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ShardListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shards that this node owns. Takes them over and lets them go as Kafka's consumer group says,
 * and brings every command to its run: in memory if its shard is here, through the outbox and Kafka
 * if it is elsewhere.
 */
public final class Shards implements ShardListener, RunCommands {
  private static final Logger log = LoggerFactory.getLogger(Shards.class);

  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

  /** Well before a new run is looked for as a forgotten one. */
  private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(4);

  /** How often somebody elsewhere is told of something while the database does not answer. */
  private static final int TELLINGS = 20;

  /** How long a shard's last turn is waited for when the group wants it back. */
  private static final Duration LAST_TURN = Duration.ofSeconds(2);

  /** How much of the outbox is read at a time. */
  private static final long PAGE_BYTES = 4L << 20;

  private final int count;
  private final RunStore store;
  private final OutboxStore outbox;
  private final CrashWatch.Node crashes;
  private final RunJson json;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final ThreadFactory threads;
  private final Function<Shards, ShardLoop.Parts> parts;
  private final Owners owners;
  private final NodeMessages nodeMessages;
  private final ConcurrentHashMap<Integer, Owned> owned = new ConcurrentHashMap<>();

  /** Held while a shard comes or goes, so that {@link Owners} hear of it in that order. */
  private final Object ownership = new Object();

  private Set<String> waitedBefore = Set.of();
  private Set<RunKey> unbegunBefore = Set.of();
  private Set<Integer> idleBefore = Set.of();
  private volatile boolean closed;
  private @Nullable WayOut wayOut;
  private ShardLoop.@Nullable Parts made;

  /** Hears which shards come and go, before their commands are handled and after. */
  public interface Owners {
    void gained(int shard);

    /**
     * What the shard's last commits should have let out may be lost: with the node that owned it,
     * or because nobody knew whether they had happened. Nothing of an earlier epoch is under way.
     */
    void resumed(int shard, long epoch);

    void lost(int shard);
  }

  private record Owned(ShardLoop loop, Thread thread) {}

  /**
   * @param count how many shards the installation has
   * @param threads makes the loops' threads
   */
  public Shards(
      int count,
      RunStore store,
      OutboxStore outbox,
      CrashWatch.Node crashes,
      RunJson json,
      Supplier<String> ids,
      InstantSource clock,
      ThreadFactory threads,
      Function<Shards, ShardLoop.Parts> parts,
      Owners owners,
      NodeMessages nodeMessages) {
    this.count = count;
    this.store = store;
    this.outbox = outbox;
    this.crashes = crashes;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
    this.threads = threads;
    this.parts = parts;
    this.owners = owners;
    this.nodeMessages = nodeMessages;
  }

  /** Connects the way out. To be called once, before any shard is assigned. */
  public void connect(WayOut out) {
    wayOut = out;
    made = parts.apply(this);
  }

  public int count() {
    return count;
  }

  /** Whether this node owns the shard, as far as it knows. */
  public boolean owns(int shard) {
    return owned.containsKey(shard);
  }

  /** Since when this node owns the shard, as an epoch; 0 if it does not. */
  public long epochOf(int shard) {
    var here = owned.get(shard);
    return here == null ? 0 : here.loop().epoch();
  }

  public Set<Integer> owned() {
    return Set.copyOf(owned.keySet());
  }

  // ------------------------------------------------------------------ ownership

  @Override
  public Map<Integer, Long> onAssigned(Set<Integer> shards) {
    var offsets = new HashMap<Integer, Long>();
    for (int shard : shards) {
      synchronized (ownership) {
        letGo(shard); // of an assignment that failed halfway, or that the fence ended
        var taken = store.takeOver(shard);
        var watch = crashes.begin(shard, taken.epoch(), clock);
        var loop = new ShardLoop(shard, taken.epoch(), watch, partsNow());
        owners.gained(shard);
        recover(shard, loop, watch);
        var thread = threads.newThread(loop);
        owned.put(shard, new Owned(loop, thread));
        thread.start();
        if (taken.consumedOffset() >= 0) {
          offsets.put(shard, taken.consumedOffset() + 1);
        }
      }
    }
    return offsets;
  }

  /** Whatever was under way is looked at before anything new. */
  private void recover(int shard, ShardLoop loop, CrashWatch watch) {
    var gone = new HashSet<>(watch.suspects());
    gone.removeIf(RunKey::isChunk); // one may be ordered and not kept yet
    for (var key : store.liveRuns(shard)) {
      gone.remove(key);
      loop.offer(new Mailbox.Envelope(new RunCommand.RecoverRun(key), null, -1, 0));
    }
    for (var chunk : partsNow().loopStore().liveChunks(shard)) {
      loop.offer(new Mailbox.Envelope(new RunCommand.RecoverChunk(chunk), null, -1, 0));
    }
    watch.forget(gone);
    redeliver(loop);
  }

  /** Brings all messages that a shard wrote or awaits on their way once more. */
  public void redeliver(ShardLoop loop) {
    owners.resumed(loop.shard(), loop.epoch());
    var page = outbox.ofShard(loop.shard(), "", PAGE_BYTES);
    while (!page.isEmpty()) {
      redeliver(loop, page);
      page = outbox.ofShard(loop.shard(), page.getLast().id(), PAGE_BYTES);
    }
  }

  private void redeliver(ShardLoop loop, List<OutboxStore.OutboxRow> page) {
    var own = new ArrayList<Mailbox.Envelope>();
    for (var row : page) {
      var target = row.shard();
      if (target == null || (target != loop.shard() && !owned.containsKey(target))) {
        wayOut().send(row.id());
      } else {
        kept(row)
            .ifPresent(command -> {
              if (target == loop.shard()) {
                own.add(new Mailbox.Envelope(command, row.id(), -1, 0));
              } else {
                deliver(row.id(), command);
              }
            });
      }
    }
    loop.offerMissing(own);
  }

  /** A command that is kept in the outbox; one that can't be read must not hold back its shard. */
  private Optional<RunCommand> kept(OutboxStore.OutboxRow row) {
    var body = row.body() == null ? "" : row.body();
    try {
      return Optional.of(json.read(body, RunCommand.class));
    } catch (RuntimeException e) {
      log.error("Outbox row {} holds no command that this engine knows: {}", row.id(), body, e);
      return Optional.empty();
    }
  }

  /** Commands that a loop has left in the outbox; a page of them. */
  public Mailbox.Page keptPage(List<String> ids) {
    var commands = new HashMap<String, RunCommand>();
    var more = new HashSet<String>();
    for (var row : outbox.byId(ids, PAGE_BYTES)) {
      if (row.body() == null) {
        more.add(row.id());
      } else {
        kept(row).ifPresent(command -> commands.put(row.id(), command));
      }
    }
    return new Mailbox.Page(commands, more);
  }

  private ShardLoop.Parts partsNow() {
    if (made == null) {
      throw new IllegalStateException("expected to be connected before shards are assigned");
    }
    return made;
  }

  private WayOut wayOut() {
    if (wayOut == null) {
      throw new IllegalStateException("expected to be connected before messages are sent");
    }
    return wayOut;
  }

  @Override
  public void onRevoked(Set<Integer> shards) {
    letGoAndWait(shards);
  }

  @Override
  public void onLost(Set<Integer> shards) {
    log.info("Lost shards {}", new TreeSet<>(shards));
    shards.forEach(this::letGo);
  }

  /** Lets go so that nothing is under way any more when the next owner begins, if that is soon. */
  private void letGoAndWait(Collection<Integer> shards) {
    log.info("Letting go of shards {}", new TreeSet<>(shards));
    var ending = new ArrayList<Owned>();
    for (int shard : shards) {
      var gone = owned.get(shard);
      if (gone != null) {
        ending.add(gone);
        letGo(shard);
      }
    }
    var until = clock.millis() + LAST_TURN.toMillis();
    var ended = new HashMap<Integer, Long>();
    try {
      for (var one : ending) {
        if (one.thread().join(Duration.ofMillis(Math.max(1, until - clock.millis())))) {
          ended.put(one.loop().shard(), one.loop().epoch());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sayLetGo(ended);
  }

  /** Else the next owner is careful for nothing. */
  private void sayLetGo(Map<Integer, Long> epochs) {
    if (epochs.isEmpty()) {
      return;
    }
    try {
      crashes.store().letGo(epochs);
    } catch (RuntimeException e) {
      log.info("That shards were let go of could not be kept: {}", e.toString());
    }
  }

  private void letGo(int shard) {
    synchronized (ownership) {
      var gone = owned.remove(shard);
      if (gone != null) {
        log.debug("Shard {} is no longer owned here", shard);
        gone.loop().close();
        owners.lost(shard);
      }
    }
  }

  /** A loop has ended by itself. If its shard has a new loop here already, that one goes on. */
  public void ended(ShardLoop loop) {
    synchronized (ownership) {
      var now = owned.get(loop.shard());
      if (now != null && now.loop() == loop) {
        log.info("Shard {} has another owner", loop.shard());
        letGo(loop.shard());
      }
    }
  }

  /** Stops all loops; what they had not committed is found again by the next owner. */
  public void close() {
    closed = true;
    letGoAndWait(Set.copyOf(owned.keySet()));
  }

  /**
   * Of the shards that the group says are this node's, those that nobody has worked for at this
   * call and the one before: their loop has ended by itself and the group knew nothing of it.
   */
  public synchronized Set<Integer> deserted(Set<Integer> assigned) {
    var idle = new HashSet<>(assigned);
    idle.removeAll(owned.keySet());
    var twice = new HashSet<>(idle);
    twice.retainAll(idleBefore);
    idleBefore = idle;
    return twice;
  }

  // ------------------------------------------------------------------ commands

  @Override
  public void onCommands(int shard, List<ReceivedMessage> commands) {
    var here = owned.get(shard);
    if (here == null) {
      return; // the next owner reads them from the same offset
    }
    var readable = new ArrayList<Mailbox.Envelope>();
    var ofNodes = new ArrayList<ReceivedMessage>();
    for (var received : commands) {
      if (received.headers().containsKey(NodeMessages.KIND)) {
        ofNodes.add(received);
      } else {
        read(shard, received)
            .ifPresent(
                command -> readable.add(new Mailbox.Envelope(command, null, received.offset(), 0)));
      }
    }
    // Not before all are read: if one can't even be parked, they all come again.
    readable.forEach(here.loop()::offer);
    for (var received : ofNodes) {
      nodeMessages.received(
          received.headers().getOrDefault(NodeMessages.KIND, ""), shard, received);
      here.loop().passed(received.offset());
    }
  }

  /** Empty for one that this engine doesn't know; then it has been parked. */
  private Optional<RunCommand> read(int shard, ReceivedMessage received) {
    try {
      return Optional.of(json.read(received.value(), RunCommand.class));
    } catch (RuntimeException e) {
      log.error(
          "Shard {} offset {} holds no command that this engine knows, it is parked: {}",
          shard,
          received.offset(),
          e.toString());
      nodeMessages.unknown(shard, received, "it is no command that this engine knows: " + e);
      return Optional.empty();
    }
  }

  @Override
  public boolean isFull() {
    return made != null && made.memory().areMailboxesFull();
  }

  @Override
  public void onOffsetReset(int shard, long expected, long continuesAt) {
    var here = owned.get(shard);
    if (here != null) {
      store.resetOffset(shard, here.loop().epoch(), continuesAt - 1);
    }
  }

  @Override
  public void send(RunCommand command) {
    var id = ids.get();
    var shard = command.run().shard(count);
    outbox.keep(id, shard, command);
    deliver(id, command);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Returns at once. A run elsewhere is told on a thread of its own, because the caller's may be
   * a shard's, and is not told the time: its owner keeps that itself.
   */
  @Override
  public void tell(RunCommand command) {
    var here = owned.get(command.run().shard(count));
    if (here != null) {
      here.loop().offer(new Mailbox.Envelope(command, null, -1, 0));
    } else if (!(command instanceof RunCommand.StepTimeCame
        || command instanceof RunCommand.RunTimeCame)) {
      threads.newThread(() -> sendUntilKept(command)).start();
    }
  }

  private void sendUntilKept(RunCommand command) {
    try {
      for (int failures = 1; failures <= TELLINGS && !closed; failures++) {
        try {
          send(command);
          return;
        } catch (RuntimeException e) {
          if (failures == TELLINGS) {
            log.warn("{} was not told; its next owner will find out", command.run(), e);
          }
          partsNow().pause().afterFailure(failures);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Runnable within(List<RunCommand> sent, List<RunCommand> told) {
    var kept = new ArrayList<OutboxStore.Message>();
    var here = new ArrayList<RunCommand>();
    sent.forEach(command -> kept.add(message(command)));
    for (var command : told) {
      if (owned.containsKey(command.run().shard(count))) {
        here.add(command);
      } else {
        kept.add(message(command));
      }
    }
    outbox.keepWithin(kept);
    return () -> {
      route(kept);
      here.forEach(this::tell);
    };
  }

  @Override
  public Runnable beginning(List<RunCommand> sent, List<RunRow> begin) {
    // Whoever owns a shard at this moment has seen nothing of what is not committed yet; an owner
    // that comes later may have begun the run before it is handed over, and reads it.
    var owners = new HashMap<RunKey, ShardLoop>();
    for (var row : begin) {
      var here = owned.get(row.key().shard(count));
      if (here != null) {
        owners.put(row.key(), here.loop());
      }
    }
    var others =
        within(
            sent,
            begin.stream()
                .filter(row -> !owners.containsKey(row.key()))
                .<RunCommand>map(row -> new RunCommand.StartRun(row.key()))
                .toList());
    return () -> {
      others.run();
      for (var row : begin) {
        var owner = owners.get(row.key());
        if (owner != null) {
          handOver(row, owner);
        }
      }
    };
  }

  private void handOver(RunRow row, ShardLoop owner) {
    var here = owned.get(row.key().shard(count));
    if (here != null
        && here.loop().equals(owner)
        && clock.millis() - row.createTime() < HANDED_OVER_WITHIN.toMillis()) {
      owner.begin(row);
    } else {
      tell(new RunCommand.StartRun(row.key()));
    }
  }

  private OutboxStore.Message message(RunCommand command) {
    var shard = command.run().shard(count);
    return new OutboxStore.Message(ids.get(), shard, shard, command);
  }

  /** Messages of a batch that has been committed. */
  public void route(List<OutboxStore.Message> messages) {
    for (var message : messages) {
      switch (message.body()) {
        case RunCommand command -> deliver(message.id(), command);
        case TurnNews news -> wayOut().send(message.id(), news);
        case Object _ -> wayOut().send(message.id());
      }
    }
  }

  private void deliver(String outboxId, RunCommand command) {
    var shard = command.run().shard(count);
    var here = owned.get(shard);
    if (here != null) {
      here.loop().offer(new Mailbox.Envelope(command, outboxId, -1, 0));
    } else {
      wayOut().send(outboxId, shard, command);
    }
  }

  /**
   * Looks for what a node left to nobody when it went down: messages that it wrote for shards of
   * other nodes and didn't send, and starts that it accepted and didn't tell of. The next owner of
   * a shard finds them, too, but the shard may stay where it is. To be called every few seconds.
   */
  public synchronized void lookForForgotten() {
    var here = owned();
    var waiting = new HashSet<String>();
    var forgotten = new ArrayList<OutboxStore.OutboxRow>();
    for (var row : outbox.forShards(here)) {
      waiting.add(row.id());
      if (waitedBefore.contains(row.id())) {
        forgotten.add(row);
      }
    }
    waitedBefore = waiting;
    // Old runs may have been admitted just now: only what was there the last time is forgotten.
    var unbegun = store.unbegunRuns(here, clock.millis() - FORGOTTEN_AFTER.toMillis());
    var before = unbegunBefore;
    unbegunBefore = Set.copyOf(unbegun);
    bringForgotten(forgotten, unbegun.stream().filter(before::contains).toList());
  }

  /** Unless their way is merely busy: then they wait there, and second copies help nobody. */
  private void bringForgotten(List<OutboxStore.OutboxRow> rows, List<RunKey> unbegun) {
    var ofShards = new HashMap<Integer, ShardLoop.Forgotten>();
    for (var row : rows) {
      var target = row.shard();
      if (target != null) {
        forgottenOf(ofShards, target).messages().add(row.id());
      } else if (wayOut().isIdle() && !wayOut().isWaiting(row.id())) {
        log.warn("Message {} of shard {} was not sent; it is sent now", row.id(), row.source());
        wayOut().send(row.id());
      }
    }
    for (var run : unbegun) {
      forgottenOf(ofShards, run.shard(count)).unbegun().add(run);
    }
    if (!isFull()) { // else they may wait with the brokers
      ofShards.forEach((shard, forgotten) -> {
        var owner = owned.get(shard);
        if (owner != null) {
          owner.loop().bring(forgotten);
        }
      });
    }
  }

  private static ShardLoop.Forgotten forgottenOf(
      Map<Integer, ShardLoop.Forgotten> ofShards, int shard) {
    return ofShards.computeIfAbsent(
        shard, _ -> new ShardLoop.Forgotten(new ArrayList<>(), new ArrayList<>()));
  }

  // ------------------------------------------------------------------ time

  /** Fetches what has come near of the times that are kept in the database. */
  public void fetchTimers(Timers timers) {
    var before = clock.millis() + Timers.HORIZON.toMillis();
    for (int shard : owned.keySet()) {
      store
          .dueRuns(shard, before)
          .forEach((run, at) -> timers.at(at, () -> tell(new RunCommand.RunTimeCame(run))));
      for (var due : store.dueAttempts(shard, before)) {
        timers.at(
            due.at(),
            () -> tell(new RunCommand.StepTimeCame(due.run(), due.stepId(), due.attemptId())));
      }
    }
  }
}
