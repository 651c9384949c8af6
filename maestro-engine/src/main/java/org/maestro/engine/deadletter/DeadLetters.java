package org.maestro.engine.deadletter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.RefusedMessagesException;
import org.maestro.model.deadletter.DeadLetter;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that could not be dealt with: kept until an administrator sends them once more or
 * throws them away.
 */
public final class DeadLetters {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int LONGEST_REASON = 2_000;

  private final DeadLetterStore store;
  private final AccessPolicy access;
  private final MessageSender sender;
  private final String topic;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * @param topic where requests come from
   * @param ids grow with time
   */
  public DeadLetters(
      DeadLetterStore store,
      AccessPolicy access,
      MessageSender sender,
      String topic,
      Supplier<String> ids,
      InstantSource clock) {
    this.store = store;
    this.access = access;
    this.sender = sender;
    this.topic = topic;
    this.ids = ids;
    this.clock = clock;
  }

  /** Keeps a request as it came. */
  public void park(ReceivedMessage request, String reason) {
    park(
        new OutgoingMessage(topic, null, request.key(), request.value(), request.headers()),
        reason);
  }

  /** Keeps a message that is to go where it says when somebody replays it. */
  public void park(OutgoingMessage message, String reason) {
    park(ids.get(), message, reason);
  }

  /** As {@link #park(OutgoingMessage, String)}; once, however often it is read at its place. */
  public void parkRead(long offset, OutgoingMessage message, String reason) {
    var place = message.topic() + ":" + message.partition() + ":" + offset + ":";
    var named = new ByteArrayOutputStream();
    named.writeBytes(place.getBytes(StandardCharsets.UTF_8));
    named.writeBytes(message.value());
    park(UUID.nameUUIDFromBytes(named.toByteArray()).toString(), message, reason);
  }

  private void park(String id, OutgoingMessage message, String reason) {
    var said = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    log.warn(
        "A message of {} about {} is parked as {}: {}", message.topic(), message.key(), id, said);
    store.insert(id, message, said, clock.millis());
  }

  /** Newest first. */
  public Page<DeadLetter> list(Caller caller, PageRequest page) {
    access.requireAdmin(caller, "dead letters");
    return Pages.of(page, store.list(page), DeadLetter::id, null);
  }

  /** Sends a message once more, and forgets that it was parked. */
  public DeadLetter replay(Caller caller, String id) {
    access.requireAdmin(caller, "dead letters");
    var found = find(id);
    var message = store.message(id).orElseThrow(() -> gone(id));
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
    store.delete(id);
    return found;
  }

  /** Throws a message away. */
  public DeadLetter discard(Caller caller, String id) {
    access.requireAdmin(caller, "dead letters");
    var found = find(id);
    store.delete(id);
    return found;
  }

  private DeadLetter find(String id) {
    return store.find(id).orElseThrow(() -> gone(id));
  }

  private static ApiException gone(String id) {
    return ApiException.notFound(
        "no-such-request", "there is no dead letter of the engine \"" + id + "\"");
  }
}
