package org.maestro.signal.api;

import java.util.List;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.signal.SignalDetail.MatchView;
import org.maestro.model.signal.SignalView;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.trigger.Match;

/** Signals as clients see them. */
final class SignalViews {
  private SignalViews() {}

  static SignalView of(Signal signal) {
    return of(signal, List.of());
  }

  static SignalView of(Signal signal, List<DefinitionProblem> leftOut) {
    return new SignalView(
        signal.name(),
        signal.seqId(),
        signal.instanceId(),
        signal.params(),
        signal.payload(),
        signal.origin().kind(),
        signal.origin().by(),
        signal.by().principal(),
        signal.origin() instanceof Origin.Step(var source) ? source : null,
        signal.requestTime(),
        signal.createTime(),
        leftOut.isEmpty() ? null : leftOut);
  }

  static MatchView of(Match match) {
    return new MatchView(
        match.id(),
        match.workflowId(),
        match.triggerUuid(),
        match.state(),
        match.signals(),
        match.requestId(),
        match.instanceId(),
        match.reason(),
        match.matchTime());
  }
}
