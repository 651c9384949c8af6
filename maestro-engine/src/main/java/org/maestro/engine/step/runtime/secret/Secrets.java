package org.maestro.engine.step.runtime.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.secret.SecretException.Away;
import org.maestro.engine.step.runtime.secret.SecretException.Refused;
import org.maestro.model.param.SecretReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the secrets that jobs are given. Nothing is kept: whoever is granted some holds them for as
 * long as its job lives. Why one can't be read stands in the engine's log; its workflow is told its
 * name alone. For any number of threads; reading may wait for a server, so not on a virtual one
 * that holds a lock.
 */
public final class Secrets {
  /** For whom no secrets are kept. */
  public static final Secrets NONE = new Secrets(SecretSettings.NONE, Map.of());

  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final SecretSettings settings;
  private final Map<String, SecretSource> sources = new LinkedHashMap<>();

  /**
   * Connects to nothing yet.
   *
   * @param environment the engine's own
   */
  public Secrets(SecretSettings settings, Map<String, String> environment) {
    this.settings = settings;
    settings.scopes().forEach((name, scope) -> sources.put(name, source(scope, environment)));
  }

  private static SecretSource source(SecretSettings.Scope scope, Map<String, String> environment) {
    if (scope.environment() != null) {
      return new EnvironmentSource(scope.environment(), environment);
    }
    if (scope.folder() != null) {
      return new FolderSource(scope.folder());
    }
    return scope.vault() != null
        ? new VaultSource(scope.vault())
        : new KubernetesSource(Objects.requireNonNull(scope.kubernetes()));
  }

  /**
   * Reads all that a step's parameters name.
   *
   * @throws Refused if one isn't there, or isn't for this step
   * @throws Away if one can't be read now
   */
  public Granted grant(Launch launch) throws SecretException {
    var names = new LinkedHashSet<SecretReference>();
    launch.params().values().forEach(value -> collect(value, names));
    if (names.isEmpty()) {
      return Granted.NONE;
    }
    if (!isAllOfDefinition(launch.params())) {
      throw new Refused(
          "%s: a definition says which secrets its steps get, and this parameter was set from outside; leave it as the definition has it"
              .formatted(names.iterator().next()));
    }
    var values = new LinkedHashMap<SecretReference, String>();
    for (var name : names) {
      values.put(name, read(name, launch));
    }
    return new Granted(values);
  }

  /** Whether a step's parameters name any, which can be told without reading one. */
  public static boolean areNamedIn(Launch launch) {
    var names = new LinkedHashSet<SecretReference>();
    launch.params().values().forEach(value -> collect(value, names));
    return !names.isEmpty();
  }

  private static boolean isAllOfDefinition(@Nullable Object value) {
    return switch (value) {
      case SecretText text -> text.isOfDefinition();
      case List<?> list -> list.stream().allMatch(Secrets::isAllOfDefinition);
      case Map<?, ?> map -> map.values().stream().allMatch(Secrets::isAllOfDefinition);
      case null, default -> true;
    };
  }

  private static void collect(@Nullable Object value, Set<SecretReference> names) {
    switch (value) {
      case SecretText text -> names.addAll(SecretReference.in(text.text()));
      case List<?> list -> list.forEach(one -> collect(one, names));
      case Map<?, ?> map -> map.values().forEach(one -> collect(one, names));
      case null, default -> {
        // names none
      }
    }
  }

  /**
   * Which secrets a step names that it wouldn't be given here; none of them is read.
   *
   * @param others what else is wrong with it, which comes first
   */
  public List<StepProblem> problems(LiteralStep step, List<StepProblem> others) {
    var problems = new ArrayList<>(others);
    step.values().forEach((name, value) -> look(value, "/" + name, step, problems));
    return problems;
  }

  private void look(Object value, String where, LiteralStep step, List<StepProblem> problems) {
    switch (value) {
      case String text ->
          SecretReference.in(text).stream()
              .flatMap(name -> refusal(name, step.owner(), step.workflowId()).stream())
              .forEach(why -> problems.add(new StepProblem(where, why, true)));
      case List<?> list -> list.forEach(one -> look(one, where, step, problems));
      case Map<?, ?> map -> map.forEach((key, one) -> look(one, where + "/" + key, step, problems));
      default -> {
        // names none
      }
    }
  }

  /** Why it isn't for them; anybody may be the owner who isn't known. */
  private Optional<String> refusal(SecretReference name, @Nullable String owner, String workflow) {
    var scope = settings.scopes().get(name.scope());
    if (scope == null) {
      return Optional.of(
          "%s: there is no scope \"%s\" here; ask the operator to add it to maestro.secrets.scopes"
              .formatted(name, name.scope()));
    }
    return owner == null || scope.isFor(owner, workflow)
        ? Optional.empty()
        : Optional.of(
            "%s: the scope isn't for owner \"%s\" or workflow \"%s\"; ask the operator to add one of them to maestro.secrets.scopes.%s"
                .formatted(name, owner, workflow, name.scope()));
  }

  private String read(SecretReference name, Launch launch) throws SecretException {
    var refusal = refusal(name, launch.owner(), launch.attempt().workflowId());
    if (refusal.isPresent()) {
      throw new Refused(refusal.get());
    }
    var source = Objects.requireNonNull(sources.get(name.scope()));
    return value(name, source)
        .orElseThrow(() ->
            new Refused(
                "%s: there is no such secret; check its name, or have it added".formatted(name)));
  }

  private static Optional<String> value(SecretReference name, SecretSource source)
      throws SecretException {
    Optional<String> value;
    try {
      value = source.read(name.name());
    } catch (Away e) {
      LOG.warn("{} can't be read: {}", name, e.getMessage());
      throw new Away("%s can't be read now; the engine's log says why".formatted(name));
    }
    if (value.isEmpty()) {
      LOG.warn("{} isn't there: looked for {}", name, source.place(name.name()));
    } else if (value.get().length() < Masks.SHORTEST) {
      throw new Refused(
          "%s is shorter than %d characters, which can't be kept out of a log"
              .formatted(name, Masks.SHORTEST));
    } else if (value.get().indexOf('\0') >= 0) {
      throw new Refused(name + " has the character NUL, which no variable or header can hold");
    }
    return value;
  }
}
