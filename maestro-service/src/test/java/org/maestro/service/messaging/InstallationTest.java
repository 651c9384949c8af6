package org.maestro.service.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.start.StartSettings;
import org.maestro.service.start.Startup;

/** Which databases and topics may be used together. */
class InstallationTest {
  private final TestDatabase own = TestDatabase.create();
  private final TestDatabase other = TestDatabase.create();

  @BeforeEach
  void makeTables() throws IOException {
    for (var database : new TestDatabase[] {own, other}) {
      try (var script =
          Objects.requireNonNull(
              getClass().getResourceAsStream("/db/service/V1__installation.sql"))) {
        database.jdbc().sql(new String(script.readAllBytes(), StandardCharsets.UTF_8)).update();
      }
    }
  }

  @AfterEach
  void dropDatabases() {
    own.close();
    other.close();
  }

  private static InstallationStore store(TestDatabase database) {
    return new InstallationStore(database.jdbc(), database.transactions());
  }

  private static final Startup WITHOUT_WAITING =
      new Startup(
          new StartSettings(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60)),
          awaited -> {
            throw new AssertionError(awaited + " is away");
          },
          _ -> false,
          System::nanoTime);

  private static Installation node(TestDatabase database, String prefix, String id) {
    return new Installation(
        new BrokerSettings(TestKafka.bootstrapServers(), prefix, Map.of(), null, null),
        store(database),
        () -> id,
        WITHOUT_WAITING);
  }

  @Test
  void servicesWithADatabaseEachAndNodesThatComeLaterLearnTheIdOfTheFirst() {
    var prefix = own.name();
    node(own, prefix, "first").check();
    node(own, prefix, "unused").check();
    node(other, prefix, "unused").check();
    assertThat(store(own).find().orElseThrow().installationId()).isEqualTo("first");
    assertThat(store(other).find().orElseThrow().installationId()).isEqualTo("first");
  }

  @Test
  void topicsOfAnotherInstallationAreRefused() {
    node(own, own.name(), "own").check();
    node(other, other.name(), "other").check();
    other
        .jdbc()
        .sql("UPDATE installation SET topic_prefix = :prefix")
        .param("prefix", own.name())
        .update();
    assertThatThrownBy(() -> node(other, own.name(), "unused").check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to be those of installation other")
        .hasMessageContaining("found those of installation own")
        .hasMessageContaining("maestro.kafka.topic-prefix");
  }

  @Test
  void aDatabaseIsRefusedUnderAnotherPrefixAndNothingIsFoundedThere() {
    node(own, own.name(), "own").check();
    assertThatThrownBy(() -> node(own, own.name() + "-typo", "unused").check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected maestro.kafka.topic-prefix to be \"" + own.name() + "\"")
        .hasMessageContaining("found \"" + own.name() + "-typo\"");
    node(other, own.name() + "-typo", "founder").check();
    assertThat(store(other).find().orElseThrow().installationId()).isEqualTo("founder");
  }
}
