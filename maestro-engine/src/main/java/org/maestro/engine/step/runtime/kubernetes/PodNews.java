package org.maestro.engine.step.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's state means for its step, in words for the step's owner. Pure. */
final class PodNews {
  private static final int LONGEST = 600;
  private static final Set<String> PULLING =
      Set.of(
          "ImagePullBackOff",
          "ErrImagePull",
          "ErrImageNeverPull",
          "RegistryUnavailable",
          "ImageInspectError");

  /** Why the cluster ends pods, or doesn't let them begin, whatever their program does. */
  private static final Set<String> BY_CLUSTER =
      Set.of("Evicted", "Preempting", "NodeShutdown", "Terminated", "NodeLost", "Shutdown");

  private static final Set<String> NOT_STARTED =
      Set.of("StartError", "ContainerCannotRun", "RunContainerError");

  private PodNews() {}

  /** How long something that is waited for may take. */
  enum Hope {
    /** It goes on by itself. */
    SOON,
    /** What a registry or a node refuses: for a while. */
    REPAIR,
    /** A place on a node or in a quota, which others have: for long. */
    ROOM,
    /** No waiting helps. */
    NONE
  }

  /** Where a pod stands. */
  sealed interface Standing {
    /** Not begun; {@code why} is null if there is nothing to tell. */
    record Waiting(Hope hope, @Nullable String why) implements Standing {}

    /** Its program runs. */
    record Running() implements Standing {}

    /**
     * Its program has ended.
     *
     * @param output what it left in its file for output parameters, as far as it is handed over
     * @param problem why it wasn't started, if it wasn't
     */
    record Ended(int code, boolean isOutOfMemory, String output, @Nullable String problem)
        implements Standing {}

    /** The cluster has ended it, or lost it. */
    record Lost(String why) implements Standing {}
  }

  static Standing of(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return new Standing.Waiting(Hope.SOON, null);
    }
    var container =
        status.getContainerStatuses().stream()
            .filter(one -> JobManifest.CONTAINER.equals(one.getName()))
            .findFirst();
    var terminated = container.map(ContainerStatus::getState).map(state -> state.getTerminated());
    if (terminated.isPresent()) {
      return ended(pod, terminated.get());
    }
    if ("Failed".equals(status.getPhase())) {
      return new Standing.Lost(
          byCluster(pod).orElseGet(() -> said(status.getReason(), status.getMessage())));
    }
    if (container.map(ContainerStatus::getState).map(state -> state.getRunning()).isPresent()) {
      return new Standing.Running();
    }
    return Stream.concat(status.getInitContainerStatuses().stream(), container.stream())
        .flatMap(one ->
            one.getState() == null
                ? Stream.empty()
                : Stream.ofNullable(one.getState().getWaiting()))
        .map(waiting -> waiting(pod, waiting))
        .filter(news -> news.why() != null)
        .findFirst()
        .orElseGet(() -> unscheduled(pod));
  }

  private static Standing ended(Pod pod, ContainerStateTerminated end) {
    var code = end.getExitCode() == null ? 255 : end.getExitCode();
    var reason = or(end.getReason(), "");
    var byCluster = byCluster(pod);
    if (code != 0 && byCluster.isPresent()) {
      return new Standing.Lost(byCluster.get());
    }
    if (reason.equals("ContainerStatusUnknown")) {
      return new Standing.Lost("its node lost it: " + said(reason, end.getMessage()));
    }
    if (NOT_STARTED.contains(reason)) {
      var message = said(reason, end.getMessage());
      return new Standing.Ended(statusOf(message, code), false, "", message);
    }
    return new Standing.Ended(code, reason.equals("OOMKilled"), or(end.getMessage(), ""), null);
  }

  /** As a shell says it. */
  private static int statusOf(String message, int otherwise) {
    if (message.contains("executable file not found")
        || message.contains("no such file or directory")) {
      return 127;
    }
    return message.contains("permission denied") || message.contains("exec format error")
        ? 126
        : otherwise == 0 ? 125 : otherwise;
  }

  private static Optional<String> byCluster(Pod pod) {
    var status = pod.getStatus();
    var disruption =
        condition(pod, "DisruptionTarget").filter(one -> "True".equals(one.getStatus()));
    if (disruption.isPresent()) {
      return Optional.of(
          words(or(disruption.get().getReason(), ""))
              + said(disruption.get().getReason(), disruption.get().getMessage()));
    }
    var reason = or(status.getReason(), "");
    return BY_CLUSTER.contains(reason)
        ? Optional.of(words(reason) + said(reason, status.getMessage()))
        : Optional.empty();
  }

  private static String words(String reason) {
    return switch (reason) {
      case "PreemptionByScheduler", "Preempting" -> "preempted by a pod that goes before it: ";
      case "EvictionByEvictionAPI", "DeletionByTaintManager" -> "evicted from its node: ";
      case "TerminationByKubelet", "Evicted" ->
          "evicted by its node, which lacked room or was shut down: ";
      case "DeletionByPodGC", "NodeLost" -> "its node is gone: ";
      default -> "ended by the cluster: ";
    };
  }

  private static Standing.Waiting waiting(Pod pod, ContainerStateWaiting waiting) {
    var reason = or(waiting.getReason(), "");
    var message = said(reason, waiting.getMessage());
    var image =
        pod.getSpec() == null
            ? ""
            : pod.getSpec().getContainers().stream()
                .filter(one -> JobManifest.CONTAINER.equals(one.getName()))
                .map(one -> " " + one.getImage())
                .findFirst()
                .orElse("");
    if (PULLING.contains(reason)) {
      return new Standing.Waiting(
          Hope.REPAIR,
          "The image%s can't be pulled: %s; the cluster tries again. Check its name and tag, and that the cluster may read its registry"
              .formatted(image, message));
    }
    return switch (reason) {
      case "InvalidImageName" ->
          new Standing.Waiting(
              Hope.NONE,
              "The image%s can't be pulled: %s; correct its name".formatted(image, message));
      case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
          new Standing.Waiting(Hope.REPAIR, "The container can't be made: " + message);
      default -> new Standing.Waiting(Hope.SOON, null);
    };
  }

  private static Standing.Waiting unscheduled(Pod pod) {
    var scheduled = condition(pod, "PodScheduled").filter(one -> "False".equals(one.getStatus()));
    if (scheduled.isEmpty()) {
      return new Standing.Waiting(Hope.SOON, null);
    }
    var message = said(scheduled.get().getReason(), scheduled.get().getMessage());
    return new Standing.Waiting(Hope.ROOM, "No node can take the pod yet: " + message);
  }

  /** What an event of a Job tells of a pod that isn't there; empty for nothing. */
  static Optional<Standing.Waiting> of(Event event) {
    if (!"FailedCreate".equals(event.getReason())) {
      return Optional.empty();
    }
    var message = said(event.getReason(), event.getMessage());
    return Optional.of(
        message.contains("exceeded quota")
            ? new Standing.Waiting(
                Hope.ROOM, "The namespace's quota leaves no room for the pod yet: " + message)
            : new Standing.Waiting(
                Hope.REPAIR, "The pod can't be made: " + message + "; the cluster tries again"));
  }

  /** Why the cluster says that a Job has failed; empty if it doesn't. */
  static Optional<String> failure(Job job) {
    if (job.getStatus() == null) {
      return Optional.empty();
    }
    return job.getStatus().getConditions().stream()
        .filter(one -> one.getType().equals("Failed") && "True".equals(one.getStatus()))
        .map(one ->
            "DeadlineExceeded".equals(one.getReason())
                ? "ended by the cluster because its time was over, and no engine had ended it"
                : said(one.getReason(), one.getMessage()))
        .findFirst();
  }

  /** Whether nothing of it runs any more. */
  static boolean hasFinished(Job job) {
    return job.getStatus() != null
        && job.getStatus().getConditions().stream()
            .anyMatch(one ->
                (one.getType().equals("Failed") || one.getType().equals("Complete"))
                    && "True".equals(one.getStatus()));
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(one -> type.equals(one.getType()))
        .findFirst();
  }

  private static String said(@Nullable String reason, @Nullable String message) {
    var text = message == null || message.isBlank() ? or(reason, "for no reason given") : message;
    return shortened(text);
  }

  /** On one line, and not too long. */
  static String shortened(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }
}
