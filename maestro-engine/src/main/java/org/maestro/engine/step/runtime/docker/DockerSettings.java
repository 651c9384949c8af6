package org.maestro.engine.step.runtime.docker;

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
 * Where Docker steps run, who may run them, and what a container may do. Nothing runs as long as no
 * socket is given.
 *
 * @param socket of an engine that speaks Docker's API, such as {@code
 *     unix:///run/podman/podman.sock}; empty: Docker steps can't be run. Whoever may use it is as
 *     good as root of that machine, so it is never given to a container
 * @param owners whose workflows may have Docker steps; {@code *} stands for all
 * @param workflows which workflows may have Docker steps; {@code *} stands for all
 * @param images what images may be named: names as steps write them, {@code *} stands for any
 *     characters, such as {@code registry.example.org/team/*}
 * @param mounts folders of the engine's machine by the name under which steps may mount them
 * @param networks that steps may choose besides {@code none}
 * @param users numeric {@code uid:gid} by owner, {@code *} for all others; those who have none get
 *     65534:65534. Never root
 * @param limits what one container may use
 * @param grace between SIGTERM and SIGKILL when a container is told to end
 * @param patience a job that couldn't be begun by then, because the engine of containers doesn't
 *     answer, is given up as a platform failure; and so is a pull that brings no news for so long
 * @param keepEnded how long a container that has ended stays, so that another engine finds it
 * @param safetyScan how often containers that nobody follows are looked for
 * @param hostDataDir {@code maestro.step.shell.data-dir} as the engine of containers sees it, if it
 *     sees it elsewhere than this process
 * @param registryConfig folder of a {@code config.json} with the logins for registries; empty:
 *     pulls are anonymous
 */
@ConfigurationProperties("maestro.runtimes.docker")
public record DockerSettings(
    @DefaultValue("") String socket,
    @DefaultValue("*") List<String> owners,
    @DefaultValue("*") List<String> workflows,
    @DefaultValue("*") List<String> images,
    @DefaultValue Map<String, MountSource> mounts,
    @DefaultValue List<String> networks,
    @DefaultValue Map<String, String> users,
    @DefaultValue Limits limits,
    @DefaultValue("10s") Duration grace,
    @DefaultValue("2m") Duration patience,
    @DefaultValue("30s") Duration keepEnded,
    @DefaultValue("1m") Duration safetyScan,
    @Nullable Path hostDataDir,
    @Nullable Path registryConfig) {

  /** Nobody's ids on every Unix. */
  static final String NOBODY = "65534:65534";

  public DockerSettings {
    owners = List.copyOf(owners);
    workflows = List.copyOf(workflows);
    images = List.copyOf(images);
    mounts = Map.copyOf(mounts);
    networks = List.copyOf(networks);
    users = Map.copyOf(users);
    if (!socket.isEmpty() && !socket.matches("unix:///.+")) {
      throw new IllegalArgumentException(
          "maestro.runtimes.docker.socket: expected a socket of this machine such as unix:///run/podman/podman.sock, found \"%s\""
              .formatted(socket));
    }
    users.forEach((owner, user) -> {
      if (!NumericUser.isAllowed(user)) {
        throw new IllegalArgumentException(
            "maestro.runtimes.docker.users.%s: expected numbers other than 0 such as 1000:1000, found \"%s\""
                .formatted(owner, user));
      }
    });
    mounts.forEach((name, mount) -> {
      if (!mount.path().isAbsolute()) {
        throw new IllegalArgumentException(
            "maestro.runtimes.docker.mounts.%s.path: expected an absolute path, found \"%s\""
                .formatted(name, mount.path()));
      }
    });
  }

  /** The defaults over a socket. */
  public static DockerSettings at(String socket) {
    return new DockerSettings(
        socket,
        List.of("*"),
        List.of("*"),
        List.of("*"),
        Map.of(),
        List.of(),
        Map.of(),
        Limits.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        null,
        null);
  }

  /** Whether Docker steps can be run at all. */
  public boolean isOn() {
    return !socket.isEmpty();
  }

  DockerSettings with(Map<String, MountSource> newMounts, List<String> newNetworks) {
    return new DockerSettings(
        socket,
        owners,
        workflows,
        images,
        newMounts,
        newNetworks,
        users,
        limits,
        grace,
        patience,
        keepEnded,
        safetyScan,
        hostDataDir,
        registryConfig);
  }

  DockerSettings with(Limits newLimits) {
    return new DockerSettings(
        socket,
        owners,
        workflows,
        images,
        mounts,
        networks,
        users,
        newLimits,
        grace,
        patience,
        keepEnded,
        safetyScan,
        hostDataDir,
        registryConfig);
  }

  DockerSettings withTimes(
      Duration newGrace, Duration newPatience, Duration newKeep, Duration newScan) {
    return new DockerSettings(
        socket,
        owners,
        workflows,
        images,
        mounts,
        networks,
        users,
        limits,
        newGrace,
        newPatience,
        newKeep,
        newScan,
        hostDataDir,
        registryConfig);
  }

  DockerSettings onlyFor(
      List<String> newOwners, List<String> newWorkflows, List<String> newImages) {
    return new DockerSettings(
        socket,
        newOwners,
        newWorkflows,
        newImages,
        mounts,
        networks,
        users,
        limits,
        grace,
        patience,
        keepEnded,
        safetyScan,
        hostDataDir,
        registryConfig);
  }

  /**
   * A folder that steps may mount.
   *
   * @param path of the machine that containers run on
   * @param writable whether steps may write to it; else it is read-only, whatever they ask for
   */
  public record MountSource(Path path, @DefaultValue("false") boolean writable) {}

  /**
   * What one container may use, if its step doesn't say, and the most it may ask for.
   *
   * @param cpu processors
   * @param mostCpu the most processors
   * @param memory what it and its files in /tmp may take; above it the container is killed
   * @param mostMemory the most memory
   * @param pids processes and threads at once
   * @param mostPids the most processes and threads
   * @param mostGpus the most GPUs; steps that don't ask get none
   * @param tmp room in /tmp, the only place where a container can write besides its output
   * @param outputBytes how much of stdout, and of stderr, is kept
   * @param paramsBytes how long the JSON with its output parameters may be
   */
  public record Limits(
      @DefaultValue("1") double cpu,
      @DefaultValue("4") double mostCpu,
      @DefaultValue("512MB") DataSize memory,
      @DefaultValue("4GB") DataSize mostMemory,
      @DefaultValue("256") long pids,
      @DefaultValue("4096") long mostPids,
      @DefaultValue("0") int mostGpus,
      @DefaultValue("64MB") DataSize tmp,
      @DefaultValue("10485760") long outputBytes,
      @DefaultValue("1048576") int paramsBytes) {

    public static final Limits DEFAULT =
        new Limits(
            1,
            4,
            DataSize.ofMegabytes(512),
            DataSize.ofGigabytes(4),
            256,
            4096,
            0,
            DataSize.ofMegabytes(64),
            10 << 20,
            1 << 20);

    public Limits {
      if (cpu <= 0
          || mostCpu < cpu
          || memory.toBytes() <= 0
          || mostMemory.compareTo(memory) < 0
          || pids <= 0
          || mostPids < pids
          || mostGpus < 0
          || tmp.toBytes() <= 0
          || outputBytes <= 0
          || paramsBytes <= 0) {
        throw new IllegalArgumentException(
            "maestro.runtimes.docker.limits: expected numbers above 0, and every most-… to be at least what a step gets that doesn't ask");
      }
    }
  }
}
