package org.maestro.engine.step.runtime.docker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.container.ContainerFields;
import org.maestro.engine.step.runtime.container.NumericUser;
import org.maestro.engine.step.runtime.container.PullPolicy;
import org.maestro.engine.step.runtime.docker.DockerSettings.MountSource;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.model.definition.StepType;

/**
 * What a Docker step asks for, checked against what its operator allows. All that is wrong is said
 * at once.
 *
 * @param command what the image's entrypoint gets as arguments; empty: what the image says
 * @param entrypoint replaces the image's; empty: what the image says
 * @param mounts by the place in the container
 */
record DockerJob(
    String image,
    PullPolicy pull,
    List<String> command,
    List<String> entrypoint,
    Map<String, String> environment,
    Optional<String> workdir,
    String user,
    Map<String, MountSource> mounts,
    String network,
    long nanoCpus,
    long memoryBytes,
    long pids,
    int gpus) {
  static final String NO_NETWORK = "none";

  /** Places that the container needs as they are. */
  private static final Set<String> TAKEN = Set.of("/", "/tmp", "/proc", "/sys", "/dev", "/maestro");

  private static final Pattern PLACE = Pattern.compile("(/[A-Za-z0-9._-]+)+");

  private static final Set<String> KNOWN =
      Set.of(
          "image",
          "pull",
          "command",
          "entrypoint",
          "env",
          "workdir",
          "user",
          "mounts",
          "network",
          "cpu",
          "memory",
          "pids",
          "gpu");

  /** What the standard's own platforms have besides, and what is taken from it here. */
  private static final Set<String> OF_PLATFORMS =
      Set.of(
          "args",
          "app_name",
          "disk",
          "job_deduplication_key",
          "owner_email",
          "pre_stop",
          "node_selector");

  /**
   * Reads a step's parameters.
   *
   * @param target whose settings these are
   * @throws InvalidJobException saying all that was expected and what was found
   */
  static DockerJob of(Launch launch, DockerSettings settings, String target) {
    var reader =
        new Reader(
            launch.type(),
            launch.owner(),
            launch.attempt().workflowId(),
            launch.params(),
            settings,
            target);
    var job = reader.read();
    reader.fields.refuse();
    return job;
  }

  /** What is wrong with what is there literally. */
  static List<StepProblem> problems(LiteralStep step, DockerSettings settings, String target) {
    var reader =
        new Reader(step.type(), step.owner(), step.workflowId(), step.values(), settings, target);
    var _ = reader.read();
    return reader.fields.problems().stream()
        .filter(problem -> !step.isOpen(problem.field()))
        .map(problem ->
            // what other platforms make of it is theirs to say
            step.type() == StepType.DOCKER
                ? problem
                : new StepProblem(problem.field(), problem.message(), true))
        .toList();
  }

  private static final class Reader {
    private final StepType type;
    private final @Nullable String owner;
    private final String workflowId;
    private final DockerSettings settings;
    private final String prefix;
    private final ContainerFields fields;

    Reader(
        StepType type,
        @Nullable String owner,
        String workflowId,
        Map<String, Object> params,
        DockerSettings settings,
        String target) {
      this.prefix = "maestro.runtimes." + target;
      this.type = type;
      this.owner = owner;
      this.workflowId = workflowId;
      this.settings = settings;
      // Titus steps say it as Titus does, or as Kubernetes.
      this.fields = new ContainerFields(namesOf(type), params, prefix);
    }

    private static List<String> namesOf(StepType type) {
      if (type == StepType.KUBERNETES) {
        return List.of("kubernetes");
      }
      return type == StepType.TITUS ? List.of("titus", "kubernetes") : List.of("docker");
    }

    DockerJob read() {
      fields.refuseStrangers(owner, settings.owners(), workflowId, settings.workflows());
      var isPlatform = type != StepType.DOCKER;
      fields.refuseUnknown(KNOWN, isPlatform ? OF_PLATFORMS : Set.of());
      var limits = settings.limits();
      var job =
          new DockerJob(
              fields.image(settings.images()),
              fields.pull(),
              fields.words(isPlatform ? "args" : "command"),
              isPlatform ? fields.platformEntrypoint() : fields.words("entrypoint"),
              fields.environment(),
              fields.workdir(),
              user(),
              mounts(),
              network(),
              fields.nanoCpus(limits.cpu(), limits.mostCpu()),
              fields.bytes("memory", limits.memory().toBytes(), limits.mostMemory().toBytes()),
              fields.whole("pids", limits.pids(), 1, limits.mostPids(), "pids"),
              fields.gpus(limits.mostGpus()));
      fields.refuseWhatNoProcessCanTake(
          Stream.concat(job.entrypoint.stream(), job.command.stream()).toList(), job.environment);
      return job;
    }

    private String user() {
      var operators =
          settings
              .users()
              .getOrDefault(
                  owner == null ? "*" : owner,
                  settings.users().getOrDefault("*", DockerSettings.NOBODY));
      var user = fields.text("user");
      if (user.isEmpty()) {
        return operators;
      }
      if (!NumericUser.isAllowed(user.get())) {
        fields.problem(
            "user",
            "expected numbers other than 0, which is root's, such as 1000:1000; found \"%s\""
                .formatted(user.get()));
      } else if (fields.value("mounts") != null && !user.get().equals(operators)) {
        fields.forbidden(
            "user",
            "with mounts it is %s here, as the operator says (%s.users)"
                .formatted(operators, prefix));
      }
      return user.get();
    }

    private Map<String, MountSource> mounts() {
      var value = fields.value("mounts");
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Map<?, ?> map)) {
        fields.problem(
            "mounts",
            "expected places in the container with the operator's names, such as {/data: models}, found \"%s\""
                .formatted(value));
        return Map.of();
      }
      var mounts = new LinkedHashMap<String, MountSource>();
      map.forEach((key, content) -> {
        var place = String.valueOf(key);
        var wanted = String.valueOf(content);
        var readOnly = wanted.endsWith(":ro");
        var source =
            settings.mounts().get(readOnly ? wanted.substring(0, wanted.length() - 3) : wanted);
        if (!PLACE.matcher(place).matches() || TAKEN.contains(place) || place.contains("/..")) {
          fields.problem(
              "mounts", "expected an absolute place such as /data, found \"%s\"".formatted(place));
        } else if (source == null) {
          fields.forbidden(
              "mounts",
              "\"%s\" isn't a mount of this installation; there are %s (%s.mounts)"
                  .formatted(wanted, sorted(settings.mounts().keySet()), prefix));
        } else {
          mounts.put(place, new MountSource(source.path(), source.writable() && !readOnly));
        }
      });
      return mounts;
    }

    private String network() {
      var network = fields.text("network").orElse(NO_NETWORK);
      if (!network.equals(NO_NETWORK) && !settings.networks().contains(network)) {
        fields.forbidden(
            "network",
            "\"%s\" isn't allowed here; allowed are %s (%s.networks)"
                .formatted(
                    network,
                    Stream.concat(Stream.of(NO_NETWORK), settings.networks().stream()).toList(),
                    prefix));
      }
      return network;
    }

    private static List<String> sorted(Set<String> names) {
      return names.stream().sorted().toList();
    }
  }
}
