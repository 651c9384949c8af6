package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;

/**
 * A run as it is kept: the row of {@code workflow_run}. Times are epoch milliseconds.
 *
 * @param admitted whether its run strategy lets it run
 * @param blocking a failure that holds back a STRICT_SEQUENTIAL workflow
 * @param dueAt when its time is up
 */
public record RunRow(
    RunKey key,
    String uuid,
    RunStatus status,
    boolean admitted,
    boolean blocking,
    long versionId,
    long createTime,
    @Nullable Long startTime,
    @Nullable Long endTime,
    long modifyTime,
    @Nullable Long dueAt,
    RunFacts facts,
    Progress progress) {

  /** The identity of one of its attempts, which the attempt's job is known by. */
  public AttemptRef attempt(String stepId, long attemptId) {
    return key.attempt(uuid, stepId, attemptId);
  }

  /**
   * What changes besides the columns.
   *
   * @param halt the status that the run must end with, once it was told to end
   * @param quarantine why the engine can't go on with it; null unless it broke our code
   * @param rollup leaf steps of the whole tree by status; null until the run has ended
   * @param ways how steps go on that were tried again while the run went on, by step id
   */
  public record Progress(
      List<TimelineEvent> timeline,
      @Nullable RunStatus halt,
      @Nullable String quarantine,
      @Nullable Map<String, Long> rollup,
      Map<String, Way> ways) {
    public static final Progress NONE = new Progress(List.of(), null, null, null, Map.of());

    /** Of a run of which there is only this to tell. */
    public static Progress saying(TimelineEvent event) {
      return NONE.say(event);
    }

    public boolean isEmpty() {
      return timeline.isEmpty()
          && halt == null
          && quarantine == null
          && rollup == null
          && ways.isEmpty();
    }

    /** The latest run that earlier attempts of a step started, for steps that were tried again. */
    public Map<String, RunKey> children() {
      var children = new LinkedHashMap<String, RunKey>();
      ways.forEach((stepId, way) -> {
        if (way.child() != null) {
          children.put(stepId, way.child());
        }
      });
      return children;
    }

    public Progress goingOn(String stepId, Way way) {
      var all = new LinkedHashMap<>(ways);
      all.put(stepId, way);
      return new Progress(timeline, halt, quarantine, rollup, all);
    }

    public Progress say(TimelineEvent event) {
      var all = new java.util.ArrayList<>(timeline);
      all.add(event);
      return new Progress(
          List.copyOf(all.subList(Math.max(0, all.size() - 32), all.size())),
          halt,
          quarantine,
          rollup,
          ways);
    }

    public Progress halted(RunStatus as) {
      return new Progress(timeline, as, quarantine, rollup, ways);
    }

    /** What is left of the progress of a run that broke the engine. */
    public static Progress quarantined(String reason, long at) {
      return new Progress(List.of(TimelineEvent.error(at, reason)), null, reason, null, Map.of());
    }

    public Progress rolledUp(Map<String, Long> leaves) {
      return new Progress(timeline, halt, quarantine, leaves, ways);
    }
  }

  /**
   * How a step goes on that is tried again.
   *
   * @param attemptId of the attempt that does
   * @param nodes from the run that it starts downwards; empty unless a restart comes this way
   * @param child the latest run that an attempt before it started; null if none did
   * @param pass the artifacts of the attempt before it, of a while step; empty for all others
   */
  public record Way(
      long attemptId, List<RestartNode> nodes, @Nullable RunKey child, Map<String, Object> pass) {}

  public RunRow started(long now, long due) {
    return new RunRow(
        key,
        uuid,
        RunStatus.IN_PROGRESS,
        true,
        blocking,
        versionId,
        createTime,
        now,
        null,
        now,
        due,
        facts,
        progress);
  }

  public RunRow ended(RunStatus as, boolean blocks, long now, Progress newProgress) {
    return new RunRow(
        key,
        uuid,
        as,
        admitted,
        blocks,
        versionId,
        createTime,
        startTime,
        now,
        now,
        null,
        facts,
        newProgress);
  }

  /** Stands still because it broke the engine's own code. */
  public RunRow setAside(String reason, long now) {
    return new RunRow(
        key,
        uuid,
        RunStatus.PAUSED,
        admitted,
        blocking,
        versionId,
        createTime,
        null,
        null,
        now,
        null,
        facts,
        Progress.quarantined(reason, now));
  }

  public RunRow with(RunFacts read) {
    return new RunRow(
        key,
        uuid,
        status,
        admitted,
        blocking,
        versionId,
        createTime,
        startTime,
        endTime,
        modifyTime,
        dueAt,
        read,
        progress);
  }

  public RunRow with(Progress newProgress, long now) {
    return new RunRow(
        key,
        uuid,
        status,
        admitted,
        blocking,
        versionId,
        createTime,
        startTime,
        endTime,
        now,
        dueAt,
        facts,
        newProgress);
  }
}
