package org.maestro.engine.step.runtime.targets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.model.definition.StepType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each attempt to the target it asks for, or to its type's default, and finds it there again
 * whatever the settings say by then: where it was launched is written to its folder.
 *
 * <p>Where a type has one target, and that is there without being named, nothing is between an
 * attempt and its runtime.
 */
public final class Targets implements AutoCloseable {
  /** The parameter by which a step asks for one. */
  public static final String PARAM = "target";

  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
  private static final int AT_ONCE = 4;

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final AttemptFolders folders;
  private final StepReporter reporter;
  private final Map<String, Room> placed = new ConcurrentHashMap<>();
  private final ExecutorService threads;
  private final List<Runnable> own;

  /**
   * Over all targets; what their runtimes report has to come through {@link Reports}.
   *
   * @param own what is to be done when it is closed
   */
  public Targets(
      Collection<Target> targets,
      AttemptFolders folders,
      StepReporter reporter,
      List<Runnable> own) {
    this.own = List.copyOf(own);
    targets.forEach(target -> rooms.put(target.name(), new Room(target)));
    this.folders = folders;
    this.reporter = reporter;
    var made =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("maestro-target-", 0).factory());
    made.allowCoreThreadTimeOut(true);
    this.threads = made;
    for (var type : StepType.values()) {
      var several =
          targets.stream().filter(one -> one.takes(type) && one.isDefaultFor(type)).toList();
      if (several.size() > 1) {
        throw new IllegalArgumentException(
            "maestro.runtimes: expected one target to be the default for %s, found %s"
                .formatted(type.label(), several.stream().map(Target::name).toList()));
      }
    }
  }

  /** Passes on what runtimes report, and hears of ends. */
  public static final class Reports implements StepReporter {
    private final StepReporter reporter;
    private volatile @Nullable Targets targets;

    public Reports(StepReporter reporter) {
      this.reporter = reporter;
    }

    void to(Targets those) {
      targets = those;
    }

    @Override
    public void report(AttemptRef attempt, StepReport report) {
      reporter.report(attempt, report);
      var those = targets;
      if (those != null) {
        switch (report) {
          case StepReport.JobCompleted _, JobFailed _, StepReport.JobTerminated _ ->
              those.ended(attempt);
          case StepReport.JobStarted _, JobProgressed _ -> {
            // it goes on
          }
        }
      }
    }
  }

  /** Hears of ends from now on. */
  public Targets listeningTo(Reports reports) {
    reports.to(this);
    return this;
  }

  /** Whether a runtime is given its attempts by this. */
  public boolean holds(StepRuntime runtime) {
    return rooms.values().stream().anyMatch(room -> room.target.runtime().equals(runtime));
  }

  /** A runtime for each type of step that any target takes. */
  public List<StepRuntime> runtimes() {
    var types = new LinkedHashSet<StepType>();
    rooms.values().forEach(room -> types.addAll(room.target.steps()));
    return types.stream().<StepRuntime>map(OfType::new).toList();
  }

  /** A target with those that run there and those that wait. */
  private static final class Room {
    private final Target target;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Launch> waiting = new LinkedHashMap<>();

    Room(Target target) {
      this.target = target;
    }

    /** Whether it may run now; else it waits. */
    synchronized boolean enters(Launch launch) {
      var uuid = launch.attempt().uuid();
      var most = target.settings().concurrency();
      if (most == 0 || running.contains(uuid) || running.size() < most) {
        running.add(uuid);
        return true;
      }
      waiting.putIfAbsent(uuid, launch);
      return false;
    }

    /** It was there before. */
    synchronized void returns(AttemptRef attempt) {
      running.add(attempt.uuid());
    }

    /** Who goes next, if that made room. */
    synchronized @Nullable Launch leaves(AttemptRef attempt) {
      waiting.remove(attempt.uuid());
      running.remove(attempt.uuid());
      if (running.size() >= Math.max(1, target.settings().concurrency()) || waiting.isEmpty()) {
        return null;
      }
      var next = waiting.values().iterator().next();
      waiting.remove(next.attempt().uuid());
      running.add(next.attempt().uuid());
      return next;
    }

    synchronized boolean forgets(AttemptRef attempt) {
      return waiting.remove(attempt.uuid()) != null;
    }
  }

  private void ended(AttemptRef attempt) {
    var room = placed.remove(attempt.uuid());
    var next = room == null ? null : room.leaves(attempt);
    if (room != null && next != null) {
      go(() -> begin(room, next));
    }
  }

  private void go(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed: another engine attaches.
    }
  }

  private void begin(Room room, Launch launch) {
    try {
      if (!room.target.isUnnamed()) {
        folders.of(launch.attempt().uuid()).recordTarget(room.target.name());
      }
      room.target.runtime().launch(launch);
    } catch (IOException e) {
      LOG.warn("Where attempt {} is launched can't be written", launch.attempt(), e);
      fail(launch.attempt(), Kind.PLATFORM, "Its folder can't be written: " + e);
    }
  }

  private void fail(AttemptRef attempt, Kind kind, String message) {
    reporter.report(attempt, new JobFailed(kind, message, Map.of()));
    ended(attempt);
  }

  /** What runs one type of step, wherever. */
  private final class OfType implements StepRuntime {
    private final StepType type;
    private final List<Room> rooms;

    /** Nothing to choose or to count: the only one. */
    private final @Nullable StepRuntime only;

    OfType(StepType type) {
      this.type = type;
      this.rooms =
          Targets.this.rooms.values().stream().filter(room -> room.target.takes(type)).toList();
      var first = rooms.getFirst().target;
      this.only =
          rooms.size() == 1
                  && first.isUnnamed()
                  && first.isForAll()
                  && first.settings().concurrency() == 0
              ? first.runtime()
              : null;
    }

    @Override
    public Set<StepType> types() {
      return Set.of(type);
    }

    @Override
    public List<StepProblem> problems(LiteralStep step) {
      if (step.isOpen("/" + PARAM)) {
        return List.of();
      }
      var choice = choose(step.values().get(PARAM), step.owner(), step.workflowId());
      return choice.room == null
          ? List.of(new StepProblem(choice.field, choice.problem, true))
          : choice.room.target.runtime().problems(step);
    }

    private record Choice(@Nullable Room room, String field, String problem) {}

    private Choice choose(@Nullable Object asked, @Nullable String owner, String workflowId) {
      var room = asked == null || !isAsked() ? otherwise() : named(String.valueOf(asked));
      if (room == null) {
        return asked == null
            ? new Choice(
                null,
                "",
                "several targets take steps of type %s, and none is the default; say which by the parameter target, one of %s, or have one made the default (maestro.runtimes.NAME.default-for)"
                    .formatted(type.label(), names()))
            : new Choice(
                null,
                "/" + PARAM,
                "expected target to be one that takes steps of type %s here, %s, found \"%s\" (maestro.runtimes)"
                    .formatted(type.label(), names(), asked));
      }
      if (!room.target.isFor(owner, workflowId)) {
        return new Choice(
            null,
            asked == null ? "" : "/" + PARAM,
            "target %s isn't for owner \"%s\" or not for workflow \"%s\"; ask the operator to add them to maestro.runtimes.%s.owners and .workflows"
                .formatted(room.target.name(), owner, workflowId, room.target.name()));
      }
      return new Choice(room, "", "");
    }

    /** A process's own parameter of this name stays its own where there is nothing to choose. */
    private boolean isAsked() {
      return !isProcess() || rooms.size() > 1;
    }

    private boolean isProcess() {
      return type == StepType.SHELL || type == StepType.PYTHON || type == StepType.NOTEBOOK;
    }

    private @Nullable Room named(String name) {
      return rooms.stream()
          .filter(room -> room.target.name().equals(name))
          .findFirst()
          .orElse(null);
    }

    private List<String> names() {
      return rooms.stream().map(room -> room.target.name()).toList();
    }

    private @Nullable Room otherwise() {
      if (rooms.size() == 1) {
        return rooms.getFirst();
      }
      var preferred = new ArrayList<Room>();
      rooms.stream().filter(room -> room.target.isDefaultFor(type)).forEach(preferred::add);
      if (preferred.isEmpty()) {
        // Titus steps, too, go to a container engine rather than to a cluster.
        var name = isProcess() ? "process" : type == StepType.KUBERNETES ? "kubernetes" : "docker";
        rooms.stream().filter(room -> room.target.name().equals(name)).forEach(preferred::add);
      }
      return preferred.isEmpty() ? null : preferred.getFirst();
    }

    @Override
    public void launch(Launch launch) {
      if (only != null && !isAskedBy(launch)) {
        only.launch(launch);
      } else {
        go(() -> place(launch));
      }
    }

    private boolean isAskedBy(Launch launch) {
      return isAsked() && launch.params().containsKey(PARAM);
    }

    private void place(Launch launch) {
      var ref = launch.attempt();
      var choice = choose(launch.params().get(PARAM), launch.owner(), ref.workflowId());
      var room = choice.room;
      if (room == null) {
        fail(ref, Kind.FATAL, choice.problem);
        return;
      }
      if (placed.putIfAbsent(ref.uuid(), room) != null) {
        return; // launched twice
      }
      if (room.enters(launch)) {
        begin(room, launch);
      } else {
        reporter.report(
            ref,
            new JobProgressed(
                "Waits for room at target %s, where %d jobs may run at once"
                    .formatted(room.target.name(), room.target.settings().concurrency())));
      }
    }

    @Override
    public void attach(Launch launch) {
      go(() -> {
        var ref = launch.attempt();
        switch (where(ref)) {
          case Nowhere _ -> launch(launch);
          case Gone(var name) ->
              reporter.report(
                  ref,
                  new JobProgressed(
                      "It was launched at target %s, which isn't set up any more; it is followed again when maestro.runtimes.%s is"
                          .formatted(name, name)));
          case There(var room) -> {
            if (placed.putIfAbsent(ref.uuid(), room) == null) {
              room.returns(ref);
            }
            room.target.runtime().attach(launch);
          }
        }
      });
    }

    @Override
    public void terminate(AttemptRef attempt) {
      if (only != null && !placed.containsKey(attempt.uuid()) && !hasOthers()) {
        only.terminate(attempt);
        return;
      }
      var room = placed.get(attempt.uuid());
      if (room != null) {
        var _ = room.forgets(attempt); // the runtime sees to it that it never begins
        room.target.runtime().terminate(attempt);
        return;
      }
      go(() -> {
        switch (where(attempt)) {
          case There(var there) -> there.target.runtime().terminate(attempt);
          case Gone(var name) ->
              reporter.report(
                  attempt,
                  new JobProgressed(
                      "It was launched at target %s, which isn't set up any more, and can't be ended; set maestro.runtimes.%s"
                          .formatted(name, name)));
          case Nowhere _ -> {
            var other = otherwise();
            (other == null ? rooms.getFirst() : other).target.runtime().terminate(attempt);
          }
        }
      });
    }

    /** Whether an attempt of this type may have been launched elsewhere before. */
    private boolean hasOthers() {
      return Targets.this.rooms.values().stream().anyMatch(room -> !room.target.isUnnamed());
    }
  }

  /** Where an attempt was launched. */
  private sealed interface Where {}

  private record Nowhere() implements Where {}

  private record Gone(String name) implements Where {}

  private record There(Room room) implements Where {}

  private Where where(AttemptRef attempt) {
    try {
      var folder = folders.of(attempt.uuid());
      var noted = folder.target();
      if (noted.isPresent()) {
        var room = rooms.get(noted.get());
        return room == null ? new Gone(noted.get()) : new There(room);
      }
      var claim = folder.claim();
      if (claim.isEmpty()) {
        return new Nowhere();
      }
      // Only those that are there without being named leave no note.
      var name = claim.get().isContainer() ? "docker" : "process";
      var room = rooms.get(name);
      return room != null
          ? new There(room)
          : claim.get().isBuried() ? new Nowhere() : new Gone(name);
    } catch (IOException e) {
      LOG.warn("Where attempt {} was launched can't be read", attempt, e);
      return new Nowhere();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    own.forEach(Runnable::run);
  }
}
