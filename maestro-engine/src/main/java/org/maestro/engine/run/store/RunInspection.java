package org.maestro.engine.run.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
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
  private final RunPlans plans;

  public RunInspection(RunStore store, RunPlans plans) {
    this.store = store;
    this.plans = plans;
  }

  /** A run as it stands in the database. */
  public static final class Inspected {
    private final RunRow row;
    private final RunStore.Loaded loaded;
    private final RunPlan plan;
    private final Map<String, StepAttempt> current;
    private final RunHistory after;

    private Inspected(RunStore.Loaded loaded, RunPlan plan) {
      this.loaded = loaded;
      this.row = loaded.row();
      this.plan = plan;
      this.current = loaded.current();
      this.after =
          RunHistory.of(plan, loaded.past())
              .after(
                  plan,
                  new RunHistory.Past(
                      row.facts().policy(),
                      row.facts().restart(),
                      current,
                      row.progress().children()));
    }

    public RunRow row() {
      return row;
    }

    public RunPlan plan() {
      return plan;
    }

    /** The same as a run of another version would find it. */
    public Inspected before(RunPlan next) {
      return new Inspected(loaded, next);
    }

    /** The latest attempts of the steps that any run so far has reached. */
    public Map<String, StepAttempt> reached() {
      return after.reached();
    }

    /** The latest attempt of each step in this run. */
    public Map<String, StepAttempt> current() {
      return current;
    }

    public RunKey key() {
      return row.key();
    }

    /** The latest attempt of a step over all runs so far; null if none has reached it. */
    public @Nullable StepAttempt latest(String stepId) {
      return after.reached().get(stepId);
    }

    /** The attempt whose result holds after this run; null if the run has yet to reach the step. */
    public @Nullable StepAttempt standing(String stepId) {
      return after.standing().get(stepId);
    }

    /** The steps that another run with this policy would run. */
    public Set<String> toRun(RestartPolicy policy, RunFacts.@Nullable Restart restart) {
      return plan.toRun(policy, restart, after.standing());
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
    return new Inspected(loaded, plans.planOf(loaded.row()));
  }

  /** Those of some runs that exist. */
  public List<Inspected> runs(List<RunKey> keys) {
    return keys.isEmpty()
        ? List.of()
        : store.load(keys).values().stream()
            .map(loaded -> new Inspected(loaded, plans.planOf(loaded.row())))
            .toList();
  }

  /** The content of a version; of an inline workflow, the steps within its loop. */
  public Workflow workflow(String workflowId, long internalId, long versionId) {
    return plans.workflow(workflowId, internalId, versionId);
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
    return run(latestKey(workflowId, instanceId));
  }

  /**
   * The latest run of an instance, for somebody who needs all of it.
   *
   * @throws ApiException 404 if there is none; 409 if there is one that this engine can't read
   */
  public Inspected readable(String workflowId, long instanceId) {
    try {
      return latest(workflowId, instanceId);
    } catch (UnreadableRunException e) {
      throw ApiException.conflict(
          "unreadable-run",
          "run %s holds what this engine can't read: it was written by another release, or is damaged; it can be stopped, killed and unblocked, and a new instance started instead"
              .formatted(e.run()));
    }
  }

  private RunKey latestKey(String workflowId, long instanceId) {
    var runId = store.latestRun(workflowId, instanceId);
    if (runId == null) {
      throw ApiException.notFound(
          "no-such-instance",
          "workflow \"%s\" has no instance %d".formatted(workflowId, instanceId));
    }
    return new RunKey(workflowId, instanceId, runId);
  }
}
