package org.maestro.dsl.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Workflows to begin with, each a good definition that can be pushed as it is. */
public final class Samples {
  private static final List<String> NAMES = List.of("hello", "backfill", "nightly");

  private Samples() {}

  /** The names of all samples, the simplest first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The YAML text of a sample.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "expected one of the samples " + String.join(", ", NAMES) + ", found \"" + name + "\"");
    }
    try (var in = Samples.class.getResourceAsStream("samples/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the sample " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
