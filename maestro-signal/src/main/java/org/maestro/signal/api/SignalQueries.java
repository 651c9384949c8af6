package org.maestro.signal.api;

import org.maestro.model.page.Page;
import org.maestro.model.signal.SignalDetail;
import org.maestro.model.signal.SignalName;
import org.maestro.model.signal.SignalView;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.signal.announce.Signal;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.gate.Gate;
import org.maestro.signal.gate.GateStore;
import org.maestro.signal.trigger.MatchStore;

/** Reads signals for people. Everybody who may list workflows may see them. */
public final class SignalQueries {
  private static final int SHOWN = 200;

  private final Transactions transactions;
  private final SignalStore signals;
  private final MatchStore matches;
  private final GateStore gates;
  private final AccessPolicy policy;

  public SignalQueries(
      Transactions transactions,
      SignalStore signals,
      MatchStore matches,
      GateStore gates,
      AccessPolicy policy) {
    this.transactions = transactions;
    this.signals = signals;
    this.matches = matches;
    this.gates = gates;
    this.policy = policy;
  }

  /** By name. */
  Page<SignalName> names(Caller caller, PageRequest page) {
    policy.requireMayList(caller);
    return transactions.read(() -> {
      var cursor = page.cursor();
      var read =
          page.forward()
              ? signals.namesAfter(cursor == null ? "" : cursor, page.limit() + 1)
              : cursor == null
                  ? signals.lastNames(page.limit() + 1)
                  : signals.namesBefore(cursor, page.limit() + 1);
      return Pages.of(page, read, SignalName::name, null);
    });
  }

  /** Newest first. */
  Page<SignalView> instances(Caller caller, String name, PageRequest page) {
    policy.requireMayList(caller);
    return transactions.read(() -> {
      var read =
          page.forward()
              ? signals.before(name, page.cursorNumber(Long.MAX_VALUE), page.limit() + 1)
              : signals.after(name, page.cursorNumber(0), page.limit() + 1);
      return Pages.of(page, read, signal -> Long.toString(signal.seqId()), null)
          .map(SignalViews::of);
    });
  }

  SignalDetail latest(Caller caller, String name) {
    policy.requireMayList(caller);
    return transactions.read(() ->
        detail(
            signals
                .latest(name)
                .orElseThrow(() ->
                    ApiException.notFound(
                        "signal-not-found", "no signal \"%s\" was announced".formatted(name)))));
  }

  SignalDetail instance(Caller caller, String name, long seq) {
    policy.requireMayList(caller);
    return transactions.read(() ->
        detail(
            signals
                .find(name, seq)
                .orElseThrow(() ->
                    ApiException.notFound(
                        "signal-not-found",
                        "there is no signal \"%s\" with number %d".formatted(name, seq)))));
  }

  private SignalDetail detail(Signal signal) {
    return new SignalDetail(
        SignalViews.of(signal),
        matches.ofSignal(signal.name(), signal.seqId(), SHOWN).stream()
            .map(SignalViews::of)
            .toList(),
        gates.openedBy(signal.name(), signal.seqId(), SHOWN).stream().map(Gate::place).toList());
  }
}
