package org.maestro.service.messaging;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maestro.messaging.Participant;
import org.maestro.service.database.DatabasePulse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a node leave to others what it can't do: whom the database doesn't answer, while he still
 * reaches the brokers, would else keep shards and messages that wait for him.
 */
public final class Attendance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Attendance.class);
  private static final long PERIOD_MILLIS = 1_000;

  private final DatabasePulse database;
  private final ScheduledExecutorService thread;
  private final List<Participant> participants = new CopyOnWriteArrayList<>();

  /**
   * @param thread its own: it waits for the database
   */
  Attendance(DatabasePulse database, ScheduledExecutorService thread) {
    this.database = database;
    this.thread = thread;
  }

  void begin() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on these stand aside while the database is silent. */
  public void of(Collection<? extends Participant> some) {
    participants.addAll(some);
  }

  private void look() {
    try {
      database.ask();
      if (database.isSilent()) {
        participants.forEach(Participant::standAside);
      } else {
        participants.forEach(Participant::takePart);
      }
    } catch (RuntimeException e) {
      log.error("Whether this node can do its work is not known; it is asked again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
