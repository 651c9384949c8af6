package org.maestro.engine.permit;

import java.time.InstantSource;
import java.util.Map;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.page.Page;
import org.maestro.model.permit.TagPermit;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * The limits that people set by tag. A change holds on this node when the call returns, and on the
 * others once they have heard of it.
 */
public final class TagPermits {
  private static final int MAX_TAG_CHARS = 512;

  private final Transactions transactions;
  private final TagPermitStore store;
  private final KnownTagLimits known;
  private final NodePermits permits;
  private final PermitChannel channel;
  private final AccessPolicy access;
  private final InstantSource clock;

  public TagPermits(
      Transactions transactions,
      TagPermitStore store,
      KnownTagLimits known,
      NodePermits permits,
      PermitChannel channel,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.known = known;
    this.permits = permits;
    this.channel = channel;
    this.access = access;
    this.clock = clock;
  }

  /**
   * Sets a limit, new or not. It holds for attempts that ask from now on and for those that wait;
   * who has a permit keeps it.
   *
   * @throws ApiException 400 for a blank or overlong tag or a negative limit, 403 for others than
   *     administrators
   */
  public void set(Caller caller, String tag, long maxAllowed, Map<String, Object> extraInfo) {
    access.requireAdmin(caller, "change tag permits");
    if (tag.isBlank() || tag.length() > MAX_TAG_CHARS) {
      throw ApiException.badRequest(
          "invalid-tag", "tag: expected 1 to %d characters".formatted(MAX_TAG_CHARS));
    }
    if (maxAllowed < 0) {
      throw ApiException.badRequest(
          "invalid-max-allowed",
          "max_allowed: expected 0 or more, found %d; 0 pauses the tag, deleting its permit frees it"
              .formatted(maxAllowed));
    }
    var event =
        TimelineEvent.action(
            clock.millis(), "SET", caller.name(), "At most " + maxAllowed + " at the same time");
    if (transactions.runIdempotent(() -> store.save(tag, maxAllowed, extraInfo, event))) {
      changed();
    }
  }

  /**
   * A limit.
   *
   * @throws ApiException 404 if there is none
   */
  public TagPermit get(Caller caller, String tag) {
    return transactions.read(() -> store.find(tag)).orElseThrow(() -> noSuchTag(tag));
  }

  /** All limits, by tag. */
  public Page<TagPermit> list(Caller caller, PageRequest request) {
    var limit = request.limit() + 1;
    var cursor = request.cursor();
    var read =
        transactions.read(() ->
            request.forward()
                ? store.listAfter(cursor == null ? "" : cursor, limit)
                : cursor == null ? store.listEnd(limit) : store.listBefore(cursor, limit));
    return Pages.of(request, read, TagPermit::tag, null);
  }

  /**
   * Takes a limit away; who waits for it only goes at once.
   *
   * @return the limit as it was
   * @throws ApiException 404 if there is none, 403 for others than administrators
   */
  public TagPermit delete(Caller caller, String tag) {
    access.requireAdmin(caller, "change tag permits");
    var deleted = transactions.run(() -> store.delete(tag)).orElseThrow(() -> noSuchTag(tag));
    changed();
    return deleted;
  }

  private void changed() {
    reload();
    channel.limitsChanged();
  }

  /**
   * Learns what the limits are now. To be called at the start and whenever another node says so.
   */
  public void reload() {
    synchronized (known) { // what was read later must not be replaced by what was read earlier
      var limits = transactions.read(store::limits);
      known.replace(limits);
      permits.ledger().ifPresent(ledger -> ledger.limits(limits));
    }
  }

  private static ApiException noSuchTag(String tag) {
    return ApiException.notFound(
        "no-such-tag-permit", "tag \"%s\": nobody has set a limit for it".formatted(tag));
  }
}
