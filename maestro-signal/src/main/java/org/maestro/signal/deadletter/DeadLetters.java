package org.maestro.signal.deadletter;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.RefusedMessagesException;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.model.page.Page;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.RowSender;

/** What people do about dead letters. Only administrators may: bodies belong to anybody. */
public final class DeadLetters {
  private final DeadLetterStore store;
  private final Transactions transactions;
  private final AccessPolicy policy;
  private final MessageSender sender;
  private final RowSender relay;
  private final Map<DeadLetterKind, Replay> replays;
  private final InstantSource clock;

  /** Tries what is no message once more. */
  @FunctionalInterface
  public interface Replay {
    /**
     * In the transaction that is running, which has removed the letter, or after its commit; a new
     * failure is a new letter.
     *
     * @return what is to be sent after the commit; empty if what it was about is gone
     */
    Optional<List<OutboxRow>> again(DeadLetter letter, long now);
  }

  /**
   * @param replays for every kind but messages
   */
  public DeadLetters(
      DeadLetterStore store,
      Transactions transactions,
      AccessPolicy policy,
      MessageSender sender,
      RowSender relay,
      Map<DeadLetterKind, Replay> replays,
      InstantSource clock) {
    this.store = store;
    this.transactions = transactions;
    this.policy = policy;
    this.sender = sender;
    this.relay = relay;
    this.replays = Map.copyOf(replays);
    this.clock = clock;
  }

  /** Newest first. */
  public Page<DeadLetter> list(Caller caller, PageRequest page) {
    policy.requireAdmin(caller, "see dead letters");
    var place = Place.of(page);
    return transactions.read(() ->
        Pages.of(
            page,
            page.forward()
                ? store.older(place.time(), place.id(), page.limit() + 1)
                : store.newer(place.time(), place.id(), page.limit() + 1),
            letter -> letter.createTime() + ":" + letter.id(),
            null));
  }

  private record Place(long time, String id) {
    static Place of(PageRequest page) {
      var cursor = page.cursor();
      if (cursor == null) {
        return page.forward() ? new Place(Long.MAX_VALUE, "") : new Place(0, "");
      }
      var colon = cursor.indexOf(':');
      var time = new PageRequest(true, 1, colon < 0 ? cursor : cursor.substring(0, colon));
      return new Place(time.cursorNumber(0), cursor.substring(colon + 1));
    }
  }

  /**
   * Tries it again.
   *
   * @throws ApiException 404 if there is no such letter; 409 if what it was about is gone, or the
   *     brokers still refuse it
   */
  public void replay(Caller caller, String id) {
    policy.requireAdmin(caller, "replay dead letters");
    var letter = transactions.read(() -> store.find(id)).orElseThrow(() -> missing(id));
    if (letter.kind() == DeadLetterKind.MESSAGE) {
      // First sent, then removed: rather twice than never, its receivers drop what they have seen.
      send(
          new OutgoingMessage(letter.topic(), null, letter.key(), letter.body(), letter.headers()));
      transactions.runIdempotent(() -> {
        var _ = store.take(id);
      });
    } else {
      relay.send(transactions.run(() -> again(id)));
    }
  }

  private void send(OutgoingMessage message) {
    try {
      sender.send(List.of(message)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusedMessagesException refused) {
        throw ApiException.conflict(
            "refused-again",
            "expected the brokers to take the message now, found: "
                + refused.refused().getFirst().reason());
      }
      throw e;
    }
  }

  private List<OutboxRow> again(String id) {
    var letter = store.take(id).orElseThrow(() -> missing(id));
    var replay = replays.get(letter.kind());
    if (replay == null) {
      throw new IllegalStateException("expected to know how to replay " + letter.kind());
    }
    return replay
        .again(letter, clock.millis())
        .orElseThrow(() ->
            ApiException.conflict(
                "nothing-to-replay", "what the dead letter was about is gone; discard it"));
  }

  /**
   * Forgets it.
   *
   * @throws ApiException 404 if there is no such letter
   */
  public void discard(Caller caller, String id) {
    policy.requireAdmin(caller, "discard dead letters");
    if (transactions.run(() -> store.take(id)).isEmpty()) {
      throw missing(id);
    }
  }

  private static ApiException missing(String id) {
    return ApiException.notFound(
        "dead-letter-not-found",
        "there is no dead letter \"%s\"; was it dealt with?".formatted(id));
  }
}
