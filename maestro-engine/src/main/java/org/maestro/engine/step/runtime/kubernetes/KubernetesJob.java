package org.maestro.engine.step.runtime.kubernetes;

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
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.model.definition.StepType;

/**
 * What a Kubernetes step asks for, checked against what its operator allows. All that is wrong is
 * said at once.
 *
 * @param command replaces the image's entrypoint; empty: what the image says
 * @param args its arguments; empty: what the image says
 * @param preStop what is run in the container before it is told to end; empty: nothing
 * @param notes what is written on the Job for people, by name
 */
record KubernetesJob(
    String image,
    PullPolicy pull,
    List<String> command,
    List<String> args,
    Map<String, String> environment,
    Optional<String> workdir,
    String user,
    Optional<String> serviceAccount,
    Map<String, String> nodeSelector,
    List<String> preStop,
    long nanoCpus,
    long memoryBytes,
    long diskBytes,
    int gpus,
    Map<String, String> notes) {

  private static final Set<String> KNOWN =
      Set.of(
          "image",
          "pull",
          "command",
          "args",
          "entrypoint",
          "env",
          "workdir",
          "user",
          "node_selector",
          "pre_stop",
          "cpu",
          "memory",
          "disk",
          "gpu",
          "app_name",
          "owner_email",
          "job_deduplication_key");

  private static final List<String> NOTES =
      List.of("app_name", "owner_email", "job_deduplication_key");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?");

  /**
   * Reads a step's parameters.
   *
   * @param target whose settings these are
   * @throws InvalidJobException saying all that was expected and what was found
   */
  static KubernetesJob of(Launch launch, KubernetesSettings settings, String target) {
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
  static List<StepProblem> problems(LiteralStep step, KubernetesSettings settings, String target) {
    var reader =
        new Reader(step.type(), step.owner(), step.workflowId(), step.values(), settings, target);
    var _ = reader.read();
    return reader.fields.problems().stream()
        .filter(problem -> !step.isOpen(problem.field()))
        .map(problem -> new StepProblem(problem.field(), problem.message(), true))
        .toList();
  }

  private static final class Reader {
    private final @Nullable String owner;
    private final String workflowId;
    private final KubernetesSettings settings;
    private final String prefix;
    private final ContainerFields fields;

    Reader(
        StepType type,
        @Nullable String owner,
        String workflowId,
        Map<String, Object> params,
        KubernetesSettings settings,
        String target) {
      this.owner = owner;
      this.workflowId = workflowId;
      this.settings = settings;
      this.prefix = "maestro.runtimes." + target;
      this.fields =
          new ContainerFields(
              type == StepType.TITUS ? List.of("titus", "kubernetes") : List.of("kubernetes"),
              params,
              prefix);
    }

    KubernetesJob read() {
      fields.refuseStrangers(owner, settings.owners(), workflowId, settings.workflows());
      fields.refuseUnknown(KNOWN, Set.of());
      var limits = settings.limits();
      var job =
          new KubernetesJob(
              fields.image(settings.images()),
              fields.pull(),
              fields.platformEntrypoint(),
              fields.words("args"),
              fields.environment(),
              fields.workdir(),
              user(),
              Optional.ofNullable(ofOwner(settings.serviceAccounts(), null)),
              nodeSelector(),
              preStop(),
              fields.nanoCpus(limits.cpu(), limits.mostCpu()),
              fields.bytes("memory", limits.memory().toBytes(), limits.mostMemory().toBytes()),
              fields.bytes("disk", limits.disk().toBytes(), limits.mostDisk().toBytes()),
              fields.gpus(limits.mostGpus()),
              notes());
      fields.refuseWhatNoProcessCanTake(
          Stream.concat(job.command.stream(), job.args.stream()).toList(), job.environment);
      return job;
    }

    private @Nullable String ofOwner(Map<String, String> byOwner, @Nullable String otherwise) {
      var others = byOwner.getOrDefault("*", otherwise);
      return owner == null ? others : byOwner.getOrDefault(owner, others);
    }

    private String user() {
      var operators = String.valueOf(ofOwner(settings.users(), KubernetesSettings.NOBODY));
      var user = fields.text("user");
      if (user.isPresent() && !NumericUser.isAllowed(user.get())) {
        fields.problem(
            "user",
            "expected numbers other than 0, which is root's, such as 1000:1000; found \"%s\""
                .formatted(user.get()));
      } else if (user.isPresent()
          && !user.get().equals(operators)
          && !settings.serviceAccounts().isEmpty()) {
        fields.forbidden(
            "user", "it is %s here, as the operator says (%s.users)".formatted(operators, prefix));
      }
      return user.orElse(operators);
    }

    private Map<String, String> nodeSelector() {
      var value = fields.value("node_selector");
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Map<?, ?> map)) {
        fields.problem(
            "node_selector",
            "expected labels of nodes with their values, such as {pool: gpu}, found \"%s\""
                .formatted(value));
        return Map.of();
      }
      var selector = new LinkedHashMap<String, String>();
      map.forEach((key, content) -> {
        var label = String.valueOf(key);
        var wanted = String.valueOf(content);
        if (!settings.nodeLabels().contains(label)) {
          fields.forbidden(
              "node_selector",
              "steps may not select nodes by \"%s\" here; they may by %s (%s.node-labels)"
                  .formatted(label, settings.nodeLabels(), prefix));
        } else if (!LABEL_VALUE.matcher(wanted).matches()) {
          fields.problem(
              "node_selector",
              "expected a label's value of at most 63 letters, digits, -, _ and ., found \"%s\""
                  .formatted(wanted));
        } else {
          selector.put(label, wanted);
        }
      });
      return selector;
    }

    private List<String> preStop() {
      var value = fields.value("pre_stop");
      if (value == null) {
        return List.of();
      }
      if (value instanceof Map<?, ?> map
          && map.get("exec") instanceof Map<?, ?> exec
          && exec.get("command") instanceof List<?> words
          && !words.isEmpty()) {
        return words.stream().map(String::valueOf).toList();
      }
      fields.problem(
          "pre_stop",
          "expected {exec: {command: [a program, its arguments]}}, found \"%s\"".formatted(value));
      return List.of();
    }

    private Map<String, String> notes() {
      var notes = new LinkedHashMap<String, String>();
      for (var name : NOTES) {
        fields.text(name).ifPresent(text -> notes.put(name, text));
      }
      return notes;
    }
  }
}
