package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts {@code maestro_signal_dependencies} and {@code maestro_signal_outputs}: which
 * signals an attempt waited for, what met each of them, and which it announced.
 */
public final class SignalArtifact {
  static final String DEPENDENCIES = "maestro_signal_dependencies";
  public static final String OUTPUTS = "maestro_signal_outputs";

  private SignalArtifact() {}

  /** How a dependency stands. */
  public enum Status {
    PENDING,
    MATCHED,
    /** Bypassed. */
    SKIPPED
  }

  /**
   * One signal that an attempt waits for.
   *
   * @param matchParams by the signal's param: {@code operator} and {@code value}
   * @param signalId the number of the signal that met it; null until one has
   * @param params that signal's
   */
  public record Dependency(
      String name,
      Status status,
      Map<String, Object> matchParams,
      @Nullable Long signalId,
      Map<String, Object> params) {

    public Dependency matched(long seqId, Map<String, Object> itsParams) {
      return new Dependency(name, Status.MATCHED, matchParams, seqId, itsParams);
    }

    public Dependency skipped() {
      return new Dependency(name, Status.SKIPPED, matchParams, null, Map.of());
    }
  }

  /** What an attempt waits or waited for, in the order of its step's definition. */
  public static List<Dependency> dependencies(Map<String, Object> artifacts) {
    var dependencies = new ArrayList<Dependency>();
    if (artifacts.get(DEPENDENCIES) instanceof List<?> list) {
      for (var item : list) {
        dependencies.add(dependency((Map<?, ?>) item));
      }
    }
    return dependencies;
  }

  private static Dependency dependency(Map<?, ?> tree) {
    return new Dependency(
        String.valueOf(tree.get("name")),
        Status.valueOf(String.valueOf(tree.get("status"))),
        object(tree.get("match_params")),
        tree.get("signal_id") instanceof Number number ? (Long) number.longValue() : null,
        object(tree.get("signal_params")));
  }

  private static Map<String, Object> object(@Nullable Object tree) {
    var object = new LinkedHashMap<String, Object>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((name, value) -> object.put((String) name, value));
    }
    return object;
  }

  public static Map<String, Object> of(List<Dependency> dependencies) {
    return Map.of(DEPENDENCIES, dependencies.stream().map(SignalArtifact::tree).toList());
  }

  private static Map<String, Object> tree(Dependency dependency) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", dependency.name());
    tree.put("status", dependency.status().name());
    tree.put("match_params", dependency.matchParams());
    if (dependency.signalId() != null) {
      tree.put("signal_id", dependency.signalId());
      tree.put("signal_params", dependency.params());
    }
    return tree;
  }

  /** Whether an attempt has waited for all its signals: another one need not wait again. */
  public static boolean isMet(List<Dependency> dependencies) {
    return !dependencies.isEmpty()
        && dependencies.stream().noneMatch(d -> d.status() == Status.PENDING);
  }

  /** The signals that an attempt still waits for, as people are shown them. */
  public static List<Map<String, Object>> pending(Map<String, Object> artifacts) {
    return dependencies(artifacts).stream()
        .filter(d -> d.status() == Status.PENDING)
        .map(SignalArtifact::tree)
        .toList();
  }

  /** The dependencies of an attempt as people are shown them; null if it has none yet. */
  public static @Nullable Object shownDependencies(Map<String, Object> artifacts) {
    return artifacts.get(DEPENDENCIES);
  }

  /** What an attempt has announced, as people are shown it; null if it has not. */
  public static @Nullable Object shownOutputs(Map<String, Object> artifacts) {
    return artifacts.get(OUTPUTS);
  }

  /** The artifacts without those of signals, which are shown in their own place. */
  public static Map<String, Object> others(Map<String, Object> artifacts) {
    if (!artifacts.containsKey(DEPENDENCIES) && !artifacts.containsKey(OUTPUTS)) {
      return artifacts;
    }
    var others = new LinkedHashMap<>(artifacts);
    others.remove(DEPENDENCIES);
    others.remove(OUTPUTS);
    return others;
  }
}
