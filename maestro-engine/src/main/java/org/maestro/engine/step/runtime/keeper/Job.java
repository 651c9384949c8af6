package org.maestro.engine.step.runtime.keeper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolder.ExitStatus;
import org.maestro.engine.step.runtime.job.MaskedStream;

/**
 * One job from its claim until its end is recorded. It is over when its first process has ended, no
 * process that it left lives, and nobody can write to its pipes. Guarded by its monitor.
 */
final class Job {
  /** What ends before it was begun, because it was told to: as if SIGTERM had ended it. */
  private static final int TERMINATED = 128 + Libc.SIGTERM;

  private final KeeperMessage.Run order;
  private final AttemptFolder folder;
  private final long mark;
  private final MaskedStream.Texts hidden;
  private final List<OutputPump.Stream> streams = new ArrayList<>();
  private long pid;
  private long startTicks;
  private int code = TERMINATED;
  private int openPipes;
  private boolean isStopped;
  private boolean isLost;
  private boolean hasEnded;
  private boolean isAlone;
  private boolean isOver;
  private @Nullable Future<?> deadline;

  Job(KeeperMessage.Run order) {
    this.order = order;
    this.folder = new AttemptFolder(Path.of(order.folder()));
    this.mark = JobMark.of(order.uuid());
    this.hidden = MaskedStream.Texts.of(order.hidden());
  }

  KeeperMessage.Run order() {
    return order;
  }

  String uuid() {
    return order.uuid();
  }

  AttemptFolder folder() {
    return folder;
  }

  MaskedStream.Texts hidden() {
    return hidden;
  }

  long mark() {
    return mark;
  }

  synchronized long pid() {
    return pid;
  }

  synchronized long startTicks() {
    return startTicks;
  }

  synchronized boolean isStopped() {
    return isStopped;
  }

  /** Whether it has begun, not ended, and may be the parent of a process that began then. */
  synchronized boolean mayHaveStarted(long ticks) {
    return pid != 0 && !hasEnded && startTicks <= ticks;
  }

  synchronized void began(long newPid, long ticks) {
    pid = newPid;
    startTicks = ticks;
    openPipes = 2;
  }

  synchronized void prints(OutputPump.Stream stream) {
    streams.add(stream);
  }

  /** Remembers that it was told to end; the group to signal, 0 if there is none any more. */
  synchronized long stop() {
    isStopped = true;
    return group();
  }

  /** The group as long as its number can't be given to another one; 0 otherwise. */
  synchronized long group() {
    return hasEnded ? 0 : pid;
  }

  /** It never began, and this is how it counts. */
  synchronized void neverBegan(int newCode, boolean newIsLost) {
    code = newCode;
    isLost = newIsLost;
    hasEnded = true;
    isAlone = true;
  }

  /** Its first process has ended. */
  synchronized void ended(int newCode, Future<?> newDeadline) {
    code = newCode;
    hasEnded = true;
    deadline = newDeadline;
  }

  /** Nothing that it left lives any more. */
  synchronized void isAlone() {
    isAlone = true;
  }

  synchronized void pipeEnded() {
    openPipes--;
  }

  /** Waits no longer for what it left; who holds its pipes loses them. */
  List<OutputPump.Stream> abandon() {
    synchronized (this) {
      isAlone = true;
      return List.copyOf(streams);
    }
  }

  /** Whether it is over now; true once. */
  synchronized boolean isOverNow() {
    if (isOver || !hasEnded || !isAlone || openPipes > 0) {
      return false;
    }
    isOver = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    return true;
  }

  /** The end to record; what the keeper itself cut short is lost. */
  synchronized ExitStatus exit(boolean isCutShort) {
    return isLost || isCutShort ? ExitStatus.LOST : new ExitStatus(code, isStopped);
  }
}
