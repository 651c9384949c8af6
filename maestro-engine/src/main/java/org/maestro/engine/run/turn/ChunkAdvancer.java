package org.maestro.engine.run.turn;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.ChunkRow;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunStore;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.RestartPolicy;

/**
 * The chunks of foreach steps that live on one shard: starts their iterations, counts them when
 * they end, and tells the loops how they stand. An iteration that ends and the one that begins in
 * its place are one commit. Used by the shard's thread only.
 */
public final class ChunkAdvancer {
  private static final String LOST = "The engine could not read or go on with it";

  private final LoopStore store;
  private final LoopSource loops;
  private final RunStore runs;
  private final InstantSource clock;
  private final Shard shard;
  private final Map<RunKey, Open> open = new HashMap<>();
  private final Set<RunKey> touched = new LinkedHashSet<>();

  /** A chunk in memory; {@code before} holds what was read of iterations that begin this turn. */
  private record Open(
      LoopKey loop, LoopFacts facts, Chunk chunk, Map<Long, RunStore.Before> before) {}

  /** What a chunk needs of its shard's loop. */
  public interface Shard {
    /**
     * Begins a run that has just been made, within the turn.
     *
     * @return whether it ended at once
     */
    boolean begin(Run iteration, IterationFacts facts, Batch batch);

    /** Whether a chunk has ended processes, and is touched no more. */
    boolean isBanned(RunKey chunk);

    /** Hands a command to a run of this shard, within the turn. */
    void deliver(RunCommand command, Batch batch);
  }

  public ChunkAdvancer(
      LoopStore store, LoopSource loops, RunStore runs, InstantSource clock, Shard shard) {
    this.store = store;
    this.loops = loops;
    this.runs = runs;
    this.clock = clock;
    this.shard = shard;
  }

  /** Forgets all chunks: what is kept of them is true. */
  public void forget() {
    open.clear();
    touched.clear();
  }

  public void apply(RunCommand.OrderChunk command, Batch batch) {
    var one = open(command.run());
    var chunk = one.chunk();
    chunk.order(command.order());
    touched.add(command.run());
    var ending = chunk.ending();
    if (ending != null) {
      chunk
          .running()
          .forEach(index ->
              shard.deliver(
                  new RunCommand.EndRun(
                      runOf(one, index), ending, "Its foreach step was told to end", null),
                  batch));
    }
    work(one, batch);
  }

  private RunKey runOf(Open one, long index) {
    return new RunKey(
        one.loop().workflowId(), index + 1, one.chunk().runOf(index, one.loop().loopRun()));
  }

  /** Iterations whose rows can't be read were ended, or set aside, without their chunk. */
  public void apply(RunCommand.RecoverChunk command, Batch batch) {
    var one = open(command.run());
    var begun = new ArrayList<RunKey>();
    one.chunk().running().forEach(index -> begun.add(runOf(one, index)));
    for (var stands : runs.standing(begun)) {
      var index = stands.run().instanceId() - 1;
      var because = FailureSignature.ofQuarantine(stands.progress());
      if (stands.status().isTerminal()) {
        var end = stands.endTime() == null ? clock.millis() : stands.endTime();
        one.chunk()
            .ended(index, stands.status(), Map.of(), end - stands.createTime(), because, end);
      } else {
        one.chunk().setAside(index, because);
      }
    }
    touched.add(command.run());
    work(one, batch);
  }

  /** An iteration has ended. */
  public void ended(Run iteration, Batch batch) {
    var row = iteration.row;
    var loopRun = row.facts().loopRun();
    if (loopRun == null) {
      return; // restarted by itself, outside of its loop
    }
    var key = RunKey.ofChunk(new LoopKey(row.key().workflowId(), loopRun), row.key().chunk());
    if (shard.isBanned(key)) {
      return;
    }
    var one = open(key);
    count(one, iteration);
    touched.add(key);
    work(one, batch);
  }

  /** An iteration that can't be read, or isn't there, has been ended all the same. */
  public void lost(RunKey iteration, RunStatus as, Batch batch) {
    var index = iteration.instanceId() - 1;
    var loop = store.latestLoop(iteration.workflowId()).map(LoopRow::key).orElse(null);
    if (loop == null) {
      return;
    }
    var key = RunKey.ofChunk(loop, InlineWorkflow.chunkOf(index));
    if (shard.isBanned(key)) {
      return;
    }
    var one = open(key);
    if (!one.chunk().running().contains(index)
        || one.chunk().runOf(index, loop.loopRun()) != iteration.runId()) {
      return;
    }
    one.chunk().ended(index, as, Map.of(), 0, LOST, clock.millis());
    touched.add(key);
    work(one, batch);
  }

  /** A chunk that can't be read tells its loop that nothing more is to be expected of it. */
  public void broken(RunCommand.OrderChunk command, Batch batch) {
    var loop = new LoopKey(command.run().workflowId(), command.run().runId());
    var facts = loops.facts(loop);
    batch
        .changes(command.run())
        .send(
            new RunCommand.ChunkReported(
                facts.parent(),
                facts.stepId(),
                facts.attemptId(),
                loop,
                command.run().chunk(),
                new Chunk.Report(
                    Long.MAX_VALUE, command.order().generation(), 0, true, true, true, null)));
  }

  /** A chunk that must not be touched ends the run of its step, which ends all other chunks. */
  public void endLoop(RunKey chunk, String because, Batch batch) {
    var facts = loops.facts(new LoopKey(chunk.workflowId(), chunk.runId()));
    batch
        .changes(chunk)
        .send(
            new RunCommand.EndRun(
                facts.parent(),
                RunStatus.FAILED,
                "Iterations of step " + facts.stepId() + ": " + because,
                null));
  }

  /** What still runs of a chunk that must not be touched. */
  public void endIterations(RunCommand.OrderChunk command, Batch batch) {
    var ending = command.order().ending();
    if (ending == null) {
      return;
    }
    for (var iteration : runs.liveIterations(command.run())) {
      batch
          .changes(command.run())
          .send(new RunCommand.EndRun(iteration, ending, "Its foreach step was told to end", null));
    }
  }

  private void count(Open one, Run iteration) {
    var row = iteration.row;
    if (one.chunk().runOf(row.key().instanceId() - 1, one.loop().loopRun()) != row.key().runId()) {
      return; // a run of this iteration that the loop didn't start
    }
    var leaves = row.progress().rollup();
    var started = row.startTime() == null ? row.createTime() : row.startTime();
    var end = row.endTime() == null ? clock.millis() : row.endTime();
    one.chunk()
        .ended(
            row.key().instanceId() - 1,
            row.status(),
            leaves == null ? Map.of() : leaves,
            end - started,
            row.status() == RunStatus.SUCCEEDED
                ? FailureSignature.ofIgnored(iteration)
                : FailureSignature.of(iteration),
            end);
    // It may be told to run again before this turn is written.
    one.before()
        .put(
            row.key().instanceId() - 1,
            new RunStore.Before(row.key().runId(), leaves, iteration.leaves()));
  }

  private void work(Open one, Batch batch) {
    var facts = one.facts();
    var span = facts.strict() ? facts.width() : 0;
    for (var index = one.chunk().toStart(span); index >= 0; index = one.chunk().toStart(span)) {
      start(one, index, batch);
    }
  }

  private void start(Open one, long index, Batch batch) {
    var facts = one.facts();
    var before = before(one, index);
    var way = wayInto(one, index, before);
    var goesOn = one.chunk().isAgain(index);
    var now = clock.millis();
    var runId = one.chunk().started(index, one.loop().loopRun(), before.runId(), now);
    if (goesOn && before.rollup() != null) {
      one.chunk().takeBack(before.rollup());
    }
    var own = IterationFacts.of(one.loop().loopRun(), facts, null);
    if (!way.isEmpty()) {
      own = own.again(way.getFirst().policy(), way);
    } else if (goesOn && !before.history().standing().isEmpty()) {
      own = own.again(RestartPolicy.RESTART_FROM_INCOMPLETE, List.of());
    }
    var key = new RunKey(one.loop().workflowId(), index + 1, runId);
    var row = loops.iteration(one.loop(), facts, key, own, now);
    var iteration = new Run(row, loops.plan(facts), loops.instanceFacts(row), before.history());
    if (shard.begin(iteration, own, batch)) {
      count(one, iteration);
    } else if (iteration.row.progress().quarantine() != null) {
      one.chunk().setAside(index, FailureSignature.ofQuarantine(iteration.row.progress()));
    }
  }

  /** What an iteration has come to before; read together with those that will follow it. */
  private RunStore.Before before(Open one, long index) {
    var chunk = one.chunk();
    if (one.facts().previous() == null && !chunk.isAgain(index)) {
      return RunStore.Before.NEVER;
    }
    if (!one.before().containsKey(index)) {
      var wanted = new ArrayList<Long>();
      wanted.add(index + 1);
      chunk.following(index, chunk.free()).forEach(i -> wanted.add(i + 1));
      var read = runs.before(one.loop().workflowId(), wanted, loops.plan(one.facts()));
      wanted.forEach(i -> one.before().put(i - 1, read.getOrDefault(i, RunStore.Before.NEVER)));
    }
    var known = one.before().remove(index);
    return known == null ? RunStore.Before.NEVER : known;
  }

  /** The way of a restart that comes to an iteration; empty unless one does. */
  private static List<RestartNode> wayInto(Open one, long index, RunStore.Before before) {
    var way = one.chunk().wayInto(index);
    var only = one.facts().only();
    if (way.isEmpty()
        && only != null
        && only == index
        && before.runId() < one.loop().loopRun()) { // kept before chunks knew of the way
      way = one.facts().nodes();
    }
    // Without a result to go on from there is only one way to run it.
    return before.history().standing().isEmpty() ? List.of() : way;
  }

  private Open open(RunKey key) {
    var known = open.get(key);
    if (known != null) {
      return known;
    }
    var loop = new LoopKey(key.workflowId(), key.runId());
    var facts = loops.facts(loop);
    var number = key.chunk();
    var kept = store.chunks(loop, facts, number, number + 1);
    var state = kept.isEmpty() ? first(facts, loop, number).state() : kept.getFirst();
    var chunk = new Chunk(state, Boolean.TRUE.equals(facts.endsAtOnce()));
    var opened = new Open(loop, facts, chunk, new HashMap<>());
    open.put(key, opened);
    return opened;
  }

  /** A chunk of which nothing is kept, neither of this pass nor of one that it goes on with. */
  private static Chunk first(LoopFacts facts, LoopKey loop, long number) {
    var from = number * InlineWorkflow.CHUNK;
    var chunk = new Chunk(from, Math.min(from + InlineWorkflow.CHUNK, facts.total()));
    return facts.goesOn(loop) ? Chunk.after(chunk.state(), facts.only(), facts.nodes()) : chunk;
  }

  /** What this turn has done to chunks becomes a part of its batch. */
  public void finishTurn(Batch batch) {
    for (var key : touched) {
      var one = open.get(key);
      if (one == null) {
        continue;
      }
      one.before().clear();
      var report = one.chunk().report();
      if (report != null) {
        var facts = one.facts();
        batch
            .changes(key)
            .send(
                new RunCommand.ChunkReported(
                    facts.parent(),
                    facts.stepId(),
                    facts.attemptId(),
                    one.loop(),
                    key.chunk(),
                    report));
      }
      var finished = one.chunk().finished();
      batch.chunk(key, new ChunkRow(one.loop(), key.chunk(), !finished, one.chunk().state()));
      if (finished) {
        open.remove(key);
      }
    }
    touched.clear();
  }
}
