package org.maestro.signal.shard;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ShardListener;
import org.maestro.service.database.Transactions;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.RowSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic whose partitions this node shares with others. That messages are consumed and what they
 * do is one transaction, which only the partition's present owner can commit: so each takes effect
 * once, however often it is delivered and whoever was paused or cut off meanwhile. One that can
 * never take effect is parked, and the partition moves on.
 */
public final class OwnedTopic implements ShardListener {
  private static final Logger log = LoggerFactory.getLogger(OwnedTopic.class);

  private final String topic;
  private final String owner;
  private final ShardStore shards;
  private final Transactions transactions;
  private final TopicWork work;
  private final RowSender relay;
  private final DeadLetterStore deadLetters;
  private final InstantSource clock;
  private final Map<Integer, Long> epochs = new ConcurrentHashMap<>();
  private final LongAdder handled = new LongAdder();

  /**
   * @param owner the name of this node
   */
  public OwnedTopic(
      String topic,
      String owner,
      ShardStore shards,
      Transactions transactions,
      TopicWork work,
      RowSender relay,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    this.topic = topic;
    this.owner = owner;
    this.shards = shards;
    this.transactions = transactions;
    this.work = work;
    this.relay = relay;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** The partition belongs to somebody else by now. */
  private static final class LostShardException extends RuntimeException {
    LostShardException() {
      super(null, null, false, false);
    }
  }

  public String name() {
    return topic;
  }

  /** How many partitions this node writes for. */
  public int owned() {
    return epochs.size();
  }

  /** How many messages have been handled, or parked, by this node. */
  public long handled() {
    return handled.sum();
  }

  /** Of these partitions, those that this node can't write for. */
  public Set<Integer> deserted(Set<Integer> assigned) {
    var deserted = new HashSet<>(assigned);
    deserted.removeAll(epochs.keySet());
    return deserted;
  }

  @Override
  public Map<Integer, Long> onAssigned(Set<Integer> assigned) {
    var claims = transactions.runIdempotent(() -> shards.claim(topic, assigned, owner));
    var offsets = new HashMap<Integer, Long>();
    claims.forEach((shard, claim) -> {
      epochs.put(shard, claim.epoch());
      if (!claim.isNew()) {
        offsets.put(shard, claim.next());
      }
    });
    log.info("Took over {} of {}", assigned, topic);
    return offsets;
  }

  @Override
  public void onRevoked(Set<Integer> revoked) {
    epochs.keySet().removeAll(revoked);
  }

  @Override
  public void onLost(Set<Integer> lost) {
    epochs.keySet().removeAll(lost);
  }

  @Override
  public void onCommands(int shard, List<ReceivedMessage> messages) {
    var epoch = epochs.get(shard);
    if (epoch == null) {
      return; // deserted; it will be assigned again
    }
    try {
      if (!takeEffect(shard, epoch, messages)) {
        messages.forEach(message -> takeEffectAlone(shard, epoch, message));
      }
      handled.add(messages.size());
      work.committed(messages);
    } catch (LostShardException _) {
      log.warn("{} of {} has another owner", shard, topic);
      epochs.remove(shard);
    }
  }

  /** False if it is the messages' fault that they can't. */
  private boolean takeEffect(int shard, long epoch, List<ReceivedMessage> messages) {
    try {
      relay.send(
          transactions.runIdempotent(() -> {
            var next = fence(shard, epoch);
            var fresh = messages.stream().filter(message -> message.offset() >= next).toList();
            if (fresh.isEmpty()) {
              return List.<OutboxRow>of();
            }
            var rows = work.apply(shard, fresh);
            consumed(shard, epoch, fresh.getLast().offset() + 1);
            return rows;
          }));
      return true;
    } catch (LostShardException e) {
      throw e;
    } catch (RuntimeException e) {
      if (Transactions.isFaultOfTheWork(e)) {
        log.warn("Messages of {} are handled one by one, because together they fail", topic, e);
        return false;
      }
      throw e;
    }
  }

  private void takeEffectAlone(int shard, long epoch, ReceivedMessage message) {
    try {
      relay.send(
          transactions.runIdempotent(() -> {
            if (message.offset() < fence(shard, epoch)) {
              return List.<OutboxRow>of();
            }
            var rows = work.applyAlone(shard, message);
            consumed(shard, epoch, message.offset() + 1);
            return rows;
          }));
    } catch (LostShardException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      log.error("A message of {} can't be handled and is parked", topic, e);
      transactions.runIdempotent(() -> {
        if (message.offset() >= fence(shard, epoch)) {
          deadLetters.insert(parked(shard, message, e.toString()));
          consumed(shard, epoch, message.offset() + 1);
        }
      });
    }
  }

  private DeadLetter parked(int shard, ReceivedMessage message, String reason) {
    return DeadLetter.message(topic, shard, message, reason, clock.millis());
  }

  private long fence(int shard, long epoch) {
    return shards.fence(topic, shard, epoch).orElseThrow(LostShardException::new);
  }

  private void consumed(int shard, long epoch, long next) {
    if (!shards.consumed(topic, shard, epoch, next)) {
      throw new LostShardException();
    }
  }

  @Override
  public void onOffsetReset(int shard, long expected, long continuesAt) {
    var epoch = epochs.get(shard);
    if (epoch == null) {
      return;
    }
    log.error(
        "{} of {} was to be read at {} and goes on at {}", shard, topic, expected, continuesAt);
    try {
      transactions.runIdempotent(() -> {
        fence(shard, epoch);
        consumed(shard, epoch, continuesAt);
      });
    } catch (LostShardException _) {
      epochs.remove(shard);
    }
  }
}
