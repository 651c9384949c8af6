package org.maestro.engine.step.runtime.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.container.NumericUser;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A cluster that runs steps, who may run them there, and what a pod may do. Nothing runs as long as
 * neither an address nor a kubeconfig is given. Further clusters have the same settings under a
 * name of their own, with {@code type=kubernetes}.
 *
 * @param address of the cluster's API, such as {@code https://10.0.0.1:6443}; {@code in-cluster}
 *     for the one in which the engine itself runs; empty: as the kubeconfig says
 * @param kubeconfig a file as kubectl reads it, instead of an address
 * @param context which of its contexts; empty: its current one
 * @param tokenFile with the bearer token for the API; read again when it changes
 * @param caFile the certificates of the API's server; else those that Java knows
 * @param namespace where Jobs are made
 * @param owners whose workflows may run there; {@code *} stands for all
 * @param workflows which workflows may run there; {@code *} stands for all
 * @param images what images may be named: names as steps write them, {@code *} stands for any
 *     characters
 * @param nodeLabels which labels of nodes steps may select by
 * @param serviceAccounts by owner, {@code *} for all others; those who have none get the
 *     namespace's own. No token of it is mounted unless the pod template says so
 * @param users numeric {@code uid:gid} by owner, {@code *} for all others; those who have none get
 *     65534:65534. Never root
 * @param podTemplate a file with a PodTemplate in YAML, on which every pod is built: what it says,
 *     no step can change. A container {@code job} in it is the step's
 * @param limits what one pod may use
 * @param grace between SIGTERM and SIGKILL when a pod is told to end
 * @param patience a pod whose image can't be had or whose container can't be made by then is given
 *     up as a platform failure; so is a Job that can't be made because the cluster doesn't answer
 * @param roomPatience a pod for which there is no node or no quota by then is given up as a
 *     platform failure
 * @param keepEnded how long a Job that has ended stays, so that another engine finds it
 * @param safetyScan how often Jobs that nobody follows are looked for
 */
@ConfigurationProperties("maestro.runtimes.kubernetes")
public record KubernetesSettings(
    @DefaultValue("") String address,
    @Nullable Path kubeconfig,
    @DefaultValue("") String context,
    @Nullable Path tokenFile,
    @Nullable Path caFile,
    @DefaultValue("default") String namespace,
    @DefaultValue("*") List<String> owners,
    @DefaultValue("*") List<String> workflows,
    @DefaultValue("*") List<String> images,
    @DefaultValue List<String> nodeLabels,
    @DefaultValue Map<String, String> serviceAccounts,
    @DefaultValue Map<String, String> users,
    @Nullable Path podTemplate,
    @DefaultValue Limits limits,
    @DefaultValue("10s") Duration grace,
    @DefaultValue("5m") Duration patience,
    @DefaultValue("1h") Duration roomPatience,
    @DefaultValue("30s") Duration keepEnded,
    @DefaultValue("1m") Duration safetyScan) {

  /** The address of the cluster in which the engine itself runs. */
  static final String IN_CLUSTER = "in-cluster";

  /** Nobody's ids on every Unix. */
  static final String NOBODY = "65534:65534";

  public KubernetesSettings {
    owners = List.copyOf(owners);
    workflows = List.copyOf(workflows);
    images = List.copyOf(images);
    nodeLabels = List.copyOf(nodeLabels);
    serviceAccounts = Map.copyOf(serviceAccounts);
    users = Map.copyOf(users);
    if (!address.isEmpty() && !address.equals(IN_CLUSTER) && !address.matches("https?://.+")) {
      throw new IllegalArgumentException(
          "maestro.runtimes: a cluster's address: expected in-cluster, or the address of its API such as https://10.0.0.1:6443, found \"%s\""
              .formatted(address));
    }
    if (!address.isEmpty() && kubeconfig != null) {
      throw new IllegalArgumentException(
          "maestro.runtimes: a cluster is given by its address or by a kubeconfig, found both: %s and %s"
              .formatted(address, kubeconfig));
    }
    users.forEach((owner, user) -> {
      if (!NumericUser.isAllowed(user)) {
        throw new IllegalArgumentException(
            "maestro.runtimes: users.%s of a cluster: expected numbers other than 0 such as 1000:1000, found \"%s\""
                .formatted(owner, user));
      }
    });
  }

  /** The defaults over an address. */
  public static KubernetesSettings at(String address, String namespace) {
    return new KubernetesSettings(
        address,
        null,
        "",
        null,
        null,
        namespace,
        List.of("*"),
        List.of("*"),
        List.of("*"),
        List.of(),
        Map.of(),
        Map.of(),
        null,
        Limits.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1));
  }

  /** Whether there is a cluster at all. */
  public boolean isOn() {
    return !address.isEmpty() || kubeconfig != null;
  }

  KubernetesSettings with(Limits newLimits, @Nullable Path newTemplate) {
    return new KubernetesSettings(
        address,
        kubeconfig,
        context,
        tokenFile,
        caFile,
        namespace,
        owners,
        workflows,
        images,
        nodeLabels,
        serviceAccounts,
        users,
        newTemplate,
        newLimits,
        grace,
        patience,
        roomPatience,
        keepEnded,
        safetyScan);
  }

  KubernetesSettings withTimes(
      Duration newGrace,
      Duration newPatience,
      Duration newRoomPatience,
      Duration newKeep,
      Duration newScan) {
    return new KubernetesSettings(
        address,
        kubeconfig,
        context,
        tokenFile,
        caFile,
        namespace,
        owners,
        workflows,
        images,
        nodeLabels,
        serviceAccounts,
        users,
        podTemplate,
        limits,
        newGrace,
        newPatience,
        newRoomPatience,
        newKeep,
        newScan);
  }

  KubernetesSettings onlyFor(
      List<String> newOwners,
      List<String> newImages,
      List<String> newNodeLabels,
      Map<String, String> newServiceAccounts) {
    return new KubernetesSettings(
        address,
        kubeconfig,
        context,
        tokenFile,
        caFile,
        namespace,
        newOwners,
        workflows,
        newImages,
        newNodeLabels,
        newServiceAccounts,
        users,
        podTemplate,
        limits,
        grace,
        patience,
        roomPatience,
        keepEnded,
        safetyScan);
  }

  /**
   * What one pod may use, if its step doesn't say, and the most it may ask for. Each amount is both
   * what the cluster reserves and what it allows.
   *
   * @param cpu processors
   * @param mostCpu the most processors
   * @param memory what it may take; above it the container is killed
   * @param mostMemory the most memory
   * @param disk room for what it writes, /tmp and its log included; above it the pod is evicted
   * @param mostDisk the most room
   * @param mostGpus the most GPUs; steps that don't ask get none
   * @param gpu the cluster's name for a GPU
   * @param outputBytes how much of its log is kept
   * @param paramsBytes how long the JSON with its output parameters may be
   */
  public record Limits(
      @DefaultValue("1") double cpu,
      @DefaultValue("4") double mostCpu,
      @DefaultValue("512MB") DataSize memory,
      @DefaultValue("4GB") DataSize mostMemory,
      @DefaultValue("1GB") DataSize disk,
      @DefaultValue("10GB") DataSize mostDisk,
      @DefaultValue("0") int mostGpus,
      @DefaultValue("nvidia.com/gpu") String gpu,
      @DefaultValue("10485760") long outputBytes,
      @DefaultValue("1048576") int paramsBytes) {

    public static final Limits DEFAULT =
        new Limits(
            1,
            4,
            DataSize.ofMegabytes(512),
            DataSize.ofGigabytes(4),
            DataSize.ofGigabytes(1),
            DataSize.ofGigabytes(10),
            0,
            "nvidia.com/gpu",
            10 << 20,
            1 << 20);

    public Limits {
      if (cpu <= 0
          || mostCpu < cpu
          || memory.toBytes() <= 0
          || mostMemory.compareTo(memory) < 0
          || disk.toBytes() <= 0
          || mostDisk.compareTo(disk) < 0
          || mostGpus < 0
          || outputBytes <= 0
          || paramsBytes <= 0) {
        throw new IllegalArgumentException(
            "maestro.runtimes: limits of a cluster: expected numbers above 0, and every most-… to be at least what a step gets that doesn't ask");
      }
    }
  }
}
