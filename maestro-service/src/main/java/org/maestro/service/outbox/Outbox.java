package org.maestro.service.outbox;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.RefusedMessagesException.Refused;

/**
 * A table of messages that were written with what they tell of, as {@link OutboxRelay} needs it.
 */
public interface Outbox {
  /**
   * A row.
   *
   * @param messages what it holds, put into words one by one; null if it is there but was not read
   */
  record Row(String id, @Nullable Iterator<OutgoingMessage> messages) {}

  /**
   * Reads the first of these rows, and as many after it as fit into so many bytes. Of the others it
   * says that they are there; those that are gone are left out.
   */
  List<Row> read(Collection<String> ids, long bytes);

  /** Lets rows go whose messages the broker has, now or soon. */
  void delete(Collection<String> ids);

  /** Keeps messages for people that the broker will never take. */
  void park(Collection<Refused> refused);

  /** How many milliseconds the oldest row has waited; empty if there is none. */
  OptionalLong oldestMillis();
}
