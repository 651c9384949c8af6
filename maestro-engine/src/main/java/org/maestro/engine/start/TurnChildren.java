package org.maestro.engine.start;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChildTurns;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.NumbersTaken;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.problem.ApiException;

/**
 * Begins a subworkflow's run within its caller's turn where nothing but the engine is needed to run
 * it: no job, no signal, nobody before it in its workflow. What is found then is only read, behind
 * no lock; whether it still holds is found out by the commit ({@link TakenNumbersCheck}), and if
 * not, the run is started by itself ({@link ChildStarter}), as is everything that would be refused.
 */
public final class TurnChildren implements ChildTurns {
  private static final Duration AFTER_OTHERS = Duration.ofSeconds(5);
  private static final Duration AFTER_A_LONG_ONE = Duration.ofMinutes(1);
  private static final int MOST_AVOIDED = 10_000;

  private final CompiledVersions versions;
  private final StartService starts;
  private final StartStore store;
  private final InstantSource clock;

  /** Until when workflows are left alone, in epoch milliseconds. */
  private final Cache<String, Long> avoided =
      Caffeine.newBuilder().maximumSize(MOST_AVOIDED).executor(Runnable::run).build();

  /** With the parts that it works on. */
  public TurnChildren(
      CompiledVersions versions, StartService starts, StartStore store, InstantSource clock) {
    this.versions = versions;
    this.starts = starts;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public @Nullable RunRow begin(Effect.StartChild start, Batch batch) {
    if (!start.sync() || start.restartInstance() != null || isAvoided(start.workflowId())) {
      return null;
    }
    try {
      return made(start, batch);
    } catch (ApiException _) {
      return null; // said to whoever starts it by itself
    }
  }

  private boolean isAvoided(String workflowId) {
    var until = avoided.getIfPresent(workflowId);
    return until != null && clock.millis() < until;
  }

  @Override
  public void avoid(Collection<String> workflowIds, Why why) {
    var until =
        clock.millis()
            + switch (why) {
              case OVERTAKEN -> AFTER_OTHERS.toMillis();
              case LASTS -> AFTER_A_LONG_ONE.toMillis();
            };
    workflowIds.forEach(id -> avoided.put(id, until));
  }

  private @Nullable RunRow made(Effect.StartChild start, Batch batch) {
    var id = start.workflowId();
    var version = versions.resolve(id, VersionSelector.of(start.version()));
    if (!needsNothingFromOutside(version)) {
      return null;
    }
    var taken = batch.numbersTaken(id);
    if (taken == null) {
      taken = numbers(version);
      if (taken == null) {
        avoid(List.of(id), Why.OVERTAKEN);
        return null;
      }
    } else if (taken.revision() != version.revision()) {
      return null;
    }
    var order = starts.childOrder(start.owner(), ChildStarter.wanted(start), taken.next());
    if (order == null || order.version().revision() != taken.revision()) {
      return null;
    }
    var key = new RunKey(id, taken.next(), 1);
    taken.take(start.requestId());
    batch.take(taken);
    var now = clock.millis();
    return new RunRow(
        key,
        start.requestId(),
        RunStatus.CREATED,
        true,
        false,
        version.versionId(),
        now,
        null,
        null,
        now,
        null,
        order.factsOf(key.instanceId()),
        RunRow.Progress.NONE);
  }

  private static boolean needsNothingFromOutside(ResolvedVersion version) {
    var workflow = version.workflow();
    return version.properties().properties().effectiveRunStrategy().rule()
            != RunStrategy.Rule.STRICT_SEQUENTIAL // a failed one would hold back the next
        && workflow.handlers().isEmpty()
        && workflow.steps().stream().allMatch(TurnChildren::needsNothingFromOutside);
  }

  private static boolean needsNothingFromOutside(Step step) {
    return step.common().signalDependencies().isEmpty()
        && (step.stepType() == StepType.NOOP
            || (step instanceof Step.Subworkflow subworkflow && subworkflow.sync()));
  }

  /** The workflow's next numbers; null if its runs can't begin at once, or it has changed. */
  private @Nullable NumbersTaken numbers(ResolvedVersion version) {
    var id = version.workflowId();
    var strategy = version.properties().properties().effectiveRunStrategy();
    var look = store.look(id);
    if (look == null || look.head().revision() != version.revision()) {
      versions.forget(id);
      return null;
    }
    var head = look.head();
    return TakenNumbersCheck.mayBegin(head, strategy, look.standing())
        ? new NumbersTaken(id, head.internalId(), head.revision(), strategy, head.lastNumber())
        : null;
  }
}
