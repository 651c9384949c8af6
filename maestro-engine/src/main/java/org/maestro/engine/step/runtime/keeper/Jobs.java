package org.maestro.engine.step.runtime.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.job.MaskedStream;

/**
 * Claims attempts, runs their jobs, ends them with all that they started, and records how they
 * ended.
 *
 * <p>A process that a job leaves becomes the keeper's child when its parent has ended. Whose it was
 * is told by its session, its {@linkplain JobMark mark} or its environment. One that hides all
 * three ends when no job runs any more that could have started it.
 */
final class Jobs {
  /** So many files are flushed at a time: the file system writes one journal for all that wait. */
  private static final int DISK_THREADS = 16;

  private static final int DRAIN_SECONDS = 5;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final Libc libc;
  private final Claim self;
  private final Consumer<String> ended;
  private final Runnable idle;
  private final Processes processes;
  private final OutputPump pump;
  private final Reaper reaper;
  private final ThreadPoolExecutor disk =
      new ThreadPoolExecutor(
          DISK_THREADS,
          DISK_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("disk-", 0).factory());
  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<Long, Job> marked = new ConcurrentHashMap<>();
  private final Map<Long, Job> led = new ConcurrentHashMap<>();

  /** Serialises starts, and makes a job known before its end can be. */
  private final Object starting = new Object();

  /** Of the reaper's thread: jobs whose first process has ended, but not yet all others. */
  private final Set<Job> leaving = new HashSet<>();

  /** Of the reaper's thread: processes of which nobody can tell whose they are. */
  private final Set<Long> suspects = new HashSet<>();

  private volatile boolean isClosing;

  /** Between the last job and the next. */
  private final Object gate = new Object();

  private boolean takesNone;

  /**
   * @param self what to claim attempts with
   * @param ended hears of attempts whose end has been recorded
   * @param idle is called whenever the last job is over
   */
  Jobs(Libc libc, Claim self, Consumer<String> ended, Runnable idle) throws IOException {
    this.libc = libc;
    this.self = self;
    this.ended = ended;
    this.idle = idle;
    this.processes = new Processes(libc);
    this.pump = new OutputPump(libc);
    this.reaper = new Reaper(libc, this::childEnded);
    disk.allowCoreThreadTimeOut(true);
    timers.setRemoveOnCancelPolicy(true);
    reaper.start();
  }

  boolean isEmpty() {
    return jobs.isEmpty();
  }

  ExecutorService threads() {
    return disk;
  }

  /**
   * Runs the job unless the attempt is claimed. Waits for the disk.
   *
   * @return what keeps it from being claimed; empty if it is, by this or by somebody else
   * @throws LeavingException if this keeper takes no more jobs
   */
  String run(KeeperMessage.Run order) throws LeavingException {
    var job = new Job(order);
    synchronized (gate) {
      if (takesNone) {
        throw new LeavingException();
      }
      if (jobs.putIfAbsent(job.uuid(), job) != null) {
        return "";
      }
    }
    try {
      if (isClosing) {
        throw new IOException("the keeper is ending");
      }
      if (!job.folder().claim(self)) {
        forget(job);
        return "";
      }
    } catch (IOException e) {
      forget(job);
      return String.valueOf(e.getMessage());
    }
    marked.put(job.mark(), job);
    start(job);
    return "";
  }

  private void start(Job job) {
    var out = Libc.Pipe.NONE;
    var err = Libc.Pipe.NONE;
    try {
      out = libc.pipe();
      err = libc.pipe();
      if (!begin(job, out.writing(), err.writing())) {
        job.neverBegan(128 + Libc.SIGTERM, false);
      }
    } catch (Libc.Failure e) {
      refused(job, e);
    } catch (RuntimeException e) {
      note(job, "it could not be started: " + e);
      job.neverBegan(NOT_EXECUTABLE, true);
    }
    libc.close(out.writing());
    libc.close(err.writing());
    if (job.pid() == 0) {
      libc.close(out.reading());
      libc.close(err.reading());
      overIfNothingIsLeft(job);
      return;
    }
    reaper.thereIsAChild();
    keep(job, out.reading(), job.folder().stdout());
    keep(job, err.reading(), job.folder().stderr());
    record(job);
  }

  private boolean begin(Job job, int out, int err) throws Libc.Failure {
    var order = job.order();
    var work = job.folder().workspace();
    var program = program(order, work);
    synchronized (starting) {
      if (job.isStopped()) {
        return false;
      }
      libc.mark(job.mark());
      var pid = spawn(program, order, work.toString(), out, err);
      var ticks = LocalProcess.find(pid).map(LocalProcess::startTicks).orElse(0L);
      job.began(pid, ticks);
      led.put(pid, job);
      if (job.isStopped()) { // while it was started, when there was no group to signal
        signal(job.group(), Libc.SIGTERM);
      }
      return true;
    }
  }

  private long spawn(String program, KeeperMessage.Run order, String work, int out, int err)
      throws Libc.Failure {
    try {
      return libc.spawn(program, order.command(), order.environment(), work, out, err);
    } catch (Libc.Failure e) {
      if (!e.isNoProgram()) {
        throw e;
      }
      // As every shell does with a file that has no first line for the system.
      var script = new ArrayList<>(order.command());
      script.set(0, program);
      script.addFirst("/bin/sh");
      return libc.spawn("/bin/sh", script, order.environment(), work, out, err);
    }
  }

  /** Where the job's own PATH leads to; what isn't found there is refused by its name. */
  private static String program(KeeperMessage.Run order, Path work) {
    var name = order.command().getFirst();
    if (name.contains("/")) {
      return name;
    }
    for (var entry : order.environment()) {
      if (entry.startsWith("PATH=")) {
        for (var folder : entry.substring("PATH=".length()).split(":", -1)) {
          var file = work.resolve(folder).resolve(name);
          if (Files.isExecutable(file) && Files.isRegularFile(file)) {
            return file.toString();
          }
        }
      }
    }
    return name.isEmpty() ? "/" : "/nonexistent/" + name;
  }

  private void refused(Job job, Libc.Failure reason) {
    if (reason.isOfTheMachine()) {
      note(job, "it could not be started: " + reason.getMessage());
      job.neverBegan(NOT_EXECUTABLE, true);
      return;
    }
    var text = "maestro: %s: %s\n".formatted(job.order().command().getFirst(), reason.getMessage());
    append(job, job.folder().stderr(), text);
    job.neverBegan(reason.isNotFound() ? NOT_FOUND : NOT_EXECUTABLE, false);
  }

  private void keep(Job job, int pipe, Path file) {
    try {
      job.prints(
          pump.keep(
              pipe,
              file.toString(),
              job.order().outputBytes(),
              new MaskedStream(job.hidden()),
              () -> pipeEnded(job)));
    } catch (IOException e) {
      note(job, "what it prints can't be kept: " + e.getMessage());
      libc.close(pipe);
      pipeEnded(job);
    }
  }

  /** For whoever has to end it when this keeper has gone. */
  private void record(Job job) {
    try {
      job.folder().recordJob(job.pid(), job.startTicks());
    } catch (IOException e) {
      note(job, "its number can't be recorded: " + e.getMessage());
    }
  }

  /** Ends the job; the grace is for its group to clean up. */
  void stop(String uuid, long graceMillis) {
    var job = jobs.get(uuid);
    if (job != null) {
      signal(job.stop(), Libc.SIGTERM);
      var _ =
          timers.schedule(
              () -> signal(job.group(), Libc.SIGKILL), graceMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void signal(long group, int signal) {
    if (group > 0) {
      libc.kill(-group, signal);
    }
  }

  private void childEnded(Libc.Ended child) {
    Job job;
    synchronized (starting) {
      job = led.get(child.pid());
    }
    if (job == null) {
      libc.reap(child.pid());
      suspects.remove(child.pid());
    } else {
      // What stays in its group ends with it. The group's number is its own until it is let go.
      libc.kill(-child.pid(), Libc.SIGKILL);
      job.ended(child.code(), timers.schedule(() -> abandon(job), DRAIN_SECONDS, TimeUnit.SECONDS));
      led.remove(child.pid());
      libc.reap(child.pid());
      leaving.add(job);
    }
    for (var left : Set.copyOf(leaving)) {
      if (!endWhatItLeft(left)) {
        leaving.remove(left);
        left.isAlone();
        overIfNothingIsLeft(left);
      }
    }
  }

  /**
   * Kills the processes that the job left.
   *
   * @return whether there were any: when they have ended there may be children of theirs
   */
  private boolean endWhatItLeft(Job job) {
    var any = false;
    synchronized (starting) { // a job that is being started looks like one that was left
      for (var orphan : processes.childrenSince(job.pid(), self.pid())) {
        if (!led.containsKey(orphan.pid())) {
          any |= endIfLeft(orphan, job);
        }
      }
    }
    for (var suspect : Set.copyOf(suspects)) {
      LocalProcess.find(suspect)
          .ifPresentOrElse(found -> endIfLeft(found, job), () -> suspects.remove(suspect));
    }
    return any;
  }

  private boolean endIfLeft(LocalProcess orphan, Job job) {
    var owner = owner(orphan, job);
    if (owner.isPresent()) {
      if (owner.get() != job) {
        return false;
      }
    } else if (jobs.values().stream().anyMatch(one -> one.mayHaveStarted(orphan.startTicks()))) {
      suspects.add(orphan.pid());
      return false;
    }
    libc.kill(orphan.pid(), Libc.SIGKILL);
    return true;
  }

  private Optional<Job> owner(LocalProcess orphan, Job candidate) {
    if (orphan.session() == candidate.pid()) {
      return Optional.of(candidate);
    }
    var leader = led.get(orphan.session());
    if (leader != null) {
      return Optional.of(leader);
    }
    var byMark = marked.get(orphan.realTimeLimit());
    return byMark != null
        ? Optional.of(byMark)
        : orphan.variable("MAESTRO_ATTEMPT_UUID").map(jobs::get);
  }

  private void pipeEnded(Job job) {
    job.pipeEnded();
    overIfNothingIsLeft(job);
  }

  private void abandon(Job job) {
    note(job, "a process that it left can't be ended, or holds its output; nobody waits for it");
    job.abandon().forEach(OutputPump.Stream::close);
    overIfNothingIsLeft(job);
  }

  private void overIfNothingIsLeft(Job job) {
    if (job.isOverNow()) {
      disk.execute(() -> recordEnd(job));
    }
  }

  private void recordEnd(Job job) {
    try {
      job.folder().recordEnd(job.exit(isClosing));
    } catch (IOException e) {
      // Nobody may hear of an end that isn't kept, and this one isn't forgotten: the disk may have
      // room again.
      note(job, "its end can't be recorded: " + e.getMessage());
      var _ = timers.schedule(() -> disk.execute(() -> recordEnd(job)), 1, TimeUnit.SECONDS);
      return;
    }
    forget(job);
    ended.accept(job.uuid());
  }

  private void forget(Job job) {
    marked.remove(job.mark(), job);
    jobs.remove(job.uuid(), job);
    if (jobs.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
      idle.run();
    }
  }

  /** Tells its reader, as far as the disk does. */
  private void note(Job job, String text) {
    append(job, job.folder().wrapperLog(), text + "\n");
  }

  private static void append(Job job, Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println(job.uuid() + ": " + text.strip());
    }
  }

  /**
   * Takes no more jobs if there is none.
   *
   * @return whether there is none, and won't be
   */
  boolean leave() {
    synchronized (gate) {
      takesNone = jobs.isEmpty();
      return takesNone;
    }
  }

  /** Ends every job: they count as lost, because nobody asked for their end. */
  void close(long graceMillis) throws InterruptedException {
    isClosing = true;
    jobs.values().forEach(job -> signal(job.group(), Libc.SIGTERM));
    awaitNone(graceMillis);
    jobs.values().forEach(job -> signal(job.group(), Libc.SIGKILL));
    awaitNone(TimeUnit.SECONDS.toMillis(1));
  }

  private synchronized void awaitNone(long millis) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (var left = millis; !jobs.isEmpty() && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  /** Another keeper is to be asked. */
  static final class LeavingException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
