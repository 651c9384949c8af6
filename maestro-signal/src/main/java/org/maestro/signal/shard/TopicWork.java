package org.maestro.signal.shard;

import java.util.List;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.signal.outbox.OutboxRow;

/** What is done with the messages of an {@link OwnedTopic}. */
public interface TopicWork {

  /**
   * Deals with messages of one partition in the transaction that is running; a message that can't
   * be read is parked here. May be run again after a rollback.
   *
   * @return what is to be sent after the commit
   */
  List<OutboxRow> apply(int partition, List<ReceivedMessage> messages);

  /**
   * As {@link #apply}, without anything that one message might have to suffer for because of
   * others; called after that failed, for each message alone.
   */
  List<OutboxRow> applyAlone(int partition, ReceivedMessage message);

  /** The messages have taken effect, or are parked; no transaction is running. */
  void committed(List<ReceivedMessage> messages);
}
