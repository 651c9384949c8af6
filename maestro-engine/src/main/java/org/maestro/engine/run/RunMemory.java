package org.maestro.engine.run;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of a node's memory runs may take, by the characters that they have as JSON: those that
 * its shards keep, those that turns bring in, those that wait to be written, and those of what
 * waits in mailboxes. For all shards of the node.
 */
public final class RunMemory {
  /** What a character costs while a run is read: its row, its text, its values, and the machine. */
  private static final long BYTES_PER_CHARACTER = 6;

  private final long most;
  private final AtomicLong kept = new AtomicLong();
  private final Object turns = new Object();
  private long underWay;
  private final AtomicLong writing = new AtomicLong();
  private final Object mailboxes = new Object();
  private long waiting;

  /**
   * @param heap bytes of memory that the process may have
   */
  public RunMemory(long heap) {
    most = Math.max(1_000_000, heap / 4 / BYTES_PER_CHARACTER);
  }

  /** A shard keeps more now, or less. */
  public void keep(long characters) {
    kept.addAndGet(characters);
  }

  /** Whether shards have to forget runs that are idle. */
  public boolean isFull() {
    return kept.get() > most;
  }

  /** How much they keep. */
  long kept() {
    return kept.get();
  }

  /** So much more waits in mailboxes, or less. */
  public void waiting(long characters) {
    synchronized (mailboxes) {
      waiting += characters;
      if (characters < 0) {
        mailboxes.notifyAll();
      }
    }
  }

  /** Whether what can wait elsewhere should. */
  public boolean areMailboxesFull() {
    synchronized (mailboxes) {
      return waiting > most / 2;
    }
  }

  /** Waits until there is room for something long in mailboxes. */
  public void awaitMailboxes() throws InterruptedException {
    synchronized (mailboxes) {
      while (waiting > most / 2) {
        mailboxes.wait();
      }
    }
  }

  /** Turns have so much to be written, or it is written. */
  public void writes(long characters) {
    writing.addAndGet(characters);
  }

  /**
   * How much a turn may have to be written, but for the last run in it.
   *
   * @param alone how much that is if there are no others; always an eighth of it
   */
  public long mayWrite(long alone) {
    return Math.max(alone / 8, Math.min(alone, most - writing.get()));
  }

  /** The memory that a turn has for what it reads. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until there is room for a turn that reads so much; one that is alone has it always. */
  public Turn enter(long characters) throws InterruptedException {
    synchronized (turns) {
      while (underWay > 0 && underWay + characters > most) {
        turns.wait();
      }
      underWay += characters;
    }
    return () -> {
      synchronized (turns) {
        underWay -= characters;
        turns.notifyAll();
      }
    };
  }
}
