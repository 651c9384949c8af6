package org.maestro.engine.step.runtime.secret;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Secrets in the environment of the engine. */
record EnvironmentSource(String prefix, Map<String, String> environment) implements SecretSource {
  @Override
  public Optional<String> read(String name) {
    return Optional.ofNullable(environment.get(variable(name)));
  }

  @Override
  public String place(String name) {
    return "the engine's environment variable " + variable(name);
  }

  private String variable(String name) {
    return prefix + "_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
