package org.maestro.engine.step.runtime.targets;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.maestro.model.definition.StepType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where jobs run, by the name that a step's parameter {@code target} may ask for.
 *
 * @param runtimes by name; {@code process}, {@code docker} and {@code kubernetes} are there without
 *     being named, as far as they are set up
 */
@ConfigurationProperties("maestro")
public record TargetSettings(@DefaultValue Map<String, Named> runtimes) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public TargetSettings {
    runtimes = Map.copyOf(runtimes);
    runtimes.forEach((name, target) -> {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "maestro.runtimes.%s: expected a name of up to 63 of a-z, 0-9 and -".formatted(name));
      }
      var kind = target.kind(name); // refuses what isn't one
      target.steps(name).stream()
          .filter(type -> !kind.canRun().contains(type))
          .findFirst()
          .ifPresent(type -> {
            throw new IllegalArgumentException(
                "maestro.runtimes.%s.steps: expected some of %s, which a %s can run, found \"%s\""
                    .formatted(name, kind.canRun(), kind.label(), type.label()));
          });
    });
  }

  /** The names of those that aren't there without being named. */
  public List<String> others() {
    return runtimes.keySet().stream()
        .filter(name -> TargetKind.of(name).isEmpty())
        .sorted()
        .toList();
  }

  /** All types of steps that some of these targets take. */
  public Set<StepType> steps(Collection<String> names) {
    return names.stream()
        .flatMap(name -> of(name).steps(name).stream())
        .collect(Collectors.toSet());
  }

  /** What is the same for all of them. */
  public Named of(String name) {
    return runtimes.getOrDefault(name, Named.PLAIN);
  }

  /**
   * A target.
   *
   * @param type {@code process}, {@code docker} or {@code kubernetes}; else its name says it
   * @param owners whose workflows may use it; {@code *} stands for all
   * @param workflows which workflows may use it; {@code *} stands for all
   * @param steps the types of steps that may run there; empty: Shell and Python in a process,
   *     Docker and Titus on docker, Kubernetes and Titus on kubernetes
   * @param defaultFor the types of steps that run there if they don't ask for another
   * @param concurrency how many jobs may run there at once, of one engine; 0: as many as come
   */
  public record Named(
      @DefaultValue("") String type,
      @DefaultValue("*") List<String> owners,
      @DefaultValue("*") List<String> workflows,
      @DefaultValue List<String> steps,
      @DefaultValue List<String> defaultFor,
      @DefaultValue("0") int concurrency) {
    static final Named PLAIN = new Named("", List.of("*"), List.of("*"), List.of(), List.of(), 0);

    public Named {
      owners = List.copyOf(owners);
      workflows = List.copyOf(workflows);
      steps = List.copyOf(steps);
      defaultFor = List.copyOf(defaultFor);
      if (concurrency < 0) {
        throw new IllegalArgumentException(
            "maestro.runtimes: concurrency: expected 0 or more, found " + concurrency);
      }
    }

    /** What kind of target one of this name is. */
    public TargetKind kind(String name) {
      return TargetKind.of(type.isEmpty() ? name : type)
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "maestro.runtimes.%s.type: expected process, docker or kubernetes, found \"%s\""
                      .formatted(name, type)));
    }

    List<StepType> steps(String name) {
      return steps.isEmpty() ? kind(name).runs() : types(name, "steps", steps);
    }

    List<StepType> defaultFor(String name) {
      return types(name, "default-for", defaultFor);
    }

    private static List<StepType> types(String name, String setting, List<String> labels) {
      return labels.stream()
          .map(label ->
              TargetKind.step(label)
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "maestro.runtimes.%s.%s: expected types of steps such as Kubernetes, found \"%s\""
                              .formatted(name, setting, label))))
          .toList();
    }
  }
}
