package org.maestro.engine.step.runtime.docker;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.LiveAttempts;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.container.ContainerLog;
import org.maestro.engine.step.runtime.container.PullPolicy;
import org.maestro.engine.step.runtime.docker.ContainerEngine.Died;
import org.maestro.engine.step.runtime.docker.ContainerEngine.Found;
import org.maestro.engine.step.runtime.docker.ContainerEngine.Standing;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.AttemptFolder.ExitStatus;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.AttemptTokens;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobEnd;
import org.maestro.engine.step.runtime.job.JobOutput;
import org.maestro.engine.step.runtime.job.JobReport;
import org.maestro.engine.step.runtime.job.JobVariable;
import org.maestro.engine.step.runtime.job.OutputDocument;
import org.maestro.engine.step.runtime.secret.Granted;
import org.maestro.engine.step.runtime.secret.SecretException;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Docker steps, and Titus steps, as containers that outlive the engine.
 *
 * <p><b>One container.</b> An attempt's container is named after it, so the engine of containers
 * refuses a second one, and whoever is refused follows the first. Who wants to make it claims the
 * attempt's folder before, which a stop may have claimed already.
 *
 * <p><b>How an end is noticed.</b> By the {@code die} event, whose exit status alone counts. One
 * stream of events serves all containers. Whenever it had to be opened again, every container that
 * is followed is looked at once. After the event the log is read to its end, then the exit status
 * is written to the folder, then it is reported: an engine that comes back finds one of the three.
 *
 * <p><b>When the engine of containers is away</b>, containers may go on. Nothing is said to have
 * ended then; what hasn't begun waits for a while and is given up.
 */
public final class DockerRuntime implements StepRuntime, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DockerRuntime.class);
  private static final Set<String> SECRET_PLACES =
      Set.of("docker.env", "titus.env", "kubernetes.env");

  private static final int LOOKS_AT_ONCE = 16;
  private static final int LAUNCHES_AT_ONCE = 8;

  /** Both come at once; whoever is first waits so long for the other. */
  private static final Duration LOG_OR_END = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** So far back events are asked for when they are listened to again. */
  private static final long OVERLAP_SECONDS = 5;

  /** A log that a container may fill at its engine, beside what is kept of it here. */
  private static final long LOG_ROOM = 64L << 20;

  /** More containers that have ended don't wait to be removed. */
  private static final int MOST_KEPT = 200;

  private final String target;
  private final DockerSettings settings;
  private final AttemptFolders folders;
  private final AttemptTokens tokens;
  private final Secrets secrets;
  private final StepReporter reporter;
  private final LiveAttempts live;
  private final InstantSource clock;
  private final @Nullable ContainerEngine engine;
  private final ExecutorService launches = threads("maestro-docker-start-", LAUNCHES_AT_ONCE);
  private final ExecutorService looks = threads("maestro-docker-", LOOKS_AT_ONCE);
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("maestro-docker-timer").factory());
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();
  private final Map<String, Followed> byContainer = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final @Nullable ImagePulls pulls;
  private final String installation;
  private volatile @Nullable Closeable events;
  private volatile long lastEvent;
  private final AtomicBoolean collects = new AtomicBoolean();
  private final AtomicInteger outages = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Begins to listen if the settings name an engine of containers; else runs nothing.
   *
   * @param target the name of the engine of containers in the settings
   */
  public DockerRuntime(
      String target,
      DockerSettings settings,
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      LiveAttempts live,
      InstantSource clock) {
    this.target = target;
    this.settings = settings;
    this.folders = folders;
    this.tokens = tokens;
    this.secrets = secrets;
    this.reporter = reporter;
    this.live = live;
    this.clock = clock;
    this.installation = tokens.fingerprint();
    this.lastEvent = clock.instant().getEpochSecond();
    if (settings.isOn()) {
      engine = new ContainerEngine(settings.socket(), settings.registryConfig());
      pulls = new ImagePulls(engine, settings.patience(), timer, clock);
      looks.execute(() -> listen(FIRST_PAUSE));
      var scan = settings.safetyScan().toMillis();
      var _ =
          timer.scheduleWithFixedDelay(
              () -> looks.execute(this::collect), scan, scan, TimeUnit.MILLISECONDS);
    } else {
      engine = null;
      pulls = null;
    }
  }

  /** Not virtual ones: what they read and write are files, too. */
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

  @Override
  public Set<StepType> types() {
    return settings.isOn() ? Set.of(StepType.DOCKER, StepType.TITUS) : Set.of();
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return secrets.problems(step, DockerJob.problems(step, settings, target));
  }

  @Override
  public void launch(Launch launch) {
    var fresh = new Followed(launch.attempt());
    if (followed.putIfAbsent(launch.attempt().uuid(), fresh) == null) {
      launches.execute(() -> act(fresh, attempt -> begin(attempt, launch)));
    }
  }

  @Override
  public void attach(Launch launch) {
    launch(launch);
  }

  @Override
  public void terminate(AttemptRef attempt) {
    if (engine == null) {
      return;
    }
    var running = followed.computeIfAbsent(attempt.uuid(), _ -> new Followed(attempt));
    looks.execute(() -> act(running, this::stop));
  }

  private ContainerEngine engine() {
    if (engine == null) {
      throw new IllegalStateException("no engine of containers is configured");
    }
    return engine;
  }

  /**
   * What speaks of an attempt with the engine of containers, which repeats the environment. One
   * with secrets has its own: what connections keep in their buffers goes when it has ended.
   */
  private ContainerEngine engineOf(Followed attempt) {
    if (attempt.granted == null || attempt.granted.masks().isEmpty()) {
      return engine();
    }
    if (attempt.own == null) {
      attempt.own = new ContainerEngine(settings.socket(), settings.registryConfig());
    }
    return attempt.own;
  }

  // ------------------------------------------------------------------ one thing at a time

  private interface Action {
    void on(Followed attempt) throws IOException, SecretException;
  }

  /** One thing at a time for one attempt, so that its reports come in order and once. */
  private void act(Followed attempt, Action action) {
    synchronized (attempt) {
      if (attempt.ended || closed) {
        return;
      }
      try {
        action.on(attempt);
        attempt.unreachableSince = null;
        attempt.pause = FIRST_PAUSE;
      } catch (InvalidJobException | EngineException | SecretException | IOException e) {
        if (!closed) { // else it was interrupted, and another runtime attaches
          failed(attempt, action, e);
        }
      }
    }
  }

  private void failed(Followed attempt, Action action, Exception e) {
    var message = String.valueOf(e.getMessage());
    switch (e) {
      case InvalidJobException _ -> giveUp(attempt, Kind.FATAL, message);
      case SecretException.Refused _ when !hasBegun(attempt) ->
          giveUp(attempt, Kind.FATAL, message);
      case SecretException.Away _ -> tryLater(attempt, action, message, "");
      case SecretException.Refused _ -> // what it prints can't be kept without knowing it
          tryLater(attempt, action, message, "");
      case EngineException.Unreachable _ ->
          tryLater(
              attempt,
              action,
              message,
              "; start it, or correct maestro.runtimes.%s.socket".formatted(target));
      case EngineException.Refused _ when attempt.started -> // the container goes on
          tryLater(attempt, action, "The container engine refused: " + message, "");
      case EngineException.Refused _ ->
          giveUp(attempt, Kind.PLATFORM, "The container engine refused: " + message);
      default -> {
        LOG.warn("attempt {}", attempt.ref, e);
        giveUp(attempt, Kind.PLATFORM, "Its folder can't be written: " + e);
      }
    }
  }

  /** What may run goes on and is waited for; what hasn't begun isn't waited with for ever. */
  private void tryLater(Followed attempt, Action action, String message, String advice) {
    var now = clock.instant();
    if (attempt.unreachableSince == null) {
      attempt.unreachableSince = now;
      reporter.report(
          attempt.ref,
          new JobProgressed(
              message
                  + (attempt.container == null
                      ? "; tried again"
                      : "; its container may go on and is followed again when it answers")));
    }
    if (!hasBegun(attempt) && now.isAfter(attempt.unreachableSince.plus(settings.patience()))) {
      giveUp(
          attempt,
          Kind.PLATFORM,
          "%s, for %d s by now%s".formatted(message, settings.patience().toSeconds(), advice));
      return;
    }
    var pause = attempt.pause;
    attempt.pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
    later(pause, attempt, action);
  }

  private boolean hasBegun(Followed attempt) {
    try {
      return attempt.container != null
          || folder(attempt).container().isPresent()
          || folder(attempt).exit().isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  private void later(Duration pause, Followed attempt, Action action) {
    try {
      var _ =
          timer.schedule(
              () -> looks.execute(() -> act(attempt, action)),
              pause.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: another runtime attaches.
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  // ------------------------------------------------------------------ from its launch

  private void begin(Followed attempt, Launch launch) throws IOException, SecretException {
    attempt.granted = secrets.grant(launch);
    var folder = folder(attempt);
    var exit = folder.exit();
    if (exit.isPresent()) {
      end(attempt, exit.get().wasLost() ? vanished(attempt) : readEnd(attempt, exit.get()));
      return;
    }
    var claim = folder.claim();
    if (claim.isPresent() && claim.get().isBuried()) {
      end(attempt, buried(claim.get()));
      return;
    }
    var found = engineOf(attempt).find(ContainerPlan.nameOf(attempt.ref));
    if (found.isPresent()) {
      var _ = folder.claimForContainer();
      adopt(attempt, found.get());
    } else if (folder.container().isPresent()) {
      // It was made between the two questions, or is gone.
      var made = engineOf(attempt).find(ContainerPlan.nameOf(attempt.ref));
      if (made.isPresent()) {
        adopt(attempt, made.get());
      } else {
        end(attempt, vanished(attempt));
      }
    } else {
      make(
          attempt,
          launch,
          DockerJob.of(attempt.granted.handOver(launch, SECRET_PLACES), settings, target));
    }
  }

  private static StepReport buried(Claim claim) {
    return claim.boot().equals(Claim.TERMINATED)
        ? new JobTerminated()
        : new JobFailed(Kind.PLATFORM, "It wasn't started", Map.of());
  }

  private void make(Followed attempt, Launch launch, DockerJob job) throws IOException {
    var isThere = job.pull() != PullPolicy.ALWAYS && engine().hasImage(job.image());
    if (isThere) {
      create(attempt, launch, job);
    } else if (job.pull() == PullPolicy.NEVER) {
      giveUp(
          attempt,
          Kind.PLATFORM,
          "The image %s isn't on this container engine, and pull is never; load it there, or let the step pull it"
              .formatted(job.image()));
    } else if (pulls != null) {
      pulls.pull(job.image(), new ImageWanted(attempt, launch, job));
    }
  }

  /** Goes on when its image is there. */
  private final class ImageWanted implements ImagePulls.Waiting {
    private final Followed attempt;
    private final Launch launch;
    private final DockerJob job;

    ImageWanted(Followed attempt, Launch launch, DockerJob job) {
      this.attempt = attempt;
      this.launch = launch;
      this.job = job;
    }

    @Override
    public void hear(String news) {
      reporter.report(attempt.ref, new JobProgressed(news));
    }

    @Override
    public void pulled(@Nullable String error) {
      launches.execute(() ->
          act(
              attempt,
              error == null
                  ? one -> create(one, launch, job)
                  : one ->
                      giveUp(
                          one,
                          Kind.PLATFORM,
                          "The image %s can't be pulled: %s; check its name and tag, and that this machine reaches its registry and may read it"
                              .formatted(job.image(), error))));
    }
  }

  private void create(Followed attempt, Launch launch, DockerJob job) throws IOException {
    var folder = folder(attempt);
    if (!folder.claimForContainer()) {
      var claim = folder.claim();
      if (claim.isPresent() && claim.get().isBuried()) {
        end(attempt, buried(claim.get()));
        return;
      }
    }
    folder.prepareForContainer();
    String id;
    try {
      id = engineOf(attempt).create(plan(launch, job, folder));
    } catch (EngineException.Refused e) {
      // Whatever the status: if there is one of this name, somebody was first.
      var found = engineOf(attempt).find(ContainerPlan.nameOf(attempt.ref));
      if (found.isEmpty()) {
        throw isNameTaken(e) ? new EngineException.Unreachable(String.valueOf(e.getMessage())) : e;
      }
      adopt(attempt, found.get());
      return;
    }
    folder.recordContainer(id);
    start(attempt, id);
  }

  /** By a container that isn't listed yet: Podman takes the name first. */
  private static boolean isNameTaken(EngineException e) {
    return String.valueOf(e.getMessage()).contains("is already in use");
  }

  private ContainerPlan plan(Launch launch, DockerJob job, AttemptFolder folder) {
    var here =
        new JobVariable.Here(
            null, "/tmp", null, ContainerPlan.OUTPUT, tokens.issue(launch.attempt()));
    var environment = new ArrayList<String>();
    JobVariable.environment(launch, here, job.environment())
        .forEach((name, value) -> environment.add(name + "=" + value));
    return new ContainerPlan(
        ContainerPlan.nameOf(launch.attempt()),
        ContainerPlan.labels(launch.attempt(), launch.owner(), installation),
        job,
        environment,
        folders.asSeenFrom(settings.hostDataDir(), folder.params()),
        settings.limits().tmp().toBytes(),
        Math.max(LOG_ROOM, 4 * settings.limits().outputBytes()));
  }

  private void start(Followed attempt, String id) throws IOException {
    follow(attempt, id);
    try {
      engineOf(attempt).start(id);
    } catch (EngineException.Refused e) {
      var found = engineOf(attempt).find(id);
      if (found.isEmpty() || found.get().standing() == Standing.CREATED) {
        notStarted(attempt, id, String.valueOf(e.getMessage()));
        return;
      }
      if (found.get().standing() == Standing.ENDED && isNotStartable(e)) {
        notStarted(attempt, id, String.valueOf(e.getMessage()));
        return;
      }
    }
    reportStart(attempt);
    readLog(attempt);
  }

  private static boolean isNotStartable(EngineException.Refused e) {
    var message = String.valueOf(e.getMessage());
    return EngineMessage.isMissingProgram(message) || EngineMessage.isNoProgram(message);
  }

  /** As a shell says it, if it is the program's fault. */
  private void notStarted(Followed attempt, String id, String message) throws IOException {
    var code =
        EngineMessage.isMissingProgram(message)
            ? 127
            : EngineMessage.isNoProgram(message) ? 126 : 0;
    remove(id);
    if (code == 0) {
      giveUp(attempt, Kind.PLATFORM, "The container couldn't be started: " + message);
      return;
    }
    var exit = new ExitStatus(code, attempt.stopping);
    folder(attempt).recordExit(exit);
    end(
        attempt,
        attempt.stopping
            ? new JobTerminated()
            : new JobFailed(
                Kind.USER,
                "exited with status %d: %s".formatted(code, message),
                Map.of("maestro_docker", artifact(attempt))));
  }

  /** Takes over a container that somebody else has made, at whatever point it is. */
  private void adopt(Followed attempt, Found found) throws IOException {
    folder(attempt).prepareForContainer();
    folder(attempt).recordContainer(found.id());
    switch (found.standing()) {
      case CREATED -> start(attempt, found.id());
      case RUNNING -> {
        follow(attempt, found.id());
        reportStart(attempt);
        readLog(attempt);
      }
      case ENDED -> {
        follow(attempt, found.id());
        attempt.died = found.exitCode();
        attempt.outOfMemory = found.isOutOfMemory();
        reportStart(attempt);
        readLog(attempt);
      }
    }
  }

  private void follow(Followed attempt, String id) {
    attempt.container = id;
    byContainer.put(id, attempt);
  }

  private void reportStart(Followed attempt) {
    if (!attempt.started) {
      attempt.started = true;
      reporter.report(attempt.ref, new JobStarted(Map.of("maestro_docker", artifact(attempt))));
    }
  }

  private static Map<String, Object> artifact(Followed attempt) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "DOCKER");
    artifact.put("container", attempt.container == null ? "" : attempt.container);
    artifact.put("name", ContainerPlan.nameOf(attempt.ref));
    return artifact;
  }

  // ------------------------------------------------------------------ while it runs

  private void readLog(Followed attempt) throws IOException {
    closeLog(attempt);
    var id = String.valueOf(attempt.container);
    var limits = settings.limits();
    var granted = attempt.granted;
    if (granted == null) {
      return; // it is only told to end, and what must not be seen of its log isn't known
    }
    var log =
        new ContainerLog(
            folder(attempt),
            new ContainerLog.Hidden(tokens.issue(attempt.ref), granted.masks()),
            limits.outputBytes(),
            limits.paramsBytes());
    attempt.log = log;
    attempt.logEnded = false;
    attempt.logBroken = false;
    attempt.logSince = outages.get();
    attempt.logStream =
        engineOf(attempt)
            .logs(
                id,
                new ContainerEngine.LogListener() {
                  private boolean isClosed;

                  @Override
                  public void printed(boolean isError, byte[] text) {
                    if (isClosed) {
                      return;
                    }
                    log.printed(isError, text);
                    if (log.isFull()) {
                      isClosed = true;
                      ended(true);
                    }
                  }

                  @Override
                  public void ended(boolean whole) {
                    execute(() -> act(attempt, one -> logEnded(one, log, whole)));
                  }
                });
  }

  private void execute(Runnable look) {
    try {
      looks.execute(look);
    } catch (RejectedExecutionException e) {
      // Closed: another runtime attaches.
    }
  }

  private void logEnded(Followed attempt, ContainerLog log, boolean whole) throws IOException {
    if (attempt.log != log || attempt.logEnded) {
      return;
    }
    attempt.logEnded = true;
    attempt.logBroken = !whole;
    if (attempt.died != null && isLogWhole(attempt)) {
      act(attempt, this::finish); // it is tried again alone
    } else if (!log.isFull()) {
      later(FIRST_PAUSE, attempt, this::lookWhyLogEnded);
    }
  }

  /** Either its end is about to be told, or its log has to be read again. */
  private void lookWhyLogEnded(Followed attempt) throws IOException {
    look(attempt);
    if (!attempt.ended && attempt.logEnded && (attempt.died == null || !isLogWhole(attempt))) {
      readLog(attempt);
    }
  }

  /**
   * A log ends with its container, and also, without any sign of it, with an engine of containers
   * that stops: then the stream of events has ended, too.
   */
  private boolean isLogWhole(Followed attempt) {
    return attempt.logEnded && !attempt.logBroken && attempt.logSince == outages.get();
  }

  private void closeLog(Followed attempt) {
    try {
      var stream = attempt.logStream;
      if (stream != null) {
        attempt.logStream = null;
        stream.close();
      }
      var log = attempt.log;
      if (log != null) {
        attempt.log = null;
        log.close();
      }
    } catch (IOException e) {
      LOG.warn("The log of attempt {} can't be closed", attempt.ref, e);
    }
  }

  private void listen(Duration pause) {
    if (closed) {
      return;
    }
    events =
        engine()
            .ends(
                lastEvent - OVERLAP_SECONDS,
                new ContainerEngine.EndListener() {
                  private volatile boolean isHeard;
                  private volatile boolean isOver;

                  @Override
                  public void listening() {
                    isHeard = true;
                    byContainer
                        .values()
                        .forEach(attempt -> execute(() -> act(attempt, DockerRuntime.this::look)));
                  }

                  @Override
                  public void died(Died died) {
                    lastEvent = clock.instant().getEpochSecond();
                    var attempt = byContainer.get(died.id());
                    if (attempt != null) {
                      execute(
                          () -> act(attempt, one -> DockerRuntime.this.died(one, died.exitCode())));
                    }
                  }

                  @Override
                  public void lost(String why) {
                    if (isOver || closed) {
                      return;
                    }
                    isOver = true;
                    outages.incrementAndGet();
                    if (isHeard || pause.equals(FIRST_PAUSE)) {
                      LOG.warn(
                          "The container engine at {} doesn't tell of ends; asked again: {}",
                          settings.socket(),
                          why);
                    }
                    var next = isHeard ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                    try {
                      var _ =
                          timer.schedule(
                              () -> execute(() -> listen(next)),
                              pause.toMillis(),
                              TimeUnit.MILLISECONDS);
                    } catch (RejectedExecutionException e) {
                      // Closed.
                    }
                  }
                });
  }

  private void died(Followed attempt, int code) throws IOException {
    if (attempt.died != null) {
      return;
    }
    if (code < 0) {
      look(attempt);
      return;
    }
    attempt.died = code;
    var log = attempt.log;
    if (log == null || log.isFull() || isLogWhole(attempt)) {
      act(attempt, this::finish); // it is tried again alone
    } else {
      finishWhenSilent(attempt, log.pieces());
    }
  }

  /** A log that never ends isn't waited for; one that is still being read is. */
  private void finishWhenSilent(Followed attempt, long before) {
    later(
        LOG_OR_END,
        attempt,
        one -> {
          var log = one.log;
          if (log == null || (log.pieces() == before && (!one.logEnded || isLogWhole(one)))) {
            finish(one);
          } else {
            finishWhenSilent(one, log.pieces());
          }
        });
  }

  /** Asks once what has become of it. */
  private void look(Followed attempt) throws IOException {
    if (attempt.container == null || attempt.died != null) {
      return;
    }
    var found = engineOf(attempt).find(attempt.container);
    if (found.isEmpty()) {
      end(attempt, vanished(attempt));
    } else if (found.get().standing() == Standing.ENDED) {
      attempt.outOfMemory = found.get().isOutOfMemory();
      died(attempt, found.get().exitCode());
    }
  }

  // ------------------------------------------------------------------ its end

  private void finish(Followed attempt) throws IOException {
    var code = attempt.died;
    if (code == null) {
      return;
    }
    var log = attempt.log;
    if (attempt.container != null) { // asked of every one: who answers hasn't just stopped
      var found = engineOf(attempt).find(attempt.container);
      attempt.outOfMemory |= code != 0 && found.map(Found::isOutOfMemory).orElse(false);
      if (found.isPresent()
          && attempt.logEnded
          && log != null
          && !log.isFull()
          && !isLogWhole(attempt)) {
        readLog(attempt);
        return;
      }
    }
    if (log != null) {
      log.end();
    }
    closeLog(attempt);
    var exit = new ExitStatus(code, attempt.stopping, attempt.outOfMemory, false);
    folder(attempt).recordExit(exit);
    end(attempt, readEnd(attempt, exit));
    if (attempt.container != null) {
      removeLater(attempt.container);
    }
  }

  private StepReport readEnd(Followed attempt, ExitStatus exit) throws IOException {
    var folder = folder(attempt);
    if (attempt.container == null) {
      attempt.container = folder.container().orElse("");
    }
    return JobReport.of(
        exit,
        attempt.stopping,
        "maestro_docker",
        artifact(attempt),
        () -> readOutput(folder),
        () -> exitMessage(folder, exit));
  }

  private OutputDocument readOutput(AttemptFolder folder) throws IOException {
    // What was printed with the token has been put aside: it is masked in the log.
    return JobOutput.read(folder, "", settings.limits().paramsBytes(), clock.millis());
  }

  private String exitMessage(AttemptFolder folder, ExitStatus exit) throws IOException {
    if (exit.wasOutOfMemory()) {
      return "ran out of memory and was killed; give it more (docker.memory), or let it take less";
    }
    if (exit.code() == 137) {
      return "exited with status 137 (128 + signal 9): it was killed, as containers are that take more memory than they may; give it more (docker.memory), or let it take less";
    }
    var signal = exit.code() > 128 ? " (128 + signal " + (exit.code() - 128) + ")" : "";
    var words = JobOutput.lastWords(folder.stderr());
    return "exited with status " + exit.code() + signal + (words.isEmpty() ? "" : ": " + words);
  }

  private StepReport vanished(Followed attempt) {
    leave(attempt);
    return attempt.stopping
        ? new JobTerminated()
        : new JobFailed(
            JobEnd.VANISHED.kind(),
            "container %s vanished without an exit status: somebody removed it, or the container engine lost it"
                .formatted(ContainerPlan.nameOf(attempt.ref)),
            Map.of("maestro_docker", artifact(attempt)));
  }

  private void giveUp(Followed attempt, Kind kind, String message) {
    var id = attempt.container;
    if (id != null) {
      remove(id);
    }
    leave(attempt);
    end(attempt, new JobFailed(kind, message, Map.of()));
  }

  /** Nothing more will be written to its folder: readers of its log need not wait. */
  private void leave(Followed attempt) {
    try {
      var folder = folder(attempt);
      if (!folder.bury(Claim.NOT_STARTED)
          && folder.claim().filter(Claim::isContainer).isPresent()
          && folder.exit().isEmpty()) {
        folder.recordExit(ExitStatus.LOST);
      }
    } catch (IOException e) {
      LOG.warn("The end of attempt {} can't be written to its folder", attempt.ref, e);
    }
  }

  private void end(Followed attempt, StepReport report) {
    closeLog(attempt);
    attempt.ended = true;
    followed.remove(attempt.ref.uuid(), attempt);
    if (attempt.container != null) {
      byContainer.remove(attempt.container, attempt);
    }
    var granted = attempt.granted;
    attempt.granted = null; // whatever still waits for it keeps no secret
    var own = attempt.own;
    if (own != null) {
      attempt.own = null;
      own.close();
    }
    reporter.report(attempt.ref, granted == null ? report : granted.masked(report));
  }

  // ------------------------------------------------------------------ when it is told to end

  private void stop(Followed attempt) throws IOException {
    attempt.stopping = true;
    var folder = folder(attempt);
    var claim = folder.claim();
    if (claim.isPresent() && !claim.get().isBuried() && !claim.get().isContainer()) {
      followed.remove(attempt.ref.uuid(), attempt); // a process: not ours
      attempt.ended = true;
      return;
    }
    var found = engineOf(attempt).find(ContainerPlan.nameOf(attempt.ref));
    if (found.isPresent()) {
      var _ = folder.claimForContainer();
      stop(attempt, found.get());
    } else if (folder.container().isPresent()) {
      end(attempt, vanished(attempt));
    } else if (folder.bury(Claim.TERMINATED) || folder.claim().isPresent()) {
      if (folder.claim().filter(Claim::isContainer).isPresent()) {
        folder.recordExit(new ExitStatus(143, true));
      }
      end(attempt, new JobTerminated());
    }
  }

  private void stop(Followed attempt, Found found) throws IOException {
    switch (found.standing()) {
      case CREATED -> {
        remove(found.id());
        folder(attempt).recordExit(new ExitStatus(143, true));
        end(attempt, new JobTerminated());
      }
      case RUNNING -> {
        if (attempt.container == null) {
          adopt(attempt, found);
        }
        if (!attempt.signalled) {
          engine().kill(found.id(), "SIGTERM");
          attempt.signalled = true;
          later(settings.grace(), attempt, this::kill);
        }
      }
      case ENDED -> {
        if (attempt.container == null) {
          adopt(attempt, found);
        }
      }
    }
  }

  private void kill(Followed attempt) {
    if (attempt.died == null && attempt.container != null) {
      engine().kill(attempt.container, "SIGKILL");
    }
  }

  // ------------------------------------------------------------------ what stays behind

  private void removeLater(String id) {
    ended.add(id);
    while (ended.size() > MOST_KEPT) {
      removeNow(ended.peek());
    }
    try {
      var _ =
          timer.schedule(
              () -> execute(() -> removeNow(id)),
              settings.keepEnded().toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: the next one finds it.
    }
  }

  private void removeNow(@Nullable String id) {
    if (id != null && ended.remove(id)) {
      remove(id);
    }
  }

  private void remove(String id) {
    try {
      engine().remove(id);
    } catch (EngineException e) {
      LOG.warn("Container {} can't be removed now: {}", id, e.getMessage());
    }
  }

  /** Containers that nobody follows: those that have ended go, those of dead attempts, too. */
  void collect() {
    if (!collects.compareAndSet(false, true)) {
      return;
    }
    try {
      for (var ours : engine().all(installation)) {
        var uuid = ours.labels().getOrDefault(ContainerPlan.ATTEMPT, "");
        if (followed.containsKey(uuid) || ended.contains(ours.id())) {
          continue;
        }
        var age = clock.instant().getEpochSecond() - ours.createdSeconds();
        var hasEnd = !ours.isRunning() && folders.of(uuid).exit().isPresent();
        var isYoung = age < settings.safetyScan().toSeconds();
        if (hasEnd || (!isYoung && !live.isLive(refOf(ours.labels())))) {
          LOG.info(
              "Container {} of attempt {} is removed: {}",
              ours.id(),
              uuid,
              hasEnd ? "its end is known" : "its attempt isn't live");
          remove(ours.id());
        }
      }
    } catch (EngineException | IOException | IllegalArgumentException e) {
      LOG.warn("Containers that stay behind can't be looked for now: {}", e.toString());
    } finally {
      collects.set(false);
    }
  }

  private static AttemptRef refOf(Map<String, String> labels) {
    return new AttemptRef(
        labels.getOrDefault("org.maestro.workflow", ""),
        number(labels.get("org.maestro.instance")),
        number(labels.get("org.maestro.run")),
        labels.getOrDefault("org.maestro.step", ""),
        number(labels.get("org.maestro.attempt-number")),
        labels.getOrDefault(ContainerPlan.ATTEMPT, ""));
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private AttemptFolder folder(Followed attempt) {
    return folders.of(attempt.ref.uuid());
  }

  /** Stops following. Containers go on; another runtime attaches to them. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    launches.shutdownNow();
    looks.shutdownNow();
    for (var attempt : List.copyOf(followed.values())) {
      closeLog(attempt);
    }
    followed.clear();
    byContainer.clear();
    try {
      var open = events;
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      LOG.warn("The stream of events can't be closed", e);
    }
    if (engine != null) {
      engine.close();
    }
  }

  /** An attempt whose end has not been reported; guarded by its monitor. */
  private static final class Followed {
    private final AttemptRef ref;
    private @Nullable String container;
    private @Nullable ContainerLog log;
    private @Nullable Closeable logStream;
    private @Nullable Integer died;

    /** Unknown if it was only ever told to end. */
    private @Nullable Granted granted;

    /** Speaks of it alone; only if it has secrets. */
    private @Nullable ContainerEngine own;

    private @Nullable Instant unreachableSince;
    private Duration pause = FIRST_PAUSE;
    private boolean outOfMemory;
    private boolean logEnded;
    private boolean logBroken;

    /** How often the engine of containers had been lost when its log began to be read. */
    private int logSince;

    private boolean started;
    private boolean stopping;
    private boolean signalled;
    private boolean ended;

    Followed(AttemptRef ref) {
      this.ref = ref;
    }
  }
}
