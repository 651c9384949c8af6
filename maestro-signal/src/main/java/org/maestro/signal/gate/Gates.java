package org.maestro.signal.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalRequest;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.match.Conditions;
import org.maestro.signal.match.Hook;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.OutboxStore;

/**
 * Opens gates: at once by the newest signal that was there before and matches, else by the first
 * one that comes. Gates don't consume: one signal opens any number of them, and triggers see it all
 * the same. Works in the transaction that is running, which holds the row of the signal's name.
 */
public final class Gates {
  private final GateStore gates;
  private final SignalStore signals;
  private final FlowStore flows;
  private final OutboxStore outbox;
  private final SignalJson json;
  private final Supplier<String> ids;
  private final String topic;

  /**
   * @param ids unique ones
   * @param topic where the engine listens
   */
  public Gates(
      GateStore gates,
      SignalStore signals,
      FlowStore flows,
      OutboxStore outbox,
      SignalJson json,
      Supplier<String> ids,
      String topic) {
    this.gates = gates;
    this.signals = signals;
    this.flows = flows;
    this.outbox = outbox;
    this.json = json;
    this.ids = ids;
    this.topic = topic;
  }

  /**
   * Lets a step wait, or answers at once; asked again, it answers the same again.
   *
   * @return what is to be sent after the commit
   */
  public List<OutboxRow> await(SignalRequest.Await request, long now) {
    var known = gates.find(request.gate()).orElse(null);
    if (known != null) {
      var seq = known.openedSeq();
      return seq == null ? List.of() : send(List.of(openedBefore(known, seq)), now);
    }
    var of = request.workflowId() == null ? request.gate().workflowId() : request.workflowId();
    var found = signals.newest(request.name(), request.conditions(), gates.announcers(of));
    var gate =
        new Gate(
            request.gate(),
            request.name(),
            request.conditions(),
            found.map(Signal::seqId).orElse(null),
            now,
            found.isPresent() ? (Long) now : null);
    gates.insert(gate, request.workflowId());
    if (found.isEmpty()) {
      return List.of();
    }
    flows.add(List.of(flow(gate)));
    return send(List.of(opened(gate, found.get())), now);
  }

  /** Lets a step wait no more; a gate that has been opened stays so. */
  public void forget(SignalRequest.Forget request) {
    gates.forget(request.gate());
  }

  /**
   * Offers signals of one name to the gates that wait, in their order.
   *
   * @return what is to be sent after the commit
   */
  public List<OutboxRow> offer(String name, List<Signal> arrived, long now) {
    var hooks = arrived.stream().flatMap(signal -> Hook.offeredBy(signal.params()).stream());
    var rows = new ArrayList<OutboxRow>();
    var flowing = new ArrayList<FlowStore.Flow>();
    for (var waiting : gates.waiting(name, hooks.toList())) {
      var gate = waiting.gate();
      arrived.stream()
          .filter(signal -> Conditions.hold(gate.conditions(), signal.params()))
          .filter(waiting.announcers()::include)
          .findFirst()
          .filter(signal -> gates.open(gate.place(), signal.seqId(), now))
          .ifPresent(signal -> {
            rows.add(opened(gate, signal));
            flowing.add(flow(gate));
          });
    }
    flows.add(flowing);
    return send(rows, now);
  }

  private static FlowStore.Flow flow(Gate gate) {
    return new FlowStore.Flow(gate.place().workflowId(), FlowStore.Kind.OPENED, gate.name());
  }

  private List<OutboxRow> send(List<OutboxRow> rows, long now) {
    outbox.insert(rows, now);
    return rows;
  }

  private OutboxRow openedBefore(Gate gate, long seq) {
    // The signal may be too old to be there still.
    var params = signals.find(gate.name(), seq).map(Signal::params).orElse(Map.of());
    return opened(gate, seq, params);
  }

  private OutboxRow opened(Gate gate, Signal signal) {
    return opened(gate, signal.seqId(), signal.params());
  }

  private OutboxRow opened(Gate gate, long seq, Map<String, Object> params) {
    return new OutboxRow(
        ids.get(),
        topic,
        gate.place().workflowId(),
        json.write(new EngineRequest.GateOpened(gate.place(), seq, params)));
  }
}
