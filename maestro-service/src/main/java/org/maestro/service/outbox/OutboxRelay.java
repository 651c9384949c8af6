package org.maestro.service.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.RefusedMessagesException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes committed messages to the broker, in the order of the commits, and lets their outbox rows
 * go once it has them. At least once: what was under way when a node went down is sent again by
 * whoever finds it.
 *
 * <p>However long the broker is away, what waits here is ids and at most {@link #HELD_BYTES} of
 * what they stand for; the rest is read again when its turn comes, and leaves in portions of {@link
 * #PORTION_BYTES}. A message that the broker will never take is parked, and the others go on.
 */
public final class OutboxRelay implements Runnable {
  /** How much of what waits is kept in memory, so that it needn't be read again. */
  static final long HELD_BYTES = 8L << 20;

  /** Far below what {@link MessageSender} takes at a time, also for several relays of a process. */
  static final long PORTION_BYTES = 4L << 20;

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int ROWS = 500;

  private final String name;
  private final Outbox outbox;
  private final MessageSender sender;
  private final Wait wait;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

  /** The ids of what waits: whoever looks twice for messages need not send them twice. */
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private final AtomicLong held = new AtomicLong();
  private final LongAdder sent = new LongAdder();
  private final LongAdder parked = new LongAdder();
  private volatile boolean sending;
  private volatile boolean failing;

  /** What was taken out of the queue and hasn't left; belongs to the relay's thread. */
  private final Map<String, Waiting> leaving = new LinkedHashMap<>();

  /** Waits after a failure; a seam, so that tests need not. */
  @FunctionalInterface
  public interface Wait {
    /**
     * Returns after a while.
     *
     * @param failures how many there have been in a row
     */
    void afterFailure(int failures) throws InterruptedException;
  }

  /** A row, and what it holds while that is still in memory. */
  private record Waiting(
      String id, long bytes, @Nullable Supplier<Iterator<OutgoingMessage>> messages) {}

  /**
   * @param name tells this relay from others in the log
   */
  public OutboxRelay(String name, Outbox outbox, MessageSender sender, Wait wait) {
    this.name = name;
    this.outbox = outbox;
    this.sender = sender;
    this.wait = wait;
  }

  /** Sends a row that is read when its turn comes. */
  public void send(String id) {
    if (waiting.add(id)) {
      queue.add(new Waiting(id, 0, null));
    }
  }

  /**
   * Sends a row that has just been written, without reading it again if it fits into memory.
   *
   * @param bytes about how much it holds
   */
  public void send(String id, long bytes, Supplier<Iterator<OutgoingMessage>> messages) {
    if (!waiting.add(id)) {
      return;
    }
    if (held.addAndGet(bytes) <= HELD_BYTES) {
      queue.add(new Waiting(id, bytes, messages));
    } else {
      held.addAndGet(-bytes);
      queue.add(new Waiting(id, 0, null));
    }
  }

  /** Whether a row waits here already. */
  public boolean isWaiting(String id) {
    return waiting.contains(id);
  }

  /** How many rows the broker has not confirmed. */
  public int waiting() {
    return waiting.size();
  }

  /** How many messages the broker has confirmed. */
  public long sent() {
    return sent.sum();
  }

  /** How many messages the broker refused for good. */
  public long parked() {
    return parked.sum();
  }

  /** Whether the last try to send failed. */
  public boolean isFailing() {
    return failing;
  }

  /** Whether the broker has everything that was handed over so far. */
  public boolean isIdle() {
    return !sending && queue.isEmpty();
  }

  /** Sends until its thread is interrupted. */
  @Override
  public void run() {
    var failures = 0;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (leaving.isEmpty()) {
          take();
        }
        leave();
        sending = false;
        failing = false;
        failures = 0;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        failures++;
        if (!failing) {
          log.warn("Messages of the {} wait for the broker or the database: {}", name, said(e));
        }
        failing = true;
        try {
          wait.afterFailure(failures);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static String said(RuntimeException e) {
    var cause = e instanceof CompletionException ? e.getCause() : e;
    return String.valueOf(cause);
  }

  private void take() throws InterruptedException {
    var rows = new ArrayList<Waiting>();
    rows.add(queue.take());
    sending = true;
    queue.drainTo(rows, ROWS - 1);
    rows.forEach(row -> leaving.put(row.id(), row));
  }

  private void leave() {
    var rest = new ArrayDeque<>(leaving.values());
    var portion = new Portion();
    while (!rest.isEmpty()) {
      for (var row : next(rest)) {
        if (row.messages() != null) {
          portion.add(row.id(), row.messages());
        }
      }
    }
    portion.leave();
  }

  /** The rows to leave next: one from memory, or some that are read; none if they are gone. */
  private List<Outbox.Row> next(ArrayDeque<Waiting> rest) {
    var first = rest.getFirst();
    if (first.messages() != null) {
      rest.removeFirst();
      return List.of(new Outbox.Row(first.id(), first.messages().get()));
    }
    var asked = new LinkedHashMap<String, Waiting>();
    while (!rest.isEmpty() && rest.getFirst().messages() == null) {
      var row = rest.removeFirst();
      asked.put(row.id(), row);
    }
    var found = outbox.read(asked.keySet(), PORTION_BYTES);
    for (var row : found.reversed()) {
      var known = asked.remove(row.id());
      if (known != null && row.messages() == null) {
        rest.addFirst(known);
      }
    }
    done(asked.keySet()); // they have gone another way
    return found;
  }

  private void done(Collection<String> ids) {
    for (var id : ids) {
      var row = leaving.remove(id);
      if (row != null) {
        held.addAndGet(-row.bytes());
      }
      waiting.remove(id);
    }
  }

  /** Messages that are sent together, and the rows that are done with once they have arrived. */
  private final class Portion {
    private final List<OutgoingMessage> messages = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private long bytes;

    void add(String id, Iterator<OutgoingMessage> ofRow) {
      try {
        while (ofRow.hasNext()) {
          add(ofRow.next());
        }
        rows.add(id);
      } catch (UnknownMessageException e) {
        // It stays in the table, for a node that knows it, and is not looked at here again.
        log.error("Row {} of the {} can't be put into words and is left: {}", id, name, said(e));
        var left = leaving.remove(id);
        if (left != null) {
          held.addAndGet(-left.bytes());
        }
      }
    }

    private void add(OutgoingMessage message) {
      var more = message.value().length;
      if (!messages.isEmpty() && bytes + more > PORTION_BYTES) {
        leave();
      }
      messages.add(message);
      bytes += more;
    }

    void leave() {
      try {
        sender.send(messages).join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof RefusedMessagesException refused)) {
          throw e;
        }
        log.error("Messages of the {} are parked: {}", name, refused.getMessage());
        outbox.park(refused.refused());
        parked.add(refused.refused().size());
      }
      sent.add(messages.size());
      messages.clear();
      bytes = 0;
      if (!rows.isEmpty()) {
        outbox.delete(rows);
        done(rows);
        rows.clear();
      }
    }
  }
}
