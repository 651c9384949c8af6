package org.maestro.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.maestro.service.database.DatabasePulse.Connector;

class DatabasePulseTest {
  private static final Connector UNREACHABLE =
      () -> {
        throw new SQLException("no route", "08001");
      };
  private static final Connector REFUSING =
      () -> {
        throw new SQLException("too many connections", "53300");
      };

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Connector> way = new AtomicReference<>(UNREACHABLE);
  private final DatabasePulse pulse =
      new DatabasePulse(() -> way.get().connect(), () -> Instant.EPOCH, nanos::get);

  private void wait(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aDatabaseIsSilentWhenItHasNotAnsweredForLong() {
    pulse.ask();
    wait(DatabasePulse.SILENT);
    pulse.ask();
    assertThat(pulse.isSilent()).isFalse();
    wait(Duration.ofSeconds(1));
    assertThat(pulse.isSilent()).isTrue();
  }

  @Test
  void aRefusalIsAnAnswer() {
    way.set(REFUSING);
    wait(DatabasePulse.SILENT.multipliedBy(2));
    pulse.ask();
    assertThat(pulse.isSilent()).isFalse();
  }

  @Test
  void oneAnswerEndsTheSilence() throws SQLException {
    wait(DatabasePulse.SILENT.multipliedBy(2));
    pulse.ask();
    assertThat(pulse.isSilent()).isTrue();
    var database = TestDatabase.create();
    way.set(() -> database.dataSource().getConnection());
    pulse.ask();
    assertThat(pulse.isSilent()).isFalse();
    wait(DatabasePulse.SILENT);
    pulse.ask();
    wait(DatabasePulse.SILENT);
    assertThat(pulse.isSilent()).isFalse();
  }

  @Test
  void theTimeIsTheDatabases() throws SQLException {
    pulse.ask();
    assertThat(pulse.clock().instant()).isEqualTo(Instant.EPOCH);
    var database = TestDatabase.create();
    way.set(() -> database.dataSource().getConnection());
    pulse.ask();
    assertThat(pulse.clock().instant())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)); // it is on this machine
    var then = pulse.clock().instant();
    wait(Duration.ofHours(1));
    assertThat(pulse.clock().instant()).isEqualTo(then.plus(1, ChronoUnit.HOURS));
  }

  @Test
  void aConnectionThatIsLostIsReplaced() throws SQLException {
    var database = TestDatabase.create();
    var given = new AtomicReference<Connection>();
    way.set(() -> {
      given.set(database.dataSource().getConnection());
      return given.get();
    });
    pulse.ask();
    given.get().close();
    wait(DatabasePulse.SILENT.multipliedBy(2));
    pulse.ask();
    pulse.ask();
    assertThat(pulse.isSilent()).isFalse();
  }
}
