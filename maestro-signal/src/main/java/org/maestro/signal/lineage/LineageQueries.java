package org.maestro.signal.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.maestro.model.document.Limit;
import org.maestro.model.lineage.Lineage;
import org.maestro.model.lineage.Lineage.Direction;
import org.maestro.model.lineage.Lineage.Kind;
import org.maestro.model.lineage.Node;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.FlowStore.Flow;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.gate.GateStore;
import org.maestro.signal.lineage.LineageWalk.Step;
import org.maestro.signal.trigger.Match;
import org.maestro.signal.trigger.MatchStore;
import org.maestro.signal.trigger.TriggerStore;

/** Walks the lineage of signals, instances and workflows, from what the signal service knows. */
public final class LineageQueries {
  @Limit("steps from a lineage's start")
  private static final int DEEPEST = 20;

  private static final int MOST_NODES = 1_000;
  private static final int MOST_STEPS = 200;

  private final Transactions transactions;
  private final SignalStore signals;
  private final MatchStore matches;
  private final GateStore gates;
  private final FlowStore flows;
  private final TriggerStore triggers;
  private final AccessPolicy policy;

  public LineageQueries(
      Transactions transactions,
      SignalStore signals,
      MatchStore matches,
      GateStore gates,
      FlowStore flows,
      TriggerStore triggers,
      AccessPolicy policy) {
    this.transactions = transactions;
    this.signals = signals;
    this.matches = matches;
    this.gates = gates;
    this.flows = flows;
    this.triggers = triggers;
    this.policy = policy;
  }

  /**
   * The lineage of something.
   *
   * @param depth how many steps to walk, 1 to 20
   * @throws ApiException 400 for another depth; 404 for a signal that isn't there
   */
  public Lineage of(Caller caller, Node start, Direction direction, int depth) {
    policy.requireMayList(caller);
    if (depth < 1 || depth > DEEPEST) {
      throw ApiException.badRequest(
          "invalid-parameter", "depth: expected 1 to %d, found %d".formatted(DEEPEST, depth));
    }
    return transactions.read(() -> {
      if (start instanceof Node.OfSignal(var name, var seq) && signals.find(name, seq).isEmpty()) {
        throw ApiException.notFound(
            "signal-not-found", "there is no signal \"%s\" with number %d".formatted(name, seq));
      }
      return new LineageWalk(node -> steps(node, direction), depth, MOST_NODES)
          .from(start, direction);
    });
  }

  private List<Step> steps(Node node, Direction direction) {
    return switch (direction) {
      case DOWNSTREAM -> effects(node);
      case UPSTREAM -> causes(node);
    };
  }

  private List<Step> effects(Node node) {
    var steps = new ArrayList<Step>();
    switch (node) {
      case Node.OfSignal(var name, var seq) -> {
        matches.ofSignal(name, seq, MOST_STEPS).forEach(match -> steps.add(triggered(match)));
        gates
            .openedBy(name, seq, MOST_STEPS)
            .forEach(gate ->
                steps.add(
                    new Step(
                        new Node.OfRun(gate.place().workflowId(), gate.place().instanceId()),
                        Kind.OPENED)));
      }
      case Node.OfRun(var workflowId, var instanceId) ->
          signals
              .announcedBy(workflowId, instanceId, MOST_STEPS)
              .forEach(place ->
                  steps.add(
                      new Step(new Node.OfSignal(place.name(), place.seq()), Kind.ANNOUNCED)));
      case Node.OfWorkflow(var workflowId) ->
          flows.ofWorkflow(workflowId, MOST_STEPS).stream()
              .filter(flow -> flow.kind() == FlowStore.Kind.ANNOUNCED)
              .forEach(flow -> steps.add(new Step(new Node.OfName(flow.name()), Kind.ANNOUNCED)));
      case Node.OfName(var name) -> {
        flows.ofName(name, MOST_STEPS).stream()
            .filter(flow -> flow.kind() != FlowStore.Kind.ANNOUNCED)
            .forEach(flow ->
                steps.add(new Step(new Node.OfWorkflow(flow.workflowId()), consuming(flow))));
        triggers
            .subscribers(name, MOST_STEPS)
            .forEach(id -> steps.add(new Step(new Node.OfWorkflow(id), Kind.SUBSCRIBED)));
      }
      case Node.OfMatch _, Node.OfOutside _ -> {}
    }
    return steps;
  }

  private static Step triggered(Match match) {
    var instance = match.instanceId();
    return new Step(
        instance != null
            ? new Node.OfRun(match.workflowId(), instance)
            : new Node.OfMatch(
                match.id(), match.workflowId(), match.state().name(), match.reason()),
        Kind.TRIGGERED);
  }

  private static Kind consuming(Flow flow) {
    return switch (flow.kind()) {
      case ANNOUNCED -> Kind.ANNOUNCED;
      case TRIGGERED -> Kind.TRIGGERED;
      case OPENED -> Kind.OPENED;
    };
  }

  private List<Step> causes(Node node) {
    var steps = new ArrayList<Step>();
    switch (node) {
      case Node.OfSignal(var name, var seq) ->
          signals
              .find(name, seq)
              .ifPresent(signal -> steps.add(new Step(announcer(signal.origin()), Kind.ANNOUNCED)));
      case Node.OfRun(var workflowId, var instanceId) -> {
        matches
            .ofInstance(workflowId, instanceId, MOST_STEPS)
            .forEach(match ->
                match
                    .signals()
                    .forEach((name, seq) ->
                        steps.add(new Step(new Node.OfSignal(name, seq), Kind.TRIGGERED))));
        gates
            .ofInstance(workflowId, instanceId, MOST_STEPS)
            .forEach(gate ->
                steps.add(
                    new Step(
                        new Node.OfSignal(gate.name(), Objects.requireNonNull(gate.openedSeq())),
                        Kind.OPENED)));
      }
      case Node.OfWorkflow(var workflowId) -> {
        flows.ofWorkflow(workflowId, MOST_STEPS).stream()
            .filter(flow -> flow.kind() != FlowStore.Kind.ANNOUNCED)
            .forEach(flow -> steps.add(new Step(new Node.OfName(flow.name()), consuming(flow))));
        triggers
            .wanted(workflowId, MOST_STEPS)
            .forEach(name -> steps.add(new Step(new Node.OfName(name), Kind.SUBSCRIBED)));
      }
      case Node.OfName(var name) ->
          flows.ofName(name, MOST_STEPS).stream()
              .filter(flow -> flow.kind() == FlowStore.Kind.ANNOUNCED)
              .forEach(flow ->
                  steps.add(new Step(new Node.OfWorkflow(flow.workflowId()), Kind.ANNOUNCED)));
      case Node.OfMatch _, Node.OfOutside _ -> {}
    }
    return steps;
  }

  private static Node announcer(Origin origin) {
    return origin instanceof Origin.Step(var source)
        ? new Node.OfRun(source.workflowId(), source.instanceId())
        : new Node.OfOutside(origin.kind(), origin.by());
  }
}
