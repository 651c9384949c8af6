package org.maestro.service.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.maestro.embedded.EmbeddedKafka;

/** The one broker of all tests: the first use starts it, and it ends with the JVM. */
public final class TestKafka {
  private TestKafka() {}

  public static String bootstrapServers() {
    return Broker.KAFKA.bootstrapServers();
  }

  private static final class Broker {
    private static final EmbeddedKafka KAFKA = start();

    private static EmbeddedKafka start() {
      try {
        return EmbeddedKafka.start(Files.createTempDirectory("maestro-test-kafka"), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
