package org.maestro.engine.step.runtime.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.maestro.engine.step.runtime.job.Retention;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Shell steps run.
 *
 * @param dataDir where the attempts' folders are; belongs to one machine and survives restarts
 * @param shell runs scripts that don't begin with {@code #!}
 * @param path the PATH of every job
 * @param lang the LANG of every job
 * @param grace between SIGTERM and SIGKILL when a job is told to end
 * @param startTimeout a process that hasn't begun by then is given up as a platform failure
 * @param safetyScan how often followed processes are checked in case one was killed together with
 *     its wrapper, which no event tells
 * @param limits what one job may use
 * @param users unix user by owner, {@code *} for all others; only for an engine that runs as root.
 *     Where there are none Shell steps run in development mode only, as the engine's own user
 * @param retention how long what jobs printed and left behind is kept
 * @param keeperIdle how long the process that starts and keeps this machine's jobs stays without
 *     one; with 0 there is none, and each job has a script of its own around it, which costs more
 */
@ConfigurationProperties("maestro.step.shell")
public record ShellSettings(
    @DefaultValue("maestro-data") Path dataDir,
    @DefaultValue("/bin/sh") String shell,
    @DefaultValue("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin") String path,
    @DefaultValue("C.UTF-8") String lang,
    @DefaultValue("10s") Duration grace,
    @DefaultValue("60s") Duration startTimeout,
    @DefaultValue("5s") Duration safetyScan,
    @DefaultValue Limits limits,
    @DefaultValue Map<String, String> users,
    @DefaultValue Retention retention,
    @DefaultValue("5m") Duration keeperIdle) {

  public ShellSettings {
    users = Map.copyOf(users);
  }

  /** The defaults with a data directory. */
  public static ShellSettings in(Path dataDir) {
    return new ShellSettings(
        dataDir,
        "/bin/sh",
        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "C.UTF-8",
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Limits.DEFAULT,
        Map.of(),
        Retention.DEFAULT,
        Duration.ofMinutes(5));
  }

  public ShellSettings withGrace(Duration newGrace) {
    return new ShellSettings(
        dataDir,
        shell,
        path,
        lang,
        newGrace,
        startTimeout,
        safetyScan,
        limits,
        users,
        retention,
        keeperIdle);
  }

  public ShellSettings withSafetyScan(Duration newScan) {
    return new ShellSettings(
        dataDir,
        shell,
        path,
        lang,
        grace,
        startTimeout,
        newScan,
        limits,
        users,
        retention,
        keeperIdle);
  }

  public ShellSettings withLimits(Limits newLimits) {
    return new ShellSettings(
        dataDir,
        shell,
        path,
        lang,
        grace,
        startTimeout,
        safetyScan,
        newLimits,
        users,
        retention,
        keeperIdle);
  }

  public ShellSettings withUsers(Map<String, String> newUsers) {
    return new ShellSettings(
        dataDir,
        shell,
        path,
        lang,
        grace,
        startTimeout,
        safetyScan,
        limits,
        newUsers,
        retention,
        keeperIdle);
  }

  public ShellSettings withKeeperIdle(Duration newIdle) {
    return new ShellSettings(
        dataDir,
        shell,
        path,
        lang,
        grace,
        startTimeout,
        safetyScan,
        limits,
        users,
        retention,
        newIdle);
  }

  /**
   * What one job may use; 0 means no limit, where not said otherwise.
   *
   * @param cpu processor time of each process, in whole seconds
   * @param memoryBytes address space of each process
   * @param fileBytes size of a file that it writes
   * @param processes processes of the unix user it runs as, over all its jobs
   * @param outputBytes how much of stdout, and of stderr, is kept; never without limit
   * @param paramsBytes how long the JSON with its output parameters may be; never without limit
   */
  public record Limits(
      @DefaultValue("0s") Duration cpu,
      @DefaultValue("0") long memoryBytes,
      @DefaultValue("0") long fileBytes,
      @DefaultValue("0") long processes,
      @DefaultValue("10485760") long outputBytes,
      @DefaultValue("1048576") int paramsBytes) {

    public static final Limits DEFAULT = new Limits(Duration.ZERO, 0, 0, 0, 10 << 20, 1 << 20);

    /** Whether nothing has to be set before a job begins. */
    boolean areNone() {
      return cpu.isZero() && memoryBytes == 0 && fileBytes == 0 && processes == 0;
    }

    public Limits {
      if (outputBytes <= 0 || paramsBytes <= 0) {
        throw new IllegalArgumentException(
            "maestro.step.shell.limits: expected output-bytes and params-bytes to be positive");
      }
    }
  }
}
