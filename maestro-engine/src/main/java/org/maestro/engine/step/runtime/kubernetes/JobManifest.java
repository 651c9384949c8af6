package org.maestro.engine.step.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.container.PullPolicy;

/**
 * A Job as it is to be made: the operator's pod template, what it doesn't say filled in with what
 * is safe, and what the step asks for. Nothing that the template says is changed by a step.
 *
 * @param template the operator's; empty if there is none
 * @param environment all of the job's variables
 * @param hidden which of them nobody may read in the Job
 * @param deadline after which the cluster ends the pod, whoever is there; null for never
 * @param gpuResource the cluster's name for a GPU
 */
record JobManifest(
    AttemptRef attempt,
    String owner,
    String installation,
    PodTemplateSpec template,
    KubernetesJob job,
    Map<String, String> environment,
    Set<String> hidden,
    Duration grace,
    @Nullable Duration deadline,
    String gpuResource) {
  /** The container of the step, beside which the operator's template may have others. */
  static final String CONTAINER = "job";

  /** Its value is the attempt's uuid. */
  static final String ATTEMPT = "org.maestro/attempt";

  static final String INSTALLATION = "org.maestro/installation";

  /** What a container leaves here is handed over with its end. */
  static final String OUTPUT = "/maestro/output.json";

  private static final String TMP = "maestro-tmp";
  private static final int LONGEST_LABEL = 63;

  /** If nobody ever looks: long after the longest outage of an engine. */
  private static final int SECONDS_AFTER_END = 7 * 24 * 3600;

  /** The same whoever makes it, so that the cluster refuses the second. */
  static String nameOf(AttemptRef attempt) {
    return "maestro-" + attempt.uuid();
  }

  Job toJob() {
    return new JobBuilder()
        .withNewMetadata()
        .withName(nameOf(attempt))
        .withLabels(labels())
        .withAnnotations(annotations())
        .endMetadata()
        .withNewSpec()
        .withSuspend(true) // until its Secret is there
        .withBackoffLimit(0) // retries are the engine's
        .withCompletions(1)
        .withParallelism(1)
        .withPodReplacementPolicy("Failed")
        .withTtlSecondsAfterFinished(SECONDS_AFTER_END)
        .withActiveDeadlineSeconds(deadline == null ? null : deadline.toSeconds())
        .withTemplate(pod())
        .endSpec()
        .build();
  }

  /** What the Job doesn't show; goes with it. */
  Secret toSecret(Job made) {
    var values = new TreeMap<String, String>();
    hidden.forEach(name -> {
      var value = environment.get(name);
      if (value != null) {
        values.put(name, value);
      }
    });
    return new SecretBuilder()
        .withNewMetadata()
        .withName(nameOf(attempt))
        .withLabels(labels())
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(made.getMetadata().getName())
        .withUid(made.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withImmutable(true)
        .withStringData(values)
        .build();
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<String, String>();
    labels.put(ATTEMPT, attempt.uuid());
    labels.put(INSTALLATION, installation);
    labels.put("app.kubernetes.io/managed-by", "maestro");
    labels.put("org.maestro/workflow", label(attempt.workflowId()));
    labels.put("org.maestro/instance", Long.toString(attempt.instanceId()));
    labels.put("org.maestro/run", Long.toString(attempt.runId()));
    labels.put("org.maestro/step", label(attempt.stepId()));
    labels.put("org.maestro/attempt-number", Long.toString(attempt.attemptId()));
    labels.put("org.maestro/owner", label(owner));
    return labels;
  }

  /** For people who select by it; the whole text is an annotation. */
  private static String label(String text) {
    var plain = text.replaceAll("[^A-Za-z0-9_.-]", "_");
    var cut = plain.substring(0, Math.min(plain.length(), LONGEST_LABEL));
    return cut.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
  }

  private Map<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put("org.maestro/workflow", attempt.workflowId());
    annotations.put("org.maestro/step", attempt.stepId());
    annotations.put("org.maestro/owner", owner);
    job.notes().forEach((name, text) -> annotations.put("org.maestro/" + name, text));
    return annotations;
  }

  /** Which attempt a Job is of. */
  static AttemptRef attemptOf(Job job) {
    var labels = job.getMetadata().getLabels();
    var annotations = job.getMetadata().getAnnotations();
    return new AttemptRef(
        annotations.getOrDefault("org.maestro/workflow", ""),
        number(labels.get("org.maestro/instance")),
        number(labels.get("org.maestro/run")),
        annotations.getOrDefault("org.maestro/step", ""),
        number(labels.get("org.maestro/attempt-number")),
        labels.getOrDefault(ATTEMPT, ""));
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private PodTemplateSpec pod() {
    var given = template.getSpec() == null ? new PodSpec() : template.getSpec();
    var containers = new ArrayList<Container>();
    containers.add(container(own(given)));
    given.getContainers().stream()
        .filter(one -> !CONTAINER.equals(one.getName()))
        .forEach(containers::add);
    var nodes = new LinkedHashMap<>(job.nodeSelector());
    nodes.putAll(orEmpty(given.getNodeSelector()));
    var spec =
        new PodSpecBuilder(given)
            .withRestartPolicy("Never")
            .withContainers(containers)
            .withNodeSelector(nodes)
            .withSecurityContext(podContext(given.getSecurityContext()))
            .withTerminationGracePeriodSeconds(
                or(given.getTerminationGracePeriodSeconds(), Math.max(1, grace.toSeconds())))
            .withAutomountServiceAccountToken(or(given.getAutomountServiceAccountToken(), false))
            .withEnableServiceLinks(or(given.getEnableServiceLinks(), false));
    if (given.getServiceAccountName() == null) {
      job.serviceAccount().ifPresent(spec::withServiceAccountName);
    }
    if (needsTmp(given)) {
      spec.addToVolumes(tmp());
    }
    return new PodTemplateSpecBuilder(template)
        .editOrNewMetadata()
        .addToLabels(labels())
        .addToAnnotations(annotations())
        .endMetadata()
        .withSpec(spec.build())
        .build();
  }

  private static Container own(PodSpec given) {
    return given.getContainers().stream()
        .filter(one -> CONTAINER.equals(one.getName()))
        .findFirst()
        .orElseGet(Container::new);
  }

  private static boolean needsTmp(PodSpec given) {
    return own(given).getVolumeMounts().stream()
        .noneMatch(mount -> "/tmp".equals(mount.getMountPath()));
  }

  private Volume tmp() {
    return new VolumeBuilder()
        .withName(TMP)
        .withNewEmptyDir()
        .withSizeLimit(bytes(job.diskBytes()))
        .endEmptyDir()
        .build();
  }

  private static VolumeMount tmpMount() {
    return new VolumeMountBuilder().withName(TMP).withMountPath("/tmp").build();
  }

  private Container container(Container given) {
    var built =
        new ContainerBuilder(given)
            .withName(CONTAINER)
            .withImage(job.image())
            .withImagePullPolicy(or(given.getImagePullPolicy(), policy(job.pull())))
            .withCommand(literal(job.command()))
            .withArgs(literal(job.args()))
            .withEnv(variables(given.getEnv()))
            .withResources(or(given.getResources(), resources()))
            .withSecurityContext(context(given.getSecurityContext()))
            .withTerminationMessagePath(OUTPUT)
            .withTerminationMessagePolicy("File");
    job.workdir().ifPresent(built::withWorkingDir);
    if (given.getVolumeMounts().stream().noneMatch(mount -> "/tmp".equals(mount.getMountPath()))) {
      built.addToVolumeMounts(tmpMount());
    }
    if (!job.preStop().isEmpty() && given.getLifecycle() == null) {
      built.withLifecycle(
          new LifecycleBuilder()
              .withNewPreStop()
              .withNewExec()
              .withCommand(literal(job.preStop()))
              .endExec()
              .endPreStop()
              .build());
    }
    return built.build();
  }

  private static String policy(PullPolicy pull) {
    return switch (pull) {
      case IF_NOT_PRESENT -> "IfNotPresent";
      case ALWAYS -> "Always";
      case NEVER -> "Never";
    };
  }

  /**
   * The kubelet makes {@code $(NAME)} the value of a variable and {@code $$} a single dollar sign.
   * A step's words mean the same wherever they run.
   */
  private static List<String> literal(List<String> words) {
    return words.stream().map(JobManifest::literal).toList();
  }

  private static String literal(String word) {
    return word.replaceAll("\\$(?=[$(])", "\\$\\$");
  }

  private List<EnvVar> variables(List<EnvVar> given) {
    var all = new LinkedHashMap<String, EnvVar>();
    environment.forEach((name, value) -> all.put(name, variable(name, value)));
    given.forEach(one -> all.put(one.getName(), one));
    return List.copyOf(all.values());
  }

  private EnvVar variable(String name, String value) {
    if (!hidden.contains(name)) {
      return new EnvVarBuilder().withName(name).withValue(literal(value)).build();
    }
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(nameOf(attempt))
        .withKey(name)
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }

  private ResourceRequirements resources() {
    var amounts = new LinkedHashMap<String, Quantity>();
    amounts.put("cpu", new Quantity(job.nanoCpus() / 1_000_000 + "m"));
    amounts.put("memory", bytes(job.memoryBytes()));
    amounts.put("ephemeral-storage", bytes(job.diskBytes()));
    if (job.gpus() > 0) {
      amounts.put(gpuResource, new Quantity(Integer.toString(job.gpus())));
    }
    var resources = new ResourceRequirements();
    resources.setRequests(amounts);
    resources.setLimits(amounts);
    return resources;
  }

  private static Quantity bytes(long amount) {
    return Quantity.fromNumericalAmount(BigDecimal.valueOf(amount), "");
  }

  private PodSecurityContext podContext(@Nullable PodSecurityContext given) {
    var context = given == null ? new PodSecurityContext() : given.toBuilder().build();
    var ids = job.user().split(":", 2);
    var user = Long.valueOf(ids[0]);
    var group = ids.length > 1 ? Long.valueOf(ids[1]) : user;
    context.setRunAsNonRoot(or(context.getRunAsNonRoot(), true));
    context.setRunAsUser(or(context.getRunAsUser(), user));
    context.setRunAsGroup(or(context.getRunAsGroup(), group));
    context.setFsGroup(or(context.getFsGroup(), group));
    if (context.getSeccompProfile() == null) {
      context =
          context.toBuilder()
              .withNewSeccompProfile()
              .withType("RuntimeDefault")
              .endSeccompProfile()
              .build();
    }
    return context;
  }

  private static SecurityContext context(@Nullable SecurityContext given) {
    var context = given == null ? new SecurityContext() : given.toBuilder().build();
    context.setRunAsNonRoot(or(context.getRunAsNonRoot(), true));
    context.setAllowPrivilegeEscalation(or(context.getAllowPrivilegeEscalation(), false));
    context.setPrivileged(or(context.getPrivileged(), false));
    context.setReadOnlyRootFilesystem(or(context.getReadOnlyRootFilesystem(), true));
    return context.getCapabilities() == null
        ? context.toBuilder().withNewCapabilities().withDrop("ALL").endCapabilities().build()
        : context;
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }
}
