package org.maestro.signal.announce;

import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.signal.announce.SignalLog.Outcome;

/** Announces signals for people and other systems. */
public final class Announcer {
  private final Transactions transactions;
  private final SignalLog log;
  private final AccessPolicy policy;
  private final SignalJson json;
  private final Arrivals arrivals;

  /** Whoever offers new signals to triggers and gates. */
  public interface Arrivals {
    /** There are new signals of this name; they have been committed. */
    void of(String name);
  }

  public Announcer(
      Transactions transactions,
      SignalLog log,
      AccessPolicy policy,
      SignalJson json,
      Arrivals arrivals) {
    this.transactions = transactions;
    this.log = log;
    this.policy = policy;
    this.json = json;
    this.arrivals = arrivals;
  }

  /**
   * Announces a signal.
   *
   * @throws ApiException 400 if the payload can't be kept; 403 if the caller may not
   */
  public Outcome announce(Caller caller, Announcement announcement) {
    policy.requireMayList(caller);
    var problems = SignalCheck.payloadProblems(json.writeNullable(announcement.payload()));
    if (!problems.isEmpty()) {
      throw ApiException.invalid("invalid-signal", "the payload can't be kept", problems);
    }
    var by = new AnnouncedBy(caller.name(), caller.isAdmin());
    var outcome = transactions.run(() -> log.append(announcement, by));
    if (outcome instanceof Outcome.Announced) {
      arrivals.of(announcement.name());
    }
    return outcome;
  }
}
