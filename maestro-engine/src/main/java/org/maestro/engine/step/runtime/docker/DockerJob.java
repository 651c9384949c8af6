package org.maestro.engine.step.runtime.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.docker.DockerSettings.MountSource;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;
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
      Set.of("args", "app_name", "disk", "job_deduplication_key", "owner_email", "pre_stop");

  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying all that was expected and what was found
   */
  static DockerJob of(Launch launch, DockerSettings settings) {
    var reader =
        new Reader(
            launch.type(),
            launch.owner(),
            launch.attempt().workflowId(),
            launch.params(),
            settings);
    var job = reader.read();
    if (!reader.problems.isEmpty()) {
      throw new InvalidJobException(
          reader.problems.stream().map(StepProblem::message).collect(Collectors.joining("; ")));
    }
    return job;
  }

  /** What is wrong with what is there literally. */
  static List<StepProblem> problems(LiteralStep step, DockerSettings settings) {
    var reader = new Reader(step.type(), step.owner(), step.workflowId(), step.values(), settings);
    var _ = reader.read();
    return reader.problems.stream()
        .filter(problem -> !step.isOpen(problem.field()))
        .map(problem ->
            // what other platforms make of it is theirs to say
            step.type() == StepType.TITUS
                ? new StepProblem(problem.field(), problem.message(), true)
                : problem)
        .toList();
  }

  private static final class Reader {
    private final StepType type;
    private final @Nullable String owner;
    private final String workflowId;
    private final Map<String, Object> params;
    private final DockerSettings settings;
    private final List<StepProblem> problems = new ArrayList<>();
    private String name = "docker";
    private Map<String, Object> given = Map.of();

    Reader(
        StepType type,
        @Nullable String owner,
        String workflowId,
        Map<String, Object> params,
        DockerSettings settings) {
      this.type = type;
      this.owner = owner;
      this.workflowId = workflowId;
      this.params = params;
      this.settings = settings;
    }

    DockerJob read() {
      refuseStrangers();
      findParams();
      var isPlatform = type == StepType.TITUS;
      for (var key : given.keySet()) {
        if (!KNOWN.contains(key) && !(isPlatform && OF_PLATFORMS.contains(key))) {
          problem(key, "there is no such field; there are " + String.join(", ", sorted(KNOWN)));
        }
      }
      var limits = settings.limits();
      var job =
          new DockerJob(
              image(),
              pull(),
              words(isPlatform ? "args" : "command"),
              isPlatform ? platformEntrypoint() : words("entrypoint"),
              environment(),
              workdir(),
              user(),
              mounts(),
              network(),
              amount("cpu", nanos(limits.cpu()), nanos(limits.mostCpu())),
              amount("memory", limits.memory().toBytes(), limits.mostMemory().toBytes()),
              pids(),
              gpus());
      if (problems.isEmpty()) {
        attempt(
            "",
            () ->
                JobInput.refuseWhatNoProcessCanTake(
                    Stream.concat(job.entrypoint.stream(), job.command.stream()).toList(),
                    job.environment));
      }
      return job;
    }

    private void refuseStrangers() {
      if (owner != null && !allows(settings.owners(), owner)) {
        stranger(
            "owner \"%s\" may not run containers here; ask the operator to add them to maestro.runtimes.docker.owners"
                .formatted(owner));
      }
      if (!allows(settings.workflows(), workflowId)) {
        stranger(
            "workflow \"%s\" may not run containers here; ask the operator to add it to maestro.runtimes.docker.workflows"
                .formatted(workflowId));
      }
    }

    private void stranger(String text) {
      problems.add(new StepProblem("", text, true));
    }

    private static boolean allows(List<String> list, String one) {
      return list.contains("*") || list.contains(one);
    }

    /** Titus steps say it as Titus does, or as Kubernetes. */
    private void findParams() {
      var names = type == StepType.TITUS ? List.of("titus", "kubernetes") : List.of("docker");
      for (var candidate : names) {
        if (params.get(candidate) instanceof Map<?, ?> map && !map.isEmpty()) {
          name = candidate;
          var fields = new LinkedHashMap<String, Object>();
          map.forEach((key, value) -> {
            if (value != null) {
              fields.put(String.valueOf(key), value);
            }
          });
          given = fields;
          return;
        }
      }
      name = names.getFirst();
    }

    private void problem(String field, String text) {
      problems.add(
          new StepProblem("/" + name + "/" + field, name + "." + field + ": " + text, false));
    }

    /** What the operator could allow. */
    private void forbidden(String field, String text) {
      problems.add(
          new StepProblem("/" + name + "/" + field, name + "." + field + ": " + text, true));
    }

    private void attempt(String field, Runnable check) {
      try {
        check.run();
      } catch (InvalidJobException e) {
        problems.add(new StepProblem(field, String.valueOf(e.getMessage()), false));
      }
    }

    private Optional<String> text(String field) {
      var value = given.get(field);
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof Map || value instanceof List) {
        problem(field, "expected a text, found " + value);
        return Optional.empty();
      }
      var text = JobInput.word(value);
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private String image() {
      var image = text("image").orElse("");
      if (image.isEmpty()) {
        problem("image", "expected the name of an image such as python:3.14-slim, found nothing");
        return "";
      }
      if (!ImageName.isValid(image)) {
        problem(
            "image",
            "expected [registry/]name[:tag][@sha256:…] in lower case, found \"%s\""
                .formatted(image));
        return "";
      }
      if (!ImageName.isAllowed(image, settings.images())) {
        forbidden(
            "image",
            "\"%s\" isn't allowed here; allowed are %s (maestro.runtimes.docker.images)"
                .formatted(image, settings.images()));
      }
      return ImageName.withTag(image);
    }

    private PullPolicy pull() {
      var text = text("pull");
      if (text.isEmpty()) {
        return PullPolicy.IF_NOT_PRESENT;
      }
      return PullPolicy.of(text.get())
          .orElseGet(() -> {
            problem(
                "pull",
                "expected if_not_present, always or never, found \"%s\"".formatted(text.get()));
            return PullPolicy.NEVER;
          });
    }

    private List<String> words(String field) {
      var value = given.get(field);
      if (List.of().equals(value) || value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> list)) {
        problem(
            field,
            "expected a list of words such as [\"sh\", \"-c\", \"…\"], found \"%s\""
                .formatted(value));
        return List.of();
      }
      return list.stream().map(JobInput::word).toList();
    }

    /** There the command is what Docker calls the entrypoint; an entrypoint is a shell's line. */
    private List<String> platformEntrypoint() {
      var command = words("command");
      var line = text("entrypoint");
      return command.isEmpty() && line.isPresent() ? List.of("/bin/sh", "-c", line.get()) : command;
    }

    private Map<String, String> environment() {
      try {
        return JobInput.environment(name + ".env", given.get("env"));
      } catch (InvalidJobException e) {
        problems.add(new StepProblem("/" + name + "/env", String.valueOf(e.getMessage()), false));
        return Map.of();
      }
    }

    private Optional<String> workdir() {
      var workdir = text("workdir");
      if (workdir.isPresent() && !workdir.get().startsWith("/")) {
        problem("workdir", "expected an absolute path, found \"%s\"".formatted(workdir.get()));
      }
      return workdir;
    }

    private String user() {
      var operators =
          settings
              .users()
              .getOrDefault(
                  owner == null ? "*" : owner,
                  settings.users().getOrDefault("*", DockerSettings.NOBODY));
      var user = text("user");
      if (user.isEmpty()) {
        return operators;
      }
      if (!NumericUser.isAllowed(user.get())) {
        problem(
            "user",
            "expected numbers other than 0, which is root's, such as 1000:1000; found \"%s\""
                .formatted(user.get()));
      } else if (given.get("mounts") != null && !user.get().equals(operators)) {
        forbidden(
            "user",
            "with mounts it is %s here, as the operator says (maestro.runtimes.docker.users)"
                .formatted(operators));
      }
      return user.get();
    }

    private Map<String, MountSource> mounts() {
      var value = given.get("mounts");
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Map<?, ?> map)) {
        problem(
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
          problem(
              "mounts", "expected an absolute place such as /data, found \"%s\"".formatted(place));
        } else if (source == null) {
          forbidden(
              "mounts",
              "\"%s\" isn't a mount of this installation; there are %s (maestro.runtimes.docker.mounts)"
                  .formatted(wanted, sorted(settings.mounts().keySet())));
        } else {
          mounts.put(place, new MountSource(source.path(), source.writable() && !readOnly));
        }
      });
      return mounts;
    }

    private String network() {
      var network = text("network").orElse(NO_NETWORK);
      if (!network.equals(NO_NETWORK) && !settings.networks().contains(network)) {
        forbidden(
            "network",
            "\"%s\" isn't allowed here; allowed are %s (maestro.runtimes.docker.networks)"
                .formatted(
                    network,
                    Stream.concat(Stream.of(NO_NETWORK), settings.networks().stream()).toList()));
      }
      return network;
    }

    private long amount(String field, long otherwise, long most) {
      var text = text(field);
      if (text.isEmpty()) {
        return otherwise;
      }
      var isCpu = field.equals("cpu");
      var found = isCpu ? Quantity.nanoCpus(text.get()) : Quantity.bytes(text.get());
      if (found.isEmpty() || found.get() <= 0) {
        problem(
            field,
            "expected %s, found \"%s\""
                .formatted(
                    isCpu ? "processors such as 0.5 or 500m" : "bytes such as 512Mi or 2g",
                    text.get()));
        return otherwise;
      }
      if (found.get() > most) {
        forbidden(
            field,
            "at most %s, found \"%s\" (maestro.runtimes.docker.limits.most-%s)"
                .formatted(isCpu ? most / 1e9 : (most >> 20) + "Mi", text.get(), field));
      }
      return found.get();
    }

    private long pids() {
      return whole("pids", settings.limits().pids(), 1, settings.limits().mostPids());
    }

    private int gpus() {
      return (int) whole("gpu", 0, 0, settings.limits().mostGpus());
    }

    private long whole(String field, long otherwise, long least, long most) {
      var text = text(field);
      if (text.isEmpty()) {
        return otherwise;
      }
      if (!text.get().matches("[0-9]{1,9}") || Long.parseLong(text.get()) < least) {
        problem(field, "expected a whole number, found \"%s\"".formatted(text.get()));
        return otherwise;
      }
      var number = Long.parseLong(text.get());
      if (number > most) {
        forbidden(
            field,
            "at most %d here, found %d (maestro.runtimes.docker.limits.most-%s)"
                .formatted(most, number, field.equals("gpu") ? "gpus" : field));
      }
      return number;
    }

    private static long nanos(double cpus) {
      return Math.round(cpus * 1e9);
    }

    private static List<String> sorted(Set<String> names) {
      return names.stream().sorted().toList();
    }
  }
}
