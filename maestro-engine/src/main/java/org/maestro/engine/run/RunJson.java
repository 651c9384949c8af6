package org.maestro.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.StepTimes;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.param.ParamTree;
import org.maestro.service.json.StrictJson;
import org.maestro.service.json.UnreadableRowException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The JSON of this engine's own rows and messages: short, and read only by this engine. */
public final class RunJson {
  private final JsonMapper mapper =
      StrictJson.ownRows()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_EMPTY))
          .withConfigOverride(
              Map.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .withConfigOverride(
              List.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .withConfigOverride(
              Set.class, o -> o.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .addMixIn(StepState.class, StepStateTypes.class)
          .addMixIn(StepReport.class, StepReportTypes.class)
          .addModule(
              new SimpleModule()
                  .addDeserializer(Param.class, new ParamDeserializer())
                  .addDeserializer(IndexSet.class, new IndexSetDeserializer()))
          .build();

  public String write(Object value) {
    return mapper.writeValueAsString(value);
  }

  public byte[] writeBytes(Object value) {
    return mapper.writeValueAsBytes(value);
  }

  /**
   * Reads what this engine wrote; as all readers here.
   *
   * @throws UnreadableRowException if it didn't
   */
  public <T> T read(String json, Class<T> type) {
    return reading(() -> mapper.readValue(json, type));
  }

  public <T> T read(byte[] json, Class<T> type) {
    return reading(() -> mapper.readValue(json, type));
  }

  /** Rows that break our own code while they are read are no more readable than broken JSON. */
  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      throw new UnreadableRowException(e);
    }
  }

  /** The part of an attempt's row that is not in columns. */
  public String facts(StepAttempt attempt) {
    var timeline = attempt.timeline();
    return mapper.writeValueAsString(
        new AttemptFacts(
            attempt.state() instanceof StepState.Finished ? null : attempt.state(),
            deltas(attempt.times()),
            attempt.retries().equals(RetryCounts.NONE) ? null : attempt.retries(),
            attempt.overrides(),
            attempt.params() == null ? Map.of() : attempt.params(),
            attempt.artifacts(),
            timeline,
            attempt.taken(),
            attempt.permits(),
            attempt.resumed() ? true : null));
  }

  public StepAttempt attempt(
      String stepId, long attemptId, long seq, StepStatus status, long createTime, String facts) {
    return reading(() -> readAttempt(stepId, attemptId, seq, status, createTime, facts));
  }

  private StepAttempt readAttempt(
      String stepId, long attemptId, long seq, StepStatus status, long createTime, String facts) {
    var read = mapper.readValue(facts, AttemptFacts.class);
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        read.s == null || endedUnread(status) ? new StepState.Finished(status) : read.s,
        times(createTime, read.t),
        read.r == null ? RetryCounts.NONE : read.r,
        read.overrides,
        read.params,
        read.artifacts,
        read.timeline,
        read.taken,
        read.permits,
        read.resumed != null && read.resumed);
  }

  /** The column says that it has ended, whatever the state says: see {@link RunRemains}. */
  private static boolean endedUnread(StepStatus status) {
    return status == StepStatus.FATALLY_FAILED
        || status == StepStatus.STOPPED
        || status == StepStatus.TIMED_OUT;
  }

  /** Offsets from the creation, in the order of {@link StepTimes}; empty where all are zero. */
  private static List<@Nullable Long> deltas(StepTimes t) {
    var values =
        Arrays.<@Nullable Long>asList(
            t.initialize(),
            t.pause(),
            t.waitSignal(),
            t.evaluate(),
            t.waitPermit(),
            t.start(),
            t.execute(),
            t.finish(),
            t.end());
    var trivial = true;
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      if (value != null) {
        values.set(i, value - t.create());
      }
      trivial &= i == 1 ? value == null : value != null && value == t.create();
    }
    return trivial ? List.of() : values;
  }

  private static StepTimes times(long create, List<@Nullable Long> d) {
    if (d.isEmpty()) {
      return new StepTimes(
          create, create, null, create, create, create, create, create, create, create);
    }
    return new StepTimes(
        create,
        at(create, d.get(0)),
        at(create, d.get(1)),
        at(create, d.get(2)),
        at(create, d.get(3)),
        at(create, d.get(4)),
        at(create, d.get(5)),
        at(create, d.get(6)),
        at(create, d.get(7)),
        at(create, d.get(8)));
  }

  private static @Nullable Long at(long create, @Nullable Long delta) {
    return delta == null ? null : (Long) (create + delta);
  }

  /** s: state, absent once finished; t: times; r: retries. */
  record AttemptFacts(
      @Nullable StepState s,
      List<@Nullable Long> t,
      @Nullable RetryCounts r,
      Map<String, Param> overrides,
      Map<String, Param> params,
      Map<String, Object> artifacts,
      List<TimelineEvent> timeline,
      @Nullable Set<String> taken,
      List<String> permits,
      @Nullable Boolean resumed) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "in")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StepState.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = StepState.AwaitingSignals.class, name = "signals"),
    @JsonSubTypes.Type(value = StepState.AwaitingPermits.class, name = "permits"),
    @JsonSubTypes.Type(value = StepState.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = StepState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = StepState.Ending.class, name = "ending"),
    @JsonSubTypes.Type(value = StepState.AwaitingRetry.class, name = "retry"),
    @JsonSubTypes.Type(value = StepState.Finished.class, name = "finished"),
  })
  @JsonIgnoreProperties({"status", "wake_at"})
  private interface StepStateTypes {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "said")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StepReport.JobStarted.class, name = "started"),
    @JsonSubTypes.Type(value = StepReport.JobProgressed.class, name = "progressed"),
    @JsonSubTypes.Type(value = StepReport.JobCompleted.class, name = "completed"),
    @JsonSubTypes.Type(value = StepReport.JobFailed.class, name = "failed"),
    @JsonSubTypes.Type(value = StepReport.JobTerminated.class, name = "terminated"),
  })
  private interface StepReportTypes {}

  /** An empty set is not written. */
  private static final class IndexSetDeserializer extends ValueDeserializer<IndexSet> {
    @Override
    public IndexSet deserialize(JsonParser parser, DeserializationContext context) {
      return IndexSet.of(context.readValue(parser, List.class));
    }

    @Override
    public IndexSet getNullValue(DeserializationContext context) {
      return IndexSet.NONE;
    }
  }

  private static final class ParamDeserializer extends ValueDeserializer<Param> {
    @Override
    public Param deserialize(JsonParser parser, DeserializationContext context) {
      return ParamTree.param(context.readValue(parser, Map.class));
    }
  }
}
