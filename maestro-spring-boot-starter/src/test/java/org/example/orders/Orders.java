package org.example.orders;

import java.util.Map;
import org.maestro.starter.Maestro;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** A program that keeps orders and ships them by a workflow: the example of docs/embedding.md. */
@SpringBootApplication
public class Orders {

  @Bean
  Desk desk(JdbcClient jdbc, Maestro maestro) {
    return new Desk(jdbc, maestro);
  }

  /** Takes orders. */
  public static class Desk {
    private final JdbcClient jdbc;
    private final Maestro maestro;

    Desk(JdbcClient jdbc, Maestro maestro) {
      this.jdbc = jdbc;
      this.maestro = maestro;
    }

    /** The order and its workflow are there, or neither is. */
    @Transactional
    public void take(String order, boolean isPaid) {
      jdbc.sql("INSERT INTO orders (id) VALUES (?)").param(order).update();
      maestro.start("ship", Map.of("order", order), order);
      if (!isPaid) {
        throw new IllegalStateException(order + " isn't paid");
      }
    }
  }
}
