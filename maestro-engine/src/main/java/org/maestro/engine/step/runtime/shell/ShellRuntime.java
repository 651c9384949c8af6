package org.maestro.engine.step.runtime.shell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.AttemptFolder.ExitStatus;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.AttemptTokens;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobEnd;
import org.maestro.engine.step.runtime.job.JobOutput;
import org.maestro.engine.step.runtime.job.JobReport;
import org.maestro.engine.step.runtime.job.LocalProgram;
import org.maestro.engine.step.runtime.job.OutputDocument;
import org.maestro.engine.step.runtime.secret.Granted;
import org.maestro.engine.step.runtime.secret.SecretException;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Shell steps: the parameter {@code script} (STRING) or {@code command} (STRING_ARRAY), with
 * {@code env} (STRING_MAP), as a process of this machine that outlives the engine.
 *
 * <p><b>At most once.</b> Whoever runs a job, the {@linkplain Keepers keeper} or a wrapper script,
 * claims the attempt before by linking a complete file into its folder; the link exists once
 * whatever races, and after a power failure. An engine that comes back attaches by the folder
 * alone: it follows a running process, reports an end that nobody saw, or has started what nobody
 * claimed. A claim whose process is gone without an exit status (power failure, {@code kill -9}) is
 * a platform failure, and what is left of the job is ended.
 *
 * <p><b>How an end is noticed.</b> The keeper waits for its children, writes the exit status, and
 * tells every engine that is connected to it; a wrapper does so by a file in the events folder, of
 * which the file system notifies this class. No thread waits for a process here. Because nothing
 * tells of a killed wrapper, a slow scan ({@code safety-scan}) looks whether followed processes
 * still live.
 *
 * <p><b>Identity.</b> Outside of development mode a job runs as its owner's Unix user only ({@link
 * UnixUsers}), for which the engine has to be root.
 *
 * <p>The data directory belongs to one machine: processes are followed where they run.
 */
public final class ShellRuntime implements StepRuntime, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShellRuntime.class);
  private static final int LOOKS_AT_ONCE = 8;

  /** They wait for the disk that claims are written to, most of the time. */
  private static final int STARTS_AT_ONCE = 16;

  /** Its socket closes before it counts as dead. */
  private static final int KEEPERS_DEATH_MILLIS = 200;

  private final ShellSettings settings;
  private final AttemptFolders folders;
  private final Map<StepType, LocalProgram> programs;
  private final Keepers keepers;
  private final JobLauncher launcher;
  private final AttemptTokens tokens;
  private final Secrets secrets;
  private final StepReporter reporter;
  private final InstantSource clock;
  private final String host;

  /** Which limit can't be; empty if all are. */
  private final String notEnforced;

  private final FolderWatch.Subscription events;
  private final ExecutorService starts = threads("maestro-shell-start-", STARTS_AT_ONCE);
  private final ExecutorService looks = threads("maestro-shell-", LOOKS_AT_ONCE);
  private final ScheduledThreadPoolExecutor scan = new ScheduledThreadPoolExecutor(1);
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();

  public ShellRuntime(
      ShellSettings settings,
      List<LocalProgram> programs,
      UnixUsers users,
      AttemptFolders folders,
      FolderWatch watch,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      InstantSource clock)
      throws IOException {
    this.settings = settings;
    this.folders = folders;
    this.tokens = tokens;
    this.secrets = secrets;
    this.programs =
        programs.stream().collect(Collectors.toMap(LocalProgram::type, program -> program));
    this.keepers = new Keepers(settings, this::keeperSays);
    this.launcher = new JobLauncher(folders, settings, users, tokens, keepers, this.programs);
    this.reporter = reporter;
    this.clock = clock;
    this.host = hostName();
    this.notEnforced =
        settings.limits().processes() > 0 && users.areRoot()
            ? "maestro.step.shell.limits.processes isn't enforced here: its jobs run as root, which has no such limit"
            : "";
    if (!notEnforced.isEmpty()) {
      LOG.warn(notEnforced);
    }
    this.events = watch.subscribe(folders.events(), this::announced);
    var period = settings.safetyScan().toMillis();
    var _ = scan.scheduleWithFixedDelay(this::lookAtAll, period, period, TimeUnit.MILLISECONDS);
  }

  /** Not virtual ones: waiting for files and processes they would keep their carriers. */
  private static ExecutorService threads(String name, int most) {
    var threads =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public Set<StepType> types() {
    return programs.keySet();
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return secrets.problems(step, program(step.type()).problems(step));
  }

  private LocalProgram program(StepType type) {
    return Objects.requireNonNull(programs.get(type));
  }

  @Override
  public void launch(Launch launch) {
    follow(launch.attempt(), attempt -> startUnlessClaimed(attempt, launch));
  }

  @Override
  public void attach(Launch launch) {
    launch(launch);
  }

  @Override
  public void terminate(AttemptRef attempt) {
    var running = followed.computeIfAbsent(attempt.uuid(), _ -> new Followed(attempt));
    looks.execute(() -> act(running, this::stop));
  }

  private void follow(AttemptRef attempt, Action first) {
    var fresh = new Followed(attempt);
    if (followed.putIfAbsent(attempt.uuid(), fresh) == null) {
      starts.execute(() -> act(fresh, first));
    }
  }

  private void announced(Optional<Path> name) {
    if (name.isEmpty()) {
      lookAtAll();
      return;
    }
    var attempt = followed.get(name.get().toString());
    if (attempt != null) {
      looks.execute(() -> act(attempt, this::look));
    }
  }

  /** That an attempt has ended; or that it says no more, and then it may be about to be gone. */
  private void keeperSays(Optional<String> uuid) {
    try {
      if (uuid.isEmpty()) {
        lookAtAll();
        var _ = scan.schedule(this::lookAtAll, KEEPERS_DEATH_MILLIS, TimeUnit.MILLISECONDS);
        return;
      }
      var attempt = followed.get(uuid.get());
      if (attempt != null) {
        looks.execute(() -> act(attempt, this::look));
      }
    } catch (RejectedExecutionException e) {
      // Closed: nobody follows them any more.
    }
  }

  private void lookAtAll() {
    followed.values().forEach(attempt -> looks.execute(() -> act(attempt, this::look)));
  }

  /** One thing at a time for one attempt, so that its reports come in order and once. */
  private void act(Followed attempt, Action action) {
    synchronized (attempt) {
      if (attempt.ended) {
        return;
      }
      try {
        action.on(attempt);
      } catch (InvalidJobException e) {
        giveUp(attempt, Kind.FATAL, String.valueOf(e.getMessage()));
      } catch (SecretException e) {
        var kind = e instanceof SecretException.Refused ? Kind.FATAL : Kind.PLATFORM;
        giveUp(attempt, kind, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        LOG.warn("attempt {}", attempt.ref, e);
        giveUp(attempt, Kind.PLATFORM, "%s can't run it: %s".formatted(host, e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void startUnlessClaimed(Followed attempt, Launch launch)
      throws IOException, InterruptedException, SecretException {
    if (folder(attempt).claim().isEmpty()) {
      attempt.granted = secrets.grant(launch);
      launcher.start(launch, attempt.granted);
    } else if (Secrets.areNamedIn(launch)) {
      attempt.toBeHidden = launch;
    }
    attempt.handedOver = clock.instant();
    look(attempt);
  }

  /** What a job puts out may hold its secrets: it waits until they are known. */
  private boolean isKnownWhatToHide(Followed attempt) {
    var launch = attempt.toBeHidden;
    if (launch != null) {
      try {
        attempt.granted = secrets.grant(launch);
        attempt.toBeHidden = null;
      } catch (SecretException e) {
        LOG.warn("The end of attempt {} waits: {}", attempt.ref, e.getMessage());
        return false;
      }
    }
    return true;
  }

  /** Reports what the folder says and has not been reported. */
  private void look(Followed attempt) throws IOException, InterruptedException {
    var folder = folder(attempt);
    var claim = folder.claim();
    if (claim.isEmpty()) {
      // While it waits for its turn to be started nothing is wrong with it, however long it takes.
      if (attempt.handedOver != null
          && clock.instant().isAfter(attempt.handedOver.plus(settings.startTimeout()))) {
        giveUp(attempt, Kind.PLATFORM, host + " didn't start it in time");
      }
      return;
    }
    if (claim.get().isBuried()) {
      end(attempt, buried(claim.get()));
      return;
    }
    if (claim.get().isContainer()) {
      attempt.ended = true; // not ours
      followed.remove(attempt.ref.uuid(), attempt);
      return;
    }
    reportStart(attempt, claim.get());
    keepers.follow(claim.get()); // before it is asked for, so that its end isn't missed
    // In this order: an exit status that appears between the two questions must not be missed.
    var isAlive = claim.get().isAlive();
    var exit = folder.exit();
    if (exit.isPresent() && exit.get().wasLost()) {
      end(attempt, vanished(attempt, claim.get()));
    } else if (exit.isPresent()) {
      if (isKnownWhatToHide(attempt)) {
        end(attempt, readEnd(attempt, claim.get(), exit.get()));
      }
    } else if (!isAlive) {
      Remains.end(attempt.ref.uuid(), folder);
      end(attempt, vanished(attempt, claim.get()));
    }
  }

  private StepReport buried(Claim claim) {
    return claim.boot().equals(Claim.TERMINATED)
        ? new JobTerminated()
        : new JobFailed(Kind.PLATFORM, host + " didn't start it", Map.of());
  }

  private void reportStart(Followed attempt, Claim claim) throws IOException {
    if (!attempt.started) {
      attempt.started = true;
      reporter.report(
          attempt.ref, new JobStarted(Map.of("maestro_shell", artifact(attempt, claim))));
      if (!notEnforced.isEmpty()) {
        reporter.report(attempt.ref, new JobProgressed(notEnforced));
      }
    }
  }

  private Map<String, Object> artifact(Followed attempt, Claim claim) throws IOException {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "SHELL");
    artifact.put("pid", folder(attempt).job().orElse(claim.pid()));
    artifact.put("host", host);
    return artifact;
  }

  private StepReport vanished(Followed attempt, Claim claim) throws IOException {
    return attempt.stopping
        ? new JobTerminated()
        : new JobFailed(
            JobEnd.VANISHED.kind(),
            "process %d on %s vanished without an exit status: the machine was restarted, or somebody killed it"
                .formatted(claim.pid(), host),
            Map.of("maestro_shell", artifact(attempt, claim)));
  }

  private StepReport readEnd(Followed attempt, Claim claim, ExitStatus exit) throws IOException {
    return JobReport.of(
        exit,
        attempt.stopping,
        "maestro_shell",
        artifact(attempt, claim),
        () -> read(attempt),
        () -> exitMessage(attempt, exit));
  }

  private OutputDocument read(Followed attempt) throws IOException {
    return JobOutput.read(
        folder(attempt),
        tokens.issue(attempt.ref),
        settings.limits().paramsBytes(),
        clock.millis());
  }

  private String exitMessage(Followed attempt, ExitStatus exit) throws IOException {
    var signal = exit.code() > 128 ? " (128 + signal " + (exit.code() - 128) + ")" : "";
    var words = JobOutput.lastWords(folder(attempt).stderr());
    return "exited with status " + exit.code() + signal + (words.isEmpty() ? "" : ": " + words);
  }

  /** Signals the wrapper, which ends the job; or sees to it that a job not begun never begins. */
  private void stop(Followed attempt) throws IOException, InterruptedException {
    attempt.stopping = true;
    if (folder(attempt).bury(Claim.TERMINATED)) {
      end(attempt, new JobTerminated());
      return;
    }
    var claim = folder(attempt).claim();
    if (claim.isPresent() && !claim.get().isContainer() && claim.get().isAlive()) {
      tellToEnd(attempt, claim.get());
    }
    look(attempt);
  }

  /** A keeper has other jobs, too: of one that can't be talked to only the job is told. */
  private void tellToEnd(Followed attempt, Claim claim) throws IOException, InterruptedException {
    if (!keepers.stop(claim, attempt.ref.uuid(), settings.grace())) {
      var told = keepers.isKeepers(claim) ? folder(attempt).livingJob() : Optional.of(claim.pid());
      told.flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroy);
    }
  }

  /** Reports a failure to start; if the attempt did start after all, follows it instead. */
  private void giveUp(Followed attempt, Kind kind, String message) {
    try {
      if (folder(attempt).bury(Claim.NOT_STARTED) || folder(attempt).claim().isEmpty()) {
        end(attempt, new JobFailed(kind, message, Map.of()));
      }
    } catch (IOException e) {
      // Nothing can be written here; the wrapper couldn't claim the attempt either.
      end(attempt, new JobFailed(kind, message, Map.of()));
    }
  }

  private void end(Followed attempt, StepReport report) {
    attempt.ended = true;
    followed.remove(attempt.ref.uuid(), attempt);
    var granted = attempt.granted;
    attempt.granted = Granted.NONE;
    reporter.report(attempt.ref, granted.masked(report));
  }

  private AttemptFolder folder(Followed attempt) {
    return folders.of(attempt.ref.uuid());
  }

  /** Stops following. The processes go on; another runtime attaches to them. */
  @Override
  public void close() {
    events.close();
    keepers.close();
    scan.shutdownNow();
    starts.shutdownNow();
    looks.shutdownNow();
    followed.clear();
  }

  private interface Action {
    void on(Followed attempt) throws IOException, InterruptedException, SecretException;
  }

  /** An attempt whose end has not been reported; guarded by its monitor. */
  private static final class Followed {
    private final AttemptRef ref;
    private @Nullable Instant handedOver;
    private Granted granted = Granted.NONE;

    /** Of a job that an engine before this one started: its secrets have to be read once more. */
    private @Nullable Launch toBeHidden;

    private boolean started;
    private boolean stopping;
    private boolean ended;

    Followed(AttemptRef ref) {
      this.ref = ref;
    }
  }
}
