package org.maestro.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What health says of a database that takes no changes. */
class StorageWatchTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final AtomicLong nanos = new AtomicLong();
  private final Transactions transactions = DATABASE.transactions();
  private final JdbcClient jdbc = DATABASE.jdbc();
  private final StorageWatch watch =
      new StorageWatch(
          transactions,
          new StorageProbeStore(jdbc, transactions, RandomGenerator.getDefault()),
          nanos::get);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void itIsDownFromTheFirstFailureUntilAChangeWorksAgain() {
    jdbc.sql("CREATE TABLE thing (id BIGINT)").update();
    refuseInserts("thing");
    refuseInserts("storage_probe");
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
    assertThatThrownBy(
            () -> transactions.run(() -> jdbc.sql("INSERT INTO thing VALUES (1)").update()))
        .isInstanceOf(DataAccessException.class);
    assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(watch.health().getDetails()).containsEntry("reason", "storage-full");
    later();
    assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
    jdbc.sql("DROP TRIGGER full_disk ON storage_probe").update();
    assertThat(watch.health().getStatus()).as("tried every other second").isEqualTo(Status.DOWN);
    later();
    assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
  }

  /** As the disk would, if it had no room for this table. */
  private void refuseInserts(String table) {
    jdbc.sql(
            """
            CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END
            $$ LANGUAGE plpgsql
            """)
        .update();
    jdbc.sql(
            "CREATE TRIGGER full_disk BEFORE INSERT ON %s EXECUTE FUNCTION full_disk()"
                .formatted(table))
        .update();
  }

  private void later() {
    nanos.addAndGet(StorageWatch.PAUSE.toNanos());
  }

  @Test
  void aDiskThatIsReallyFullIsToldAndRecoversByItself() throws Exception {
    var disk = Files.createTempDirectory("maestro-small-disk");
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString()))
        .as("a file system of 8 MB can be mounted")
        .isZero();
    try {
      jdbc.sql("CREATE TABLESPACE small_disk LOCATION '" + disk + "'").update();
      jdbc.sql("ALTER TABLE storage_probe SET TABLESPACE small_disk").update();
      jdbc.sql("CREATE TABLE filling (what TEXT) TABLESPACE small_disk").update();
      assertThatThrownBy(this::fill).isInstanceOf(DataAccessException.class);
      assertThat(transactions.trouble()).contains(DatabaseTrouble.STORAGE_FULL);
      later();
      assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
      jdbc.sql("DROP TABLE filling").update();
      later();
      assertThat(watch.health().getStatus()).isEqualTo(Status.UP);
    } finally {
      jdbc.sql("DROP TABLE IF EXISTS filling").update();
      jdbc.sql("ALTER TABLE storage_probe SET TABLESPACE pg_default").update();
      jdbc.sql("DROP TABLESPACE IF EXISTS small_disk").update();
      run("umount", disk.toString());
    }
  }

  private void fill() {
    for (int i = 0; i < 1_000; i++) {
      transactions.run(() ->
          jdbc.sql(
                  "INSERT INTO filling SELECT repeat(md5(random()::text), 60) FROM generate_series(1, 100)")
              .update());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : 1;
  }
}
