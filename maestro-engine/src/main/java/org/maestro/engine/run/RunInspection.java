package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.Workflow;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.RestartPolicy;
import org.maestro.service.database.UnknownOutcomeException;
import org.maestro.service.problem.ApiException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Reads a run with its steps, for those who are about to act on it. */
public final class RunInspection {
  private final RunStore store;
  private final RunSource source;

  public RunInspection(RunStore store, RunSource source) {
    this.store = store;
    this.source = source;
  }

  /**
   * A run as it stands in the database.
   *
   * @param current the latest attempt of each step in this run
   * @param earlier the latest attempt of each step in the runs before it
   */
  public record Inspected(
      RunRow row,
      RunPlan plan,
      Map<String, StepAttempt> current,
      Map<String, StepAttempt> earlier) {
    public RunKey key() {
      return row.key();
    }

    /** A step as it stands over all runs; null if none has reached it. */
    public @Nullable StepAttempt latest(String stepId) {
      var attempt = current.get(stepId);
      return attempt == null ? earlier.get(stepId) : attempt;
    }

    /** The steps that another run with this policy would run. */
    public Set<String> toRun(RestartPolicy policy, RunFacts.@Nullable Restart restart) {
      var all = new LinkedHashMap<>(earlier);
      all.putAll(current);
      return plan.toRun(policy, restart, all);
    }
  }

  /**
   * One run.
   *
   * @throws ApiException 404 if there is none
   * @throws UnreadableRunException if there is one that this engine can't read
   */
  public Inspected run(RunKey key) {
    var loaded = load(key);
    if (loaded == null) {
      throw ApiException.notFound("no-such-run", "there is no run " + key);
    }
    return new Inspected(
        loaded.row(), source.planOf(loaded.row()), loaded.current(), loaded.earlier());
  }

  /** The content of a version; of an inline workflow, the steps within its loop. */
  public Workflow workflow(String workflowId, long internalId, long versionId) {
    return source.workflow(workflowId, internalId, versionId);
  }

  private RunStore.@Nullable Loaded load(RunKey key) {
    try {
      return store.load(List.of(key)).get(key);
    } catch (DataAccessException | TransactionException | UnknownOutcomeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnreadableRunException(key, e);
    }
  }

  /** How a run stands, even if nothing else of it can be read; empty if there is none. */
  public Optional<RunStatus> status(RunKey key) {
    return store.status(key);
  }

  /** A run's rows hold what this engine can't read. */
  public static final class UnreadableRunException extends RuntimeException {
    private final RunKey run;

    UnreadableRunException(RunKey run, Throwable cause) {
      super("expected to be able to read run " + run, cause);
      this.run = run;
    }

    public RunKey run() {
      return run;
    }
  }

  /**
   * The latest run of an instance.
   *
   * @throws ApiException 404 if there is none
   * @throws UnreadableRunException if there is one that this engine can't read
   */
  public Inspected latest(String workflowId, long instanceId) {
    var runId = store.latestRun(workflowId, instanceId);
    if (runId == null) {
      throw ApiException.notFound(
          "no-such-instance",
          "workflow \"%s\" has no instance %d".formatted(workflowId, instanceId));
    }
    return run(new RunKey(workflowId, instanceId, runId));
  }
}
