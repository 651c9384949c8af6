package org.maestro.engine.backfill;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.start.Accepted;
import org.maestro.engine.start.RestartService;
import org.maestro.engine.start.StartRequest;
import org.maestro.engine.start.StartService;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.model.tag.Tag;
import org.maestro.sel.Decimals;
import org.maestro.service.problem.ApiException;

/**
 * The runs of back-fills: ordinary instances, whose request ids follow from the back-fill and the
 * value. However often one is asked for, there is one.
 */
public final class BackfillRuns {
  /** Decides all the other default params of time; see there. */
  static final String RUN_TS = "RUN_TS";

  private static final String ZONE = "WORKFLOW_CRON_TIMEZONE";

  private final BackfillStore store;
  private final StartService starts;
  private final RestartService restarts;
  private final RunCommands commands;
  private final CompiledVersions versions;

  public BackfillRuns(
      BackfillStore store,
      StartService starts,
      RestartService restarts,
      RunCommands commands,
      CompiledVersions versions) {
    this.store = store;
    this.starts = starts;
    this.restarts = restarts;
    this.commands = commands;
    this.versions = versions;
  }

  /** The request id of a value's run; {@code round} 0 is the first, any other a restart. */
  static String requestId(String backfillId, RangeValues.Value value, long round) {
    var name = "backfill/" + backfillId + "/" + value.identity() + (round == 0 ? "" : "/" + round);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** How many of its runs the workflow's run strategy can stand at a time. */
  long room(Backfill backfill) {
    var strategy =
        versions
            .resolve(backfill.workflowId(), VersionSelector.LATEST)
            .properties()
            .properties()
            .effectiveRunStrategy();
    return roomUnder(strategy, backfill.spec().concurrency());
  }

  /**
   * Of a workflow that keeps one instance and stops the others, a back-fill starts one at a time.
   */
  static long roomUnder(RunStrategy strategy, long concurrency) {
    return switch (strategy.rule()) {
      case SEQUENTIAL, PARALLEL, STRICT_SEQUENTIAL -> concurrency;
      case FIRST_ONLY, LAST_ONLY, SERIAL_LATEST_ONLY -> 1;
    };
  }

  /** The runs of some values; those of which none has been accepted are left out. */
  Map<Long, Backfill.Standing> standings(
      Backfill backfill,
      List<RangeValues.Value> values,
      List<Long> numbers,
      LongFunction<Long> roundOf) {
    var uuids = new LinkedHashMap<String, Long>();
    for (var number : numbers) {
      var round = roundOf.apply(number);
      uuids.put(requestId(backfill.id(), values.get(number.intValue()), round), number);
    }
    var found = new HashMap<Long, Backfill.Standing>();
    store
        .standings(backfill.workflowId(), List.copyOf(uuids.keySet()))
        .forEach((uuid, standing) -> {
          var number = uuids.get(uuid);
          if (number != null) {
            found.put(number, standing);
          }
        });
    return found;
  }

  /**
   * Starts the run of a value. Params that can't be evaluated for it make a FAILED run.
   *
   * @throws ApiException if nothing of the workflow can be started so
   */
  Accepted start(Backfill backfill, RangeValues.Value value) {
    return starts.start(wanted(backfill, value, true));
  }

  /**
   * Looks whether the run of a value would be refused.
   *
   * @throws ApiException 400, 404 or 422, as its start would
   */
  void check(Backfill backfill, RangeValues.Value value) {
    starts.check(wanted(backfill, value, false));
  }

  private StartService.Wanted wanted(
      Backfill backfill, RangeValues.Value value, boolean persistFailedRun) {
    var spec = backfill.spec();
    var version = VersionSelector.of(spec.version());
    var request =
        new StartRequest(
            null,
            null,
            List.of(Tag.of(RunFacts.BACKFILL_TAG + backfill.id())),
            runParams(backfill, version, value),
            Map.of(),
            Map.of(),
            persistFailedRun,
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of());
    return new StartService.Wanted(
        backfill.workflowId(),
        version,
        requestId(backfill.id(), value, 0),
        new Initiator.Manual(backfill.createdBy()),
        request,
        ParamSource.LAUNCH,
        null,
        null);
  }

  private Map<String, Param> runParams(
      Backfill backfill, VersionSelector version, RangeValues.Value value) {
    var spec = backfill.spec();
    var params = new LinkedHashMap<>(spec.runParams());
    var at = value.at();
    if (spec.param().equals(RUN_TS) && at != null) {
      params.put(RUN_TS, Param.literal(ParamType.LONG, at));
      var zone = RangeValues.clockZone(spec.range());
      if (zone != null) {
        params.putIfAbsent(ZONE, Param.literal(ParamType.STRING, zone.getId()));
      }
      return params;
    }
    var declared =
        versions.resolve(backfill.workflowId(), version).workflow().params().get(spec.param());
    params.put(
        spec.param(),
        literal(spec.param(), declared == null ? ParamType.STRING : declared.type(), value.text()));
    return params;
  }

  private static Param literal(String name, ParamType type, String text) {
    try {
      return switch (type) {
        // What was handed over is data: nothing in it is filled in.
        case STRING -> Param.literal(type, text.replace("$", "$$"));
        case LONG -> Param.literal(type, whole(text));
        case DOUBLE -> Param.literal(type, Decimals.normal(new BigDecimal(text)));
        case BOOLEAN -> Param.literal(type, truth(text));
        case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP ->
            throw new NumberFormatException("not a single value");
      };
    } catch (IllegalArgumentException _) {
      throw ApiException.badRequest(
          "value-does-not-fit",
          "param \"%s\" is a %s; expected values of that type, found \"%s\""
              .formatted(name, type, text));
    }
  }

  /** 5, 5.0 and 5e0 are the same. */
  private static Long whole(String text) {
    var whole = Decimals.whole(new BigDecimal(text));
    if (whole == null) {
      throw new NumberFormatException(text);
    }
    return whole;
  }

  private static Boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new NumberFormatException(text);
    }
    return Boolean.valueOf(text);
  }

  /** Runs again what did not succeed of an instance, in the version that the back-fill names. */
  Accepted restart(Backfill backfill, RangeValues.Value value, RunKey run, long round) {
    return restarts.restartIncomplete(
        run.workflowId(),
        run.instanceId(),
        requestId(backfill.id(), value, round),
        VersionSelector.of(backfill.spec().version()),
        new Initiator.Manual(backfill.createdBy()));
  }

  /** Ends a run. */
  void end(Backfill backfill, RunKey run) {
    commands.send(
        new RunCommand.EndRun(
            run, RunStatus.STOPPED, "Back-fill %s was stopped".formatted(backfill.id()), null));
  }
}
