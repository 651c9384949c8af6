package org.maestro.engine.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.maestro.engine.backfill.BackfillDriver;
import org.maestro.engine.backfill.BackfillWakes;
import org.maestro.engine.breakpoint.BreakpointNews;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.deadletter.DeadLetters;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitChannel;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitMessage;
import org.maestro.engine.permit.PermitRecovery;
import org.maestro.engine.permit.TagPermits;
import org.maestro.engine.run.NodeMessages;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.shard.ShardLoop;
import org.maestro.engine.start.Admission;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other besides commands to runs: permits asked for and given back, that
 * limits or breakpoints have changed, and that a back-fill has room for another run. Goes over the
 * command topic without an outbox: what is lost with a node is found by comparing with the
 * database.
 */
final class NodeChannel
    implements PermitChannel, BreakpointNews, BackfillWakes, NodeMessages, ShardOwnership {
  private static final Logger log = LoggerFactory.getLogger(NodeChannel.class);
  private static final String PERMIT = "permit";
  private static final String RESUMED = "shard-resumed";
  private static final String LIMITS = "limits-changed";
  private static final String BREAKPOINTS = "breakpoints-changed";
  private static final String BACKFILL = "backfill";

  /**
   * In which epoch of the holder's shard a permit message was sent: what is older than the present
   * one is void. A header, as nodes of the first release read no message with a field more.
   */
  static final String EPOCH = "maestro-epoch";

  private static final int PERMIT_SHARD = 0;
  private static final int LEDGER_TRIES = 10;

  private final MessageSender sender;
  private final Topics topics;
  private final RunJson json;
  private final RunCommands commands;
  private final IntPredicate owns;
  private final IntToLongFunction epochs;

  /**
   * The greatest epoch of each shard that has been heard of: older messages of permits are void.
   */
  private final Map<Integer, Long> epochsHeard = new ConcurrentHashMap<>();

  private final String node;
  private final Executor executor;
  private final ShardLoop.Pause pause;
  private final Supplier<Parts> parts;
  private final Set<String> unknownKinds = ConcurrentHashMap.newKeySet();

  /** What the messages are about; asked for when the first one comes. */
  record Parts(
      NodePermits permits,
      TagPermits tagPermits,
      PermitRecovery recovery,
      KnownBreakpoints breakpoints,
      Admission admission,
      BackfillDriver backfills,
      Supplier<List<String>> liveBackfills,
      DeadLetters parked) {}

  /** A shard, the epoch in which it goes on, and the node that says so. */
  record Resumed(int shard, long epoch, String node) {}

  /** A back-fill, and an instance of it of which a run has ended; 0 for none in particular. */
  record Wake(String backfillId, long instanceId) {}

  NodeChannel(
      MessageSender sender,
      Topics topics,
      RunJson json,
      RunCommands commands,
      IntPredicate owns,
      IntToLongFunction epochs,
      String node,
      Executor executor,
      ShardLoop.Pause pause,
      Supplier<Parts> parts) {
    this.sender = sender;
    this.topics = topics;
    this.json = json;
    this.commands = commands;
    this.owns = owns;
    this.epochs = epochs;
    this.node = node;
    this.executor = executor;
    this.pause = pause;
    this.parts = parts;
  }

  @Override
  public void send(PermitMessage message) {
    post(
        List.of(
            new OutgoingMessage(
                topics.commands(),
                PERMIT_SHARD,
                PERMIT,
                json.writeBytes(message),
                Map.of(
                    NodeMessages.KIND, PERMIT, EPOCH, Long.toString(epochOf(message.holder()))))));
  }

  /** Since when this node owns the shard of the holder's run, as an epoch; 0 if it does not. */
  long epochOf(PermitHolder holder) {
    return epochs.applyAsLong(shardOf(holder));
  }

  private int shardOf(PermitHolder holder) {
    return new RunKey(holder.workflowId(), holder.instanceId(), holder.runId())
        .shard(topics.shards());
  }

  @Override
  public void granted(PermitHolder holder) {
    commands.tell(
        new RunCommand.PermitsGranted(
            new RunKey(holder.workflowId(), holder.instanceId(), holder.runId()),
            holder.stepId(),
            holder.attemptId()));
  }

  @Override
  public void limitsChanged() {
    broadcast(LIMITS);
  }

  @Override
  public void breakpointsChanged() {
    broadcast(BREAKPOINTS);
  }

  @Override
  public void wake(String backfillId, long instanceId) {
    var home = BackfillDriver.home(backfillId, topics.shards());
    if (owns.test(home)) {
      parts.get().backfills().wake(backfillId, instanceId);
    } else {
      var body = json.writeBytes(new Wake(backfillId, instanceId));
      post(List.of(message(home, BACKFILL, body)));
    }
  }

  /** Finds what was lost on the way. */
  void wakeAllBackfills() {
    parts.get().liveBackfills().get().forEach(id -> wake(id, 0));
  }

  /** One message to each shard reaches every node, most of them more than once. */
  private void broadcast(String kind) {
    var messages = new ArrayList<OutgoingMessage>();
    for (int shard = 0; shard < topics.shards(); shard++) {
      messages.add(message(shard, kind, new byte[0]));
    }
    post(messages);
  }

  private OutgoingMessage message(int shard, String kind, byte[] body) {
    return new OutgoingMessage(
        topics.commands(), shard, kind, body, Map.of(NodeMessages.KIND, kind));
  }

  private void post(List<OutgoingMessage> messages) {
    var _ =
        sender
            .send(messages)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                log.warn("A message between nodes was lost: {}", failure.toString());
              }
            });
  }

  @Override
  public void received(String kind, int shard, ReceivedMessage message) {
    try {
      switch (kind) {
        case PERMIT -> handle(json.read(message.value(), PermitMessage.class), epoch(message), 0);
        case RESUMED -> {
          var resumed = json.read(message.value(), Resumed.class);
          epochsHeard.merge(resumed.shard(), resumed.epoch(), Math::max);
          // What this node said before it kept the ledger, the ledger was built after.
          if (!resumed.node().equals(node)) {
            resumedHere(resumed.shard(), resumed.epoch());
          }
        }
        case LIMITS -> executor.execute(() -> parts.get().tagPermits().reload());
        case BREAKPOINTS -> executor.execute(() -> parts.get().breakpoints().reload());
        case BACKFILL -> {
          var wake = json.read(message.value(), Wake.class);
          parts.get().backfills().wake(wake.backfillId(), wake.instanceId());
        }
        default -> {
          if (unknownKinds.add(kind)) { // the next ones say no more
            park(shard, message, "this engine knows no messages of the kind \"" + kind + "\"");
          }
        }
      }
    } catch (RuntimeException e) {
      park(shard, message, "it can't be read or handled: " + e);
    }
  }

  /** Not on the caller's thread, which reads for all shards. */
  private void park(int shard, ReceivedMessage message, String reason) {
    executor.execute(() -> unknown(shard, message, reason));
  }

  @Override
  public void unknown(int shard, ReceivedMessage message, String reason) {
    parts
        .get()
        .parked()
        .parkRead(
            message.offset(),
            new OutgoingMessage(
                topics.commands(), shard, message.key(), message.value(), message.headers()),
            reason);
  }

  /** Nodes of the first release say none: what they send counts as of now. */
  private static long epoch(ReceivedMessage message) {
    var epoch = message.headers().getOrDefault(EPOCH, "");
    return epoch.isEmpty() ? Long.MAX_VALUE : Long.parseLong(epoch);
  }

  /** A message that comes while the ledger is being built waits for it. */
  private void handle(PermitMessage message, long epoch, int tries) {
    var shard = shardOf(message.holder());
    // The epoch of a shard that has just come here may not have been told of yet.
    var present = Math.max(epochsHeard.getOrDefault(shard, 0L), epochs.applyAsLong(shard));
    if (epoch < present || parts.get().permits().handle(message) || tries >= LEDGER_TRIES) {
      return;
    }
    executor.execute(() -> {
      try {
        pause.afterFailure(tries);
        handle(message, epoch, tries + 1);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @Override
  public void gained(int shard) {
    if (shard == PERMIT_SHARD) {
      parts.get().recovery().takeOver();
    }
    executor.execute(() -> {
      parts.get().admission().checkAll();
      wakeAllBackfills();
    });
  }

  /**
   * {@inheritDoc}
   *
   * <p>The node that keeps the ledger looks at what it keeps for the shard; for the permit shard
   * itself it has just built it.
   */
  @Override
  public void resumed(int shard, long epoch) {
    if (owns.test(PERMIT_SHARD) || shard == PERMIT_SHARD) {
      resumedHere(shard, epoch);
    } else {
      post(
          List.of(
              message(PERMIT_SHARD, RESUMED, json.writeBytes(new Resumed(shard, epoch, node)))));
    }
  }

  private void resumedHere(int shard, long epoch) {
    epochsHeard.merge(shard, epoch, Math::max);
    executor.execute(parts.get().recovery().shardResumed(holder -> shardOf(holder) == shard));
  }

  @Override
  public void lost(int shard) {
    if (shard == PERMIT_SHARD) {
      parts.get().permits().lost();
    }
  }
}
