package org.maestro.dev.openapi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What names mean that mean the same everywhere: those of fields and those of parameters. */
final class Words {
  private final Properties all = new Properties();

  Words() {
    try (var in = Words.class.getResourceAsStream("words.properties")) {
      if (in == null) {
        throw new IllegalStateException("words.properties is missing");
      }
      all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a field in JSON; empty if it means different things in different places. */
  String field(String name) {
    return all.getProperty(name, "");
  }

  /** Of a parameter of a path or a query; empty as before. */
  String parameter(String name) {
    return all.getProperty("parameter." + name, "");
  }
}
