package org.maestro.engine.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.job.FolderWatch;

/** One reader's place in a stream that is still being written. For one thread. */
public final class LogTail implements AutoCloseable {
  private static final int SLICE = 64 * 1024;
  private final LogStore logs;
  private final AttemptRef attempt;
  private final LogStream stream;
  private final Semaphore changed = new Semaphore(0);
  private final FolderWatch.Subscription subscription;
  private volatile boolean woken;
  private long offset;

  LogTail(
      LogStore logs,
      FolderWatch watch,
      Path folder,
      AttemptRef attempt,
      LogStream stream,
      long offset)
      throws IOException {
    this.logs = logs;
    this.attempt = attempt;
    this.stream = stream;
    this.offset = offset;
    this.subscription = watch.subscribe(folder, _ -> changed.release());
  }

  /**
   * The next piece: as soon as there is one, or empty after {@code patience}. After one with {@link
   * LogSlice#eof()} there is nothing more to ask for.
   */
  public LogSlice next(Duration patience) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      // Changes from here on wake the wait below; those before are in what is read now.
      changed.drainPermits();
      var slice = logs.read(attempt, stream, offset, SLICE);
      offset = slice.nextOffset();
      var left = deadline - System.nanoTime();
      if (!slice.text().isEmpty() || slice.eof() || left <= 0 || woken) {
        return slice;
      }
      var _ = changed.tryAcquire(left, TimeUnit.NANOSECONDS);
    }
  }

  /** Ends the wait of {@link #next}, also of later calls. Any thread may call it. */
  public void wake() {
    woken = true;
    changed.release();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
