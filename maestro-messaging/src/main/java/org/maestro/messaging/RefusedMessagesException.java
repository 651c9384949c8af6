package org.maestro.messaging;

import java.util.List;

/**
 * Some messages of a batch can never be sent, however often it is tried: they are too large, or
 * their topic can't exist. The others of the batch are acknowledged.
 */
public final class RefusedMessagesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Refused> refused;

  /**
   * One of them.
   *
   * @param reason what the client or the broker said
   */
  public record Refused(OutgoingMessage message, String reason) {}

  RefusedMessagesException(List<Refused> refused) {
    super(
        "%d messages were refused, the first, to %s: %s"
            .formatted(
                refused.size(), refused.getFirst().message().topic(), refused.getFirst().reason()));
    this.refused = List.copyOf(refused);
  }

  public List<Refused> refused() {
    return refused;
  }
}
