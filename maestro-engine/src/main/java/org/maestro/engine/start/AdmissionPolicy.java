package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.List;
import org.maestro.model.definition.RunStrategy;

/** What a run strategy answers to new instances and to free places. Pure. */
public final class AdmissionPolicy {
  private AdmissionPolicy() {}

  /**
   * A workflow's live instances, as one start leaves them to the next.
   *
   * @param running admitted and not ended, oldest first
   * @param queued accepted and not admitted, oldest first
   * @param blocked whether a failed instance holds back a STRICT_SEQUENTIAL workflow
   * @param paused whether somebody has paused the workflow
   */
  public record Standing(List<Long> running, List<Long> queued, boolean blocked, boolean paused) {
    public Standing {
      running = List.copyOf(running);
      queued = List.copyOf(queued);
    }
  }

  /** What becomes of a new instance. */
  public enum Answer {
    /** It runs now. */
    ADMIT,
    /** It waits for its turn. */
    QUEUE,
    /** It is kept as STOPPED and never runs. */
    STOP
  }

  /**
   * The answer to one new instance.
   *
   * @param stopQueued queued instances that it replaces
   * @param endRunning running instances that it wants ended first
   */
  public record Verdict(
      Answer answer, List<Long> stopQueued, List<Long> endRunning, Standing after) {}

  /** What becomes of the new instance {@code instanceId}. */
  public static Verdict decide(RunStrategy strategy, Standing now, long instanceId) {
    return switch (strategy.rule()) {
      case SEQUENTIAL, PARALLEL, STRICT_SEQUENTIAL ->
          free(strategy, now) > 0 && now.queued().isEmpty()
              ? admit(now, instanceId)
              : queue(now, instanceId);
      case FIRST_ONLY ->
          now.running().isEmpty() && now.queued().isEmpty()
              ? now.paused() ? queue(now, instanceId) : admit(now, instanceId)
              : new Verdict(Answer.STOP, List.of(), List.of(), now);
      case LAST_ONLY -> {
        var alone = new Standing(now.running(), List.of(), now.blocked(), now.paused());
        yield now.running().isEmpty() && !now.paused()
            ? replacing(admit(alone, instanceId), now.queued(), List.of())
            : replacing(queue(alone, instanceId), now.queued(), now.running());
      }
      case SERIAL_LATEST_ONLY -> {
        var alone = new Standing(now.running(), List.of(), now.blocked(), now.paused());
        yield now.running().isEmpty() && !now.paused()
            ? replacing(admit(alone, instanceId), now.queued(), List.of())
            : replacing(queue(alone, instanceId), now.queued(), List.of());
      }
    };
  }

  /** How many more instances may run. */
  public static long free(RunStrategy strategy, Standing now) {
    if (now.paused() || (now.blocked() && strategy.rule() == RunStrategy.Rule.STRICT_SEQUENTIAL)) {
      return 0;
    }
    return Math.max(0, strategy.concurrency() - now.running().size());
  }

  private static Verdict admit(Standing now, long instanceId) {
    var running = new ArrayList<>(now.running());
    running.add(instanceId);
    return new Verdict(
        Answer.ADMIT,
        List.of(),
        List.of(),
        new Standing(running, now.queued(), now.blocked(), now.paused()));
  }

  private static Verdict queue(Standing now, long instanceId) {
    var queued = new ArrayList<>(now.queued());
    queued.add(instanceId);
    return new Verdict(
        Answer.QUEUE,
        List.of(),
        List.of(),
        new Standing(now.running(), queued, now.blocked(), now.paused()));
  }

  private static Verdict replacing(Verdict verdict, List<Long> stopQueued, List<Long> endRunning) {
    return new Verdict(verdict.answer(), stopQueued, endRunning, verdict.after());
  }
}
