package org.maestro.engine.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.engine.loop.RestartNode;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.model.tag.Tag;
import org.maestro.service.json.UnreadableRowException;

/**
 * What is known of a run when it is accepted, and never changes.
 *
 * @param internalId of the workflow: tells a deleted workflow from its successor of the same id
 * @param requestTime epoch milliseconds
 * @param instanceTime when the first run of the instance was accepted
 * @param runParams as given by who started it
 * @param params evaluated, lean: without the defaults that REST adds
 * @param stepOverrides run params for single steps, by step id
 * @param restart which part of the DAG a restart executes; null for a first run
 * @param owner whose identity the steps run under
 * @param stepConcurrency null means the default
 * @param instanceStepConcurrency limit over the whole tree; null for none
 * @param timeoutMillis of the whole run
 * @param acceptError why the params could not be evaluated, for a run that was born failed
 * @param loopRun the pass of the foreach or while step that the run is an iteration of; null for
 *     all other runs
 * @param alerts whom it tells of what; null for nobody
 */
public record RunFacts(
    long internalId,
    Initiator initiator,
    long requestTime,
    long instanceTime,
    String correlationId,
    RestartPolicy policy,
    @Nullable Restart restart,
    Map<String, Param> runParams,
    Map<String, Param> params,
    Map<String, Map<String, Param>> stepOverrides,
    List<Tag> runtimeTags,
    String owner,
    @Nullable Long stepConcurrency,
    @Nullable Long instanceStepConcurrency,
    long timeoutMillis,
    Map<String, Object> artifacts,
    @Nullable String acceptError,
    @Nullable Long loopRun,
    @Nullable RunAlerts alerts) {

  /** What the runtime tag of a back-fill's runs begins with; its id follows. */
  public static final String BACKFILL_TAG = "backfill:";

  /** The back-fill that the run belongs to; null for none. */
  public @Nullable String backfillId() {
    for (var tag : runtimeTags) {
      if (tag.name().startsWith(BACKFILL_TAG)) {
        return tag.name().substring(BACKFILL_TAG.length());
      }
    }
    return null;
  }

  /** Of a run whose facts have not been read. */
  public static final RunFacts NONE =
      new RunFacts(
          0,
          new Initiator.Manual(null),
          0,
          0,
          "",
          RestartPolicy.START_FRESH_NEW_RUN,
          null,
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          "",
          null,
          null,
          0,
          Map.of(),
          null,
          null,
          null);

  /** What is left of facts that can't be read: enough to find the definition by. */
  record Legible(
      @Nullable Long internalId,
      @Nullable String correlationId,
      @Nullable Long requestTime,
      @Nullable Long instanceTime,
      @Nullable String owner) {}

  /** Of a run whose facts can't be read, with whatever of them can. */
  public static RunFacts remainsOf(RunJson json, String text) {
    Legible left;
    try {
      left = json.read(text, Legible.class);
    } catch (UnreadableRowException _) {
      return NONE;
    }
    return new RunFacts(
        left.internalId == null ? 0 : left.internalId,
        NONE.initiator,
        left.requestTime == null ? 0 : left.requestTime,
        left.instanceTime == null ? 0 : left.instanceTime,
        left.correlationId == null ? "" : left.correlationId,
        NONE.policy,
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        left.owner == null ? "" : left.owner,
        null,
        null,
        0,
        Map.of(),
        null,
        null,
        null);
  }

  /** The same under another correlation id. */
  public RunFacts withCorrelation(String id) {
    return new RunFacts(
        internalId,
        initiator,
        requestTime,
        instanceTime,
        id,
        policy,
        restart,
        runParams,
        params,
        stepOverrides,
        runtimeTags,
        owner,
        stepConcurrency,
        instanceStepConcurrency,
        timeoutMillis,
        artifacts,
        acceptError,
        loopRun,
        alerts);
  }

  /**
   * What a restart executes.
   *
   * @param stepId the step to start from; null unless the policy names one
   * @param path the nodes below this run to restart, outermost first
   * @param skipSteps steps that end as SKIPPED instead of running
   * @param startSteps where a customised run starts; empty means the roots
   * @param endSteps where a customised run ends; empty means the leaves
   */
  public record Restart(
      @Nullable String stepId,
      List<RestartNode> path,
      List<String> skipSteps,
      List<String> startSteps,
      List<String> endSteps) {
    public static final Restart WHOLE =
        new Restart(null, List.of(), List.of(), List.of(), List.of());

    /** What a way means to the run that its first node names. */
    public static Restart along(List<RestartNode> way) {
      if (way.isEmpty()) {
        return WHOLE;
      }
      var node = way.getFirst();
      var given = node.given();
      return new Restart(
          node.stepId().isEmpty() ? null : node.stepId(),
          List.copyOf(way.subList(1, way.size())),
          given == null ? List.of() : given.skipSteps(),
          given == null ? List.of() : given.startSteps(),
          given == null ? List.of() : given.endSteps());
    }
  }
}
