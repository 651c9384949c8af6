package org.maestro.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.example.orders.Orders;
import org.example.orders.Orders.Desk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.embedded.EmbeddedPostgres;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunStatus;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A program with the engine in it, on a real PostgreSQL and a real broker. */
class EmbeddingIT {
  private static final String SHIP =
      """
      workflow:
        id: ship
        owner: orders
        run_strategy: parallel
        params: {order: ''}
        jobs:
          - {id: pack, type: NoOp}
          - {id: send, type: Shell, script: 'echo sending ${order}', needs: [pack]}
      """;

  @TempDir Path folder;

  @Test
  void aStartIsPartOfTheCallersTransaction() throws Exception {
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        var program =
            new SpringApplicationBuilder(Orders.class)
                .web(WebApplicationType.NONE)
                .run(
                    "--spring.datasource.url=" + postgres.jdbcUrl(),
                    "--spring.datasource.username=" + postgres.username(),
                    "--spring.datasource.password=" + postgres.password(),
                    "--spring.datasource.hikari.maximum-pool-size=20",
                    "--maestro.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                    "--maestro.dev=true", // its job runs as this program's own user
                    "--maestro.step.shell.data-dir=" + folder.resolve("steps"),
                    "--logging.level.root=WARN")) {
      var jdbc = program.getBean(JdbcClient.class);
      jdbc.sql("CREATE TABLE orders (id text PRIMARY KEY)").update();
      var maestro = program.getBean(Maestro.class);
      assertThat(maestro.push(SHIP)).isEqualTo(1);
      assertThat(maestro.port()).isPositive();
      assertThatThrownBy(() -> maestro.push("workflow: {id: ship, jbos: []}"))
          .hasMessageContaining("workflow.yaml:1:11: expected at least one step");

      var desk = program.getBean(Desk.class);
      desk.take("paid", true);
      assertThatThrownBy(() -> desk.take("unpaid", false)).hasMessageContaining("isn't paid");
      desk.take("paid too", true);

      assertThat(ended(maestro, "paid").status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(ended(maestro, "paid too").params().get("order")).isNotNull();
      assertThat(maestro.find("ship", "unpaid")).isEmpty();
      // Numbers without a hole: it has never been there.
      assertThat(ended(maestro, "paid").workflowInstanceId()).isEqualTo(1);
      assertThat(ended(maestro, "paid too").workflowInstanceId()).isEqualTo(2);
      assertThat(jdbc.sql("SELECT id FROM orders ORDER BY id").query(String.class).list())
          .containsExactly("paid", "paid too");
      assertThat(awaited(() -> Optional.of(orders(jdbc)).filter(count -> count == 0))).isZero();

      // Once per request id, without a transaction, too.
      maestro.start("ship", Map.of("order", "again"), "paid");
      maestro.start("nowhere", Map.of(), "lost");
      assertThat(awaited(() -> problem(jdbc))).contains("nowhere");
      assertThat(ended(maestro, "paid").workflowInstanceId()).isEqualTo(1);
    }
    assertThat(Files.exists(folder.resolve("steps"))).isTrue();
  }

  private static long orders(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(*) FROM start_order").query(Long.class).single();
  }

  private static Optional<String> problem(JdbcClient jdbc) {
    return jdbc.sql("SELECT problem FROM start_order WHERE request_id = 'lost'")
        .query(String.class)
        .optional();
  }

  private static InstanceView ended(Maestro maestro, String requestId) throws Exception {
    return awaited(
        () -> maestro.find("ship", requestId).filter(instance -> instance.status().isTerminal()));
  }

  private static <T> T awaited(Supplier<Optional<T>> what) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < deadline) {
      var found = what.get();
      if (found.isPresent()) {
        return found.get();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("it didn't come within two minutes");
  }
}
