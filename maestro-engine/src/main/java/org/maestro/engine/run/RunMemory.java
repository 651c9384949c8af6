package org.maestro.engine.run;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of a node's memory runs may take, by the characters that they have as JSON: those that
 * its shards keep, and those that turns bring in. For all shards of the node.
 */
public final class RunMemory {
  /** What a character costs while a run is read: its row, its text, its values, and the machine. */
  private static final long BYTES_PER_CHARACTER = 6;

  private final long most;
  private final AtomicLong kept = new AtomicLong();
  private final Object turns = new Object();
  private long underWay;
  private final Object reports = new Object();
  private long reported;

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

  /** Reports of jobs wait for their shards, or wait no more. */
  public void reported(long characters) {
    synchronized (reports) {
      reported += characters;
      if (characters < 0) {
        reports.notifyAll();
      }
    }
  }

  /** Waits until there is room for one more report. */
  public void awaitReports() throws InterruptedException {
    synchronized (reports) {
      while (reported > most / 2) {
        reports.wait();
      }
    }
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
