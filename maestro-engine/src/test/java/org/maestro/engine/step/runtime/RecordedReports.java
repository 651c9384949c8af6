package org.maestro.engine.step.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;

/** Keeps what runtimes report, and lets a test wait for it. */
public final class RecordedReports implements StepReporter {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final Map<String, List<StepReport>> reports = new HashMap<>();

  @Override
  public synchronized void report(AttemptRef attempt, StepReport report) {
    reports.computeIfAbsent(attempt.uuid(), _ -> new ArrayList<>()).add(report);
    notifyAll();
  }

  public synchronized List<StepReport> of(AttemptRef attempt) {
    return List.copyOf(reports.getOrDefault(attempt.uuid(), List.of()));
  }

  public JobStarted awaitStart(AttemptRef attempt) throws InterruptedException {
    return await(attempt, JobStarted.class);
  }

  /** The first report of an end. */
  public StepReport awaitEnd(AttemptRef attempt) throws InterruptedException {
    return awaitEnd(attempt, PATIENCE);
  }

  public synchronized StepReport awaitEnd(AttemptRef attempt, Duration patience)
      throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      for (var report : of(attempt)) {
        if (!(report instanceof JobStarted || report instanceof JobProgressed)) {
          return report;
        }
      }
      wait(100);
    }
    throw new AssertionError("no end was reported of " + attempt + ", only " + of(attempt));
  }

  public synchronized <T extends StepReport> T await(AttemptRef attempt, Class<T> type)
      throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (var report : of(attempt)) {
        if (type.isInstance(report)) {
          return type.cast(report);
        }
      }
      wait(100);
    }
    throw new AssertionError("expected " + type.getSimpleName() + ", only got " + of(attempt));
  }
}
