package org.maestro.engine.start;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.RunFacts;
import org.maestro.model.definition.Workflow;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.TriggerId;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Starts first runs: checks, evaluates the params, and lets {@link StartBatcher} accept. */
public final class StartService {
  private static final int TRIES = 5;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final CompiledVersions versions;
  private final ParamEvaluator params;
  private final StartBatcher batcher;
  private final AccessPolicy access;
  private final RunAlerting alerts;
  private final StepOffer offer;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * With the parts that it works on.
   *
   * @param offer the step types that can be run
   */
  public StartService(
      CompiledVersions versions,
      ParamEvaluator params,
      StartBatcher batcher,
      AccessPolicy access,
      RunAlerting alerts,
      StepOffer offer,
      Supplier<String> ids,
      InstantSource clock) {
    this.versions = versions;
    this.params = params;
    this.batcher = batcher;
    this.access = access;
    this.alerts = alerts;
    this.offer = offer;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What a start is made of, whoever asks.
   *
   * @param source who hands over the run params
   * @param correlationId null gives the run its own
   */
  public record Wanted(
      String workflowId,
      VersionSelector version,
      String requestId,
      Initiator initiator,
      StartRequest request,
      ParamSource source,
      @Nullable String correlationId,
      @Nullable Long instanceStepConcurrency) {}

  /**
   * Starts an instance for a person.
   *
   * @throws ApiException 400, 403, 404, 422, or 503 if it is not accepted within some seconds
   */
  public Accepted start(
      Caller caller, String workflowId, VersionSelector version, StartRequest request) {
    var resolved = versions.resolve(workflowId, version);
    requireMayStart(caller, resolved);
    var requestId = request.requestId() == null ? ids.get() : request.requestId();
    return start(
        new Wanted(
            workflowId,
            version,
            requestId,
            new Initiator.Manual(caller.name()),
            request,
            ParamSource.LAUNCH,
            null,
            null),
        _ -> {},
        batcher::submitPatiently);
  }

  /** What the caller of a start should know, although it is accepted. */
  public List<String> warnings(String workflowId, VersionSelector version, StartRequest request) {
    return request.runParams().isEmpty()
        ? List.of()
        : new GivenParams(
                versions.resolve(workflowId, version).workflow(), Set.of(), params::hasDefault)
            .warnings(request.runParams());
  }

  /**
   * Looks whether a start would be refused, and starts nothing.
   *
   * @throws ApiException 400, 404 or 422, as the start would
   */
  public void check(Wanted wanted) {
    var _ = prepare(wanted);
  }

  /** A trigger that asks for a start is not one of the active version. */
  public static final class ReplacedException extends RuntimeException {
    ReplacedException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Starts an instance of the active version for one of its triggers. Params that can't be
   * evaluated make a FAILED run: nobody is there to be told.
   *
   * @throws ReplacedException if the active version has no such trigger
   * @throws ApiException 404, 409 or 422 if it can't be started so
   */
  public Accepted startTriggered(EngineRequest.Start asked) {
    var request =
        new StartRequest(
            null,
            asked.requestTime(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            true,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    return start(
        new Wanted(
            asked.workflowId(),
            VersionSelector.ACTIVE,
            asked.requestId(),
            asked.initiator(),
            request,
            asked.initiator() instanceof Initiator.Time
                ? ParamSource.TIME_TRIGGER
                : ParamSource.SIGNAL,
            null,
            null),
        version -> requireTrigger(version, asked.triggerUuid()),
        batcher::submit);
  }

  /**
   * What has been made of such requests before, in their order; null for those that are new. To be
   * asked first: whoever asks again need not wait for the params to be evaluated again.
   */
  public List<@Nullable Accepted> known(List<EngineRequest.Start> asked) {
    var ids =
        asked.stream()
            .map(start -> new StartStore.RequestId(start.workflowId(), start.requestId()))
            .toList();
    var found =
        ids.isEmpty() ? Map.<StartStore.RequestId, Accepted>of() : batcher.known(Set.copyOf(ids));
    var known = new ArrayList<@Nullable Accepted>();
    ids.forEach(id -> known.add(found.get(id)));
    return known;
  }

  /** What a request has been made into; empty if it hasn't come. */
  public Optional<Accepted> find(String workflowId, String requestId) {
    return Optional.ofNullable(batcher.known(workflowId, requestId));
  }

  private static void requireTrigger(ResolvedVersion version, String triggerUuid) {
    var internalId = version.internalId();
    var workflow = version.workflow();
    var properties = version.properties().properties();
    var known =
        !workflow.timeTriggers().isEmpty()
            && !Boolean.TRUE.equals(properties.timeTriggerDisabled())
            && TriggerId.ofTimeTriggers(internalId, version.versionId())
                .value()
                .equals(triggerUuid);
    for (int i = 0; !known && i < workflow.signalTriggers().size(); i++) {
      known =
          !Boolean.TRUE.equals(properties.signalTriggerDisabled())
              && TriggerId.ofSignalTrigger(internalId, version.versionId(), i)
                  .value()
                  .equals(triggerUuid);
    }
    if (!known) {
      throw new ReplacedException(
          "version %d, the active one of workflow \"%s\", has no trigger %s"
              .formatted(version.versionId(), version.workflowId(), triggerUuid));
    }
  }

  private void requireMayStart(Caller caller, ResolvedVersion version) {
    var properties = version.properties();
    access.requireMayStart(
        caller, version.workflowId(), properties.owner(), properties.properties().starters());
  }

  /**
   * Starts an instance for a step of another workflow.
   *
   * @param owner of that workflow: the step may do what they may
   * @throws ApiException 403, 404 or 422
   */
  public Accepted startFor(String owner, Wanted wanted) {
    try {
      return start(
          wanted, version -> requireMayStart(access.actingFor(owner), version), batcher::submit);
    } catch (ApiException e) {
      // What began while it was allowed goes on.
      var known =
          e.kind() == ProblemKind.FORBIDDEN
              ? batcher.known(wanted.workflowId(), wanted.requestId())
              : null;
      if (known == null) {
        throw e;
      }
      return known;
    }
  }

  /**
   * The start of an instance for a step of another workflow, as one of that number; null if its
   * params can't be evaluated. Accepts nothing.
   *
   * @param owner of that workflow
   * @throws ApiException 403, 404 or 422
   */
  @Nullable StartOrder childOrder(String owner, Wanted wanted, long number) {
    var prepared = prepare(wanted);
    requireMayStart(access.actingFor(owner), prepared.version());
    var order = prepared.asksForNumber() ? numbered(prepared, number) : prepared.order();
    return order.facts().acceptError() == null ? order : null;
  }

  /**
   * Starts an instance for the system.
   *
   * @throws ApiException 404 or 422
   */
  public Accepted start(Wanted wanted) {
    return start(wanted, _ -> {}, batcher::submit);
  }

  private Accepted start(
      Wanted wanted,
      Consumer<ResolvedVersion> check,
      Function<StartOrder, CompletableFuture<Accepted>> accepting) {
    for (int attempt = 1; ; attempt++) {
      try {
        var prepared = prepare(wanted);
        check.accept(prepared.version());
        if (!prepared.asksForNumber()) {
          return accepting.apply(prepared.order()).join();
        }
        return switch (batcher.reserve(prepared.version(), wanted.requestId())) {
          case StartBatcher.Reservation.Known(var accepted) -> accepted;
          case StartBatcher.Reservation.Taken(var number) ->
              accepting.apply(numbered(prepared, number)).join();
        };
      } catch (StartBatcher.StaleException _) {
        forgetOrGiveUp(wanted.workflowId(), attempt);
      } catch (CompletionException e) {
        if (e.getCause() instanceof StartBatcher.StaleException) {
          forgetOrGiveUp(wanted.workflowId(), attempt);
        } else if (e.getCause() instanceof StartBatcher.BusyException) {
          throw ApiException.unavailable(
              "start-not-confirmed",
              "the database did not confirm the start in time; send it again with the same"
                  + " request_id, which makes one instance however often it is sent",
              TRY_AGAIN);
        } else {
          throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
      }
    }
  }

  private void forgetOrGiveUp(String workflowId, int attempt) {
    if (attempt == TRIES) {
      throw ApiException.conflict(
          "workflow-changes",
          "workflow \"%s\" keeps changing while it is started; try again".formatted(workflowId));
    }
    versions.forget(workflowId);
  }

  /**
   * A start that has been checked and evaluated.
   *
   * @param order as of an instance that has no number yet
   * @param merged what is to be evaluated once more for the number; null if nothing asks for it
   */
  private record Prepared(
      Wanted wanted, StartOrder order, @Nullable Map<String, Param> merged, long now) {
    ResolvedVersion version() {
      return order.version();
    }

    boolean asksForNumber() {
      return merged != null;
    }
  }

  private Prepared prepare(Wanted wanted) {
    var version = versions.resolve(wanted.workflowId(), wanted.version());
    var missing = NotYet.of(version.workflow(), offer);
    if (!missing.isEmpty()) {
      throw new ApiException(
          ProblemKind.UNPROCESSABLE_ENTITY,
          "not-yet",
          "version %d of workflow \"%s\" uses what can't be run yet"
              .formatted(version.versionId(), version.workflowId()),
          missing);
    }
    if (wanted.source() == ParamSource.LAUNCH) {
      new GivenParams(version.workflow(), Set.of(), params::hasDefault)
          .check(wanted.request().runParams(), wanted.request().stepRunParams(), true);
    }
    var now = clock.millis();
    try {
      var merged =
          params.mergeForStart(version.workflow(), wanted.request().runParams(), wanted.source());
      var order = order(wanted, version, evaluated(wanted, version, merged, now, 0), null);
      return new Prepared(wanted, order, asksForInstance(merged) ? merged : null, now);
    } catch (ParamException e) {
      return new Prepared(
          wanted, order(wanted, version, failed(wanted, version, now, e), null), null, now);
    }
  }

  /** Evaluated once more as the instance that it will be, as long as nobody waits for it. */
  private StartOrder numbered(Prepared prepared, long number) {
    var wanted = prepared.wanted();
    var version = prepared.version();
    var merged = Objects.requireNonNull(prepared.merged());
    RunFacts facts;
    try {
      facts = evaluated(wanted, version, merged, prepared.now(), number);
    } catch (ParamException e) {
      facts = failed(wanted, version, prepared.now(), e);
    }
    return order(wanted, version, facts, number);
  }

  private static StartOrder order(
      Wanted wanted, ResolvedVersion version, RunFacts facts, @Nullable Long number) {
    return new StartOrder(
        version, wanted.requestId(), facts, wanted.correlationId() == null, number);
  }

  private static boolean asksForInstance(Map<String, Param> merged) {
    return merged.values().stream()
        .anyMatch(p ->
            (p.expression() != null && p.expression().contains("workflow_instance_id"))
                || asksForInstance(p.nested()));
  }

  private RunFacts evaluated(
      Wanted wanted, ResolvedVersion version, Map<String, Param> merged, long now, long instance) {
    var about = about(wanted, version, now, instance);
    var evaluated = params.evaluateWorkflow(merged, about, now);
    var timeout = params.timeoutMillis(version.workflow().timeout(), evaluated, about);
    return facts(wanted, version, evaluated, timeout, now, instance, null);
  }

  private static InstanceFacts about(
      Wanted wanted, ResolvedVersion version, long now, long instanceId) {
    var triggers = version.workflow().timeTriggers();
    return new InstanceFacts(
        version.workflowId(),
        instanceId,
        1,
        version.properties().owner(),
        wanted.initiator(),
        RestartPolicy.START_FRESH_NEW_RUN,
        triggers.isEmpty() ? null : triggers.getFirst().timezone(),
        now);
  }

  private RunFacts facts(
      Wanted wanted,
      ResolvedVersion version,
      Map<String, Param> evaluated,
      long timeoutMillis,
      long now,
      long instance,
      @Nullable String acceptError) {
    var properties = version.properties().properties();
    var own = version.workflow().instanceStepConcurrency();
    var tags = new ArrayList<>(wanted.request().runtimeTags());
    if (properties.tags() != null) {
      tags.addAll(properties.tags());
    }
    return new RunFacts(
        version.internalId(),
        wanted.initiator(),
        wanted.request().requestTime() == null ? now : wanted.request().requestTime(),
        now,
        wanted.correlationId() == null ? "" : wanted.correlationId(),
        RestartPolicy.START_FRESH_NEW_RUN,
        null,
        wanted.request().runParams(),
        evaluated,
        wanted.request().stepRunParams(),
        tags,
        version.properties().owner(),
        properties.stepConcurrency(),
        wanted.instanceStepConcurrency() != null ? wanted.instanceStepConcurrency() : own,
        timeoutMillis,
        wanted.request().artifacts(),
        acceptError,
        null,
        acceptError == null
            ? alerts.of(properties, about(wanted, version, now, instance), evaluated, now)
            : alerts.ofFailed(properties, now));
  }

  private RunFacts failed(Wanted wanted, ResolvedVersion version, long now, ParamException error) {
    if (!wanted.request().persistFailedRun()) {
      throw refused(version.workflow(), error);
    }
    var lines =
        String.join(
            "; ", error.problems().stream().map(p -> p.pointer() + ": " + p.message()).toList());
    return facts(wanted, version, new LinkedHashMap<>(), 0, now, 0, lines);
  }

  static ApiException refused(Workflow workflow, ParamException error) {
    return new ApiException(
        ProblemKind.UNPROCESSABLE_ENTITY,
        "invalid-params",
        "the params of workflow \"%s\" can't be merged and evaluated".formatted(workflow.id()),
        List.copyOf(error.problems()));
  }
}
