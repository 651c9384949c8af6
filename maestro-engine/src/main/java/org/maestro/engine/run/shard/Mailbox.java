package org.maestro.engine.run.shard;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.param.JsonLength;

/**
 * What waits for the loop of one shard. Anybody may offer, the loop takes. While the mailboxes of
 * the node hold as much as they may, what the outbox keeps anyway is left there: it waits as an id,
 * and is read when its turn comes. Messages of the outbox are taken in the order in which they were
 * offered, whichever way they wait.
 */
public final class Mailbox {
  /** Ends the wait for commands; never applied. */
  private static final Envelope WAKE =
      new Envelope(new RunCommand.RecoverRun(new RunKey("", 0, 0)), null, -1, 0);

  private static final int PAGE = 100;

  private final RunMemory memory;
  private final Kept kept;
  private final LinkedBlockingQueue<Envelope> queue = new LinkedBlockingQueue<>();

  /** The ids of those that are kept in the outbox and had no room here. */
  private final ConcurrentLinkedQueue<String> left = new ConcurrentLinkedQueue<>();

  /** Characters of what was offered and has not taken effect. */
  private final AtomicLong characters = new AtomicLong();

  /**
   * A command on its way to its run.
   *
   * @param outboxId the row that keeps it until it has taken effect; null if nothing has to
   * @param offset where it stands in the shard's log; -1 if it did not come that way
   */
  record Envelope(RunCommand command, @Nullable String outboxId, long offset, int tries) {
    /** Whether only its offset counts. */
    boolean isWake() {
      return command.equals(WAKE.command());
    }
  }

  /** Commands that the outbox keeps. */
  @FunctionalInterface
  public interface Kept {
    /** Some of these, the first of those that are still there in any case. */
    Page read(List<String> ids);
  }

  /**
   * Commands out of the outbox.
   *
   * @param commands by id; what can't be read isn't among them
   * @param more there are these, too, but they are too much for one page
   */
  public record Page(Map<String, RunCommand> commands, Set<String> more) {
    public Page {
      commands = Map.copyOf(commands);
      more = Set.copyOf(more);
    }
  }

  Mailbox(RunMemory memory, Kept kept) {
    this.memory = memory;
    this.kept = kept;
  }

  void offer(Envelope envelope) {
    var size = sizeOf(envelope.command());
    if (envelope.outboxId() != null
        && (!left.isEmpty() || (size > 0 && memory.areMailboxesFull()))) {
      left.add(envelope.outboxId());
      if (queue.isEmpty()) {
        wake(); // else whoever takes comes here by himself
      }
      return;
    }
    count(size);
    queue.add(envelope);
  }

  /** Those of the messages that don't wait here already. */
  void offerMissing(Collection<Envelope> messages) {
    var waiting = waitingIds();
    for (var envelope : messages) {
      if (envelope.outboxId() == null || !waiting.contains(envelope.outboxId())) {
        offer(envelope);
      }
    }
  }

  /**
   * Those of these messages of the outbox that don't wait here already wait from now on, as ids.
   *
   * @return which
   */
  List<String> leaveMissing(Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    var waiting = waitingIds();
    var missing = ids.stream().filter(id -> !waiting.contains(id)).toList();
    left.addAll(missing);
    return missing;
  }

  /** Those of these runs for which no command waits here; none where that can't be said. */
  Set<RunKey> notWaiting(Collection<RunKey> runs) {
    if (runs.isEmpty() || !left.isEmpty()) {
      return Set.of();
    }
    var missing = new LinkedHashSet<>(runs);
    queue.forEach(envelope -> missing.remove(envelope.command().run()));
    return missing;
  }

  private Set<String> waitingIds() {
    var waiting = new HashSet<String>(left);
    for (var envelope : queue) {
      if (envelope.outboxId() != null) {
        waiting.add(envelope.outboxId());
      }
    }
    return waiting;
  }

  /** What was taken waits once more, behind all others. */
  void again(Collection<Envelope> taken) {
    queue.addAll(taken);
  }

  /** What stands at this offset has been handled elsewhere, and need not come again. */
  void passed(long offset) {
    queue.add(new Envelope(WAKE.command(), null, offset, 0));
  }

  /** Whoever waits in {@link #take} comes back. */
  void wake() {
    queue.add(WAKE);
  }

  int waiting() {
    return queue.size() + left.size();
  }

  /** Waits until there is something, and takes so many at most. */
  void take(List<Envelope> into, int most) throws InterruptedException {
    take(left.isEmpty() ? queue.take() : queue.poll(), into, most);
  }

  /** Waits no longer than so many milliseconds, and takes nothing then. */
  void take(List<Envelope> into, int most, long millis) throws InterruptedException {
    take(left.isEmpty() ? queue.poll(millis, TimeUnit.MILLISECONDS) : queue.poll(), into, most);
  }

  private void take(@Nullable Envelope first, List<Envelope> into, int most) {
    if (first != null) {
      into.add(first);
    }
    queue.drainTo(into, most - into.size());
    takeLeft(into, most);
  }

  /** Takes what there is room for, which is all but what was left in the outbox. */
  void takeAll(List<Envelope> into) {
    queue.drainTo(into);
    takeLeft(into, into.size() + PAGE);
  }

  /** The others were offered before. A page at a time; if it can't be read, nothing is taken. */
  private void takeLeft(List<Envelope> into, int most) {
    if (left.isEmpty() || into.size() >= most) {
      return;
    }
    var ids = left.stream().limit(Math.min(PAGE, most - into.size())).toList();
    var page = kept.read(ids);
    for (var id : ids) {
      if (page.more().contains(id)) {
        return;
      }
      var command = page.commands().get(id);
      if (command != null) { // else it has gone another way
        count(sizeOf(command));
        into.add(new Envelope(command, id, -1, 0));
      }
      left.remove(); // only now: what is offered meanwhile has to come behind it
    }
  }

  private void count(long more) {
    if (more != 0) {
      characters.addAndGet(more);
      memory.waiting(more);
    }
  }

  /** About how many characters of JSON it holds. */
  long held() {
    return characters.get();
  }

  /** What has taken effect waits no more. */
  void done(long ofThem) {
    count(-ofThem);
  }

  /** Nobody will come to what waits here. */
  void giveUpCounts() {
    memory.waiting(-characters.getAndSet(0));
  }

  /** About how many characters of JSON a command has besides what every command has. */
  static long sizeOf(RunCommand command) {
    return switch (command) {
      case RunCommand.JobReported reported -> sizeOf(reported.report());
      case RunCommand.SignalCame came -> JsonLength.of(came.params());
      case RunCommand.ChildEnded ended ->
          ended.values() == null ? 0 : JsonLength.of(ended.values());
      case RunCommand.RestartStep restart -> JsonLength.of(restart.overrides());
      case RunCommand.RestartIterations restart ->
          restart.which() == null ? 0 : JsonLength.of(restart.which().intervals());
      case RunCommand.StartRun _,
          RunCommand.RecoverRun _,
          RunCommand.StepTimeCame _,
          RunCommand.RunTimeCame _,
          RunCommand.BypassSignals _,
          RunCommand.PermitsGranted _,
          RunCommand.ChildStarted _,
          RunCommand.OrderChunk _, // of 250 iterations at most
          RunCommand.RecoverChunk _,
          RunCommand.ChunkReported _,
          RunCommand.EndRun _,
          RunCommand.EndStep _,
          RunCommand.ResumeStep _ ->
          0;
    };
  }

  static long sizeOf(StepReport report) {
    return switch (report) {
      case StepReport.JobStarted _, StepReport.JobProgressed _, StepReport.JobTerminated _ -> 0;
      case StepReport.JobFailed failed -> JsonLength.of(failed.artifacts());
      case StepReport.JobCompleted completed ->
          JsonLength.of(completed.outputs()) + JsonLength.of(completed.artifacts());
    };
  }
}
