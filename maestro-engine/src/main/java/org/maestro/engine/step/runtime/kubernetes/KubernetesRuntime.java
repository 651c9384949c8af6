package org.maestro.engine.step.runtime.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.LiveAttempts;
import org.maestro.engine.step.runtime.SecretText;
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
import org.maestro.engine.step.runtime.job.OutputDocument.InvalidOutputException;
import org.maestro.engine.step.runtime.kubernetes.PodNews.Hope;
import org.maestro.engine.step.runtime.kubernetes.PodNews.Standing;
import org.maestro.engine.step.runtime.secret.Granted;
import org.maestro.engine.step.runtime.secret.SecretException;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Kubernetes steps, and Titus steps, as Jobs of one cluster that outlive the engine.
 *
 * <p><b>One Job.</b> An attempt's Job is named after it, so the cluster refuses a second one, and
 * whoever is refused follows the first. It is made suspended; then its Secret, which belongs to it
 * and goes with it; then it is let go. Whoever comes upon one between two of these goes on there.
 *
 * <p><b>How an end is noticed.</b> By watches of all Jobs and pods of this installation, which list
 * again by themselves when they have missed something. What a pod's state means says {@link
 * PodNews}. Its log is read to its end, then the exit status is written to the folder, then it is
 * reported; the Job stays for a while.
 *
 * <p><b>When it is told to end</b> the Job is deleted in the foreground: it is gone when its pods
 * are, and only then it is said to have ended.
 */
public final class KubernetesRuntime implements StepRuntime, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesRuntime.class);
  private static final Set<String> SECRET_PLACES = Set.of("kubernetes.env", "titus.env");
  private static final int LOOKS_AT_ONCE = 16;
  private static final int LAUNCHES_AT_ONCE = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** So long the news of a container's end may be behind the end of its log. */
  private static final Duration FIRST_LOG_PAUSE = Duration.ofSeconds(2);

  /** A log that is silent so long after its container's end isn't waited for. */
  private static final Duration LOG_OR_END = Duration.ofSeconds(5);

  /** From the end of the grace to where a pod's node must have said that it has ended. */
  private static final Duration NODE_ANSWERS = Duration.ofSeconds(30);

  /** From the attempt's time-out to where the cluster ends its pod without us. */
  private static final Duration BEYOND_TIMEOUT = Duration.ofMinutes(5);

  /** Kubernetes hands over so much of a file for output, and cuts off the beginning. */
  private static final int HANDED_OVER = 4096;

  private static final int MOST_NEWS = 6;

  private final String target;
  private final KubernetesSettings settings;
  private final AttemptFolders folders;
  private final AttemptTokens tokens;
  private final Secrets secrets;
  private final StepReporter reporter;
  private final LiveAttempts live;
  private final InstantSource clock;
  private final String installation;
  private final @Nullable Cluster cluster;
  private final PodTemplateSpec template;
  private final ExecutorService launches;
  private final ExecutorService looks;
  private final ScheduledThreadPoolExecutor timer;
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean collects = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Begins to listen if the settings name a cluster; else runs nothing.
   *
   * @param target the name of the cluster in the settings
   */
  public KubernetesRuntime(
      String target,
      KubernetesSettings settings,
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      LiveAttempts live,
      InstantSource clock) {
    this(target, settings, folders, tokens, secrets, reporter, live, clock, _ -> {});
  }

  KubernetesRuntime(
      String target,
      KubernetesSettings settings,
      AttemptFolders folders,
      AttemptTokens tokens,
      Secrets secrets,
      StepReporter reporter,
      LiveAttempts live,
      InstantSource clock,
      Consumer<HttpClient.Builder> http) {
    this.target = target;
    this.settings = settings;
    this.folders = folders;
    this.tokens = tokens;
    this.secrets = secrets;
    this.reporter = reporter;
    this.live = live;
    this.clock = clock;
    this.installation = tokens.fingerprint();
    this.launches = threads("maestro-" + target + "-start-", LAUNCHES_AT_ONCE);
    this.looks = threads("maestro-" + target + "-", LOOKS_AT_ONCE);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("maestro-" + target + "-timer").factory());
    if (settings.isOn()) {
      cluster = new Cluster(settings, http);
      template = cluster.template(settings.podTemplate());
      cluster.listen(installation, new Changes());
      var scan = settings.safetyScan().toMillis();
      var _ =
          timer.scheduleWithFixedDelay(
              () -> execute(this::collect), scan, scan, TimeUnit.MILLISECONDS);
    } else {
      cluster = null;
      template = new PodTemplateSpec();
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
    return settings.isOn() ? Set.of(StepType.KUBERNETES, StepType.TITUS) : Set.of();
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return secrets.problems(step, KubernetesJob.problems(step, settings, target));
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
    if (cluster == null) {
      return;
    }
    var running = followed.computeIfAbsent(attempt.uuid(), _ -> new Followed(attempt));
    execute(() -> act(running, this::stop));
  }

  private Cluster cluster() {
    if (cluster == null) {
      throw new IllegalStateException("no cluster is configured");
    }
    return cluster;
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
      } catch (InvalidJobException | ClusterException | SecretException | IOException e) {
        if (!closed) { // else it was interrupted, and another runtime attaches
          failed(attempt, action, e);
        }
      } catch (IllegalStateException e) { // of a client that was closed meanwhile
        if (!closed) {
          throw e;
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
      case SecretException _ -> tryLater(attempt, action, message);
      case ClusterException.Unreachable _ -> tryLater(attempt, action, message);
      case ClusterException.Refused _ when hasBegun(attempt) -> tryLater(attempt, action, message);
      case ClusterException.Refused _ -> giveUp(attempt, Kind.PLATFORM, message);
      default -> {
        LOG.warn("attempt {}", attempt.ref, e);
        giveUp(attempt, Kind.PLATFORM, "Its folder can't be written: " + e);
      }
    }
  }

  /** What may run goes on and is waited for; what hasn't begun isn't waited with for ever. */
  private void tryLater(Followed attempt, Action action, String message) {
    var now = clock.instant();
    if (attempt.unreachableSince == null) {
      attempt.unreachableSince = now;
      reporter.report(
          attempt.ref,
          new JobProgressed(
              message
                  + (hasBegun(attempt)
                      ? "; its Job may go on and is followed again when it answers"
                      : "; tried again")));
    }
    if (!hasBegun(attempt) && now.isAfter(attempt.unreachableSince.plus(settings.patience()))) {
      giveUp(
          attempt,
          Kind.PLATFORM,
          "%s, for %d s by now; check maestro.runtimes.%s"
              .formatted(message, settings.patience().toSeconds(), target));
      return;
    }
    var pause = attempt.pause;
    attempt.pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
    later(pause, attempt, action);
  }

  private boolean hasBegun(Followed attempt) {
    try {
      return attempt.isMade
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
              () -> execute(() -> act(attempt, action)), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: another runtime attaches.
    }
  }

  private void execute(Runnable look) {
    try {
      looks.execute(look);
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
      end(attempt, exit.get().wasLost() ? vanished(attempt) : readEnd(attempt, exit.get(), null));
      return;
    }
    var claim = folder.claim();
    if (claim.isPresent() && claim.get().isBuried()) {
      end(attempt, buried(claim.get()));
      return;
    }
    var found = cluster().find(JobManifest.nameOf(attempt.ref));
    if (found.isPresent()) {
      var _ = folder.claimForContainer();
      adopt(attempt, launch, found.get());
    } else if (folder.container().isPresent()) {
      // It was made between the two questions, or is gone.
      var made = cluster().find(JobManifest.nameOf(attempt.ref));
      if (made.isPresent()) {
        adopt(attempt, launch, made.get());
      } else {
        end(attempt, vanished(attempt));
      }
    } else {
      make(attempt, launch);
    }
  }

  private static StepReport buried(Claim claim) {
    return claim.boot().equals(Claim.TERMINATED)
        ? new JobTerminated()
        : new JobFailed(Kind.PLATFORM, "It wasn't started", Map.of());
  }

  private void make(Followed attempt, Launch launch) throws IOException {
    var manifest = manifest(attempt, launch);
    var folder = folder(attempt);
    if (!folder.claimForContainer()) {
      var claim = folder.claim();
      if (claim.isPresent() && claim.get().isBuried()) {
        end(attempt, buried(claim.get()));
        return;
      }
    }
    adopt(attempt, launch, cluster().create(manifest.toJob()));
  }

  private JobManifest manifest(Followed attempt, Launch launch) {
    var granted = attempt.granted == null ? Granted.NONE : attempt.granted;
    var job = KubernetesJob.of(granted.handOver(launch, SECRET_PLACES), settings, target);
    var here =
        new JobVariable.Here(null, "/tmp", null, JobManifest.OUTPUT, tokens.issue(attempt.ref));
    return new JobManifest(
        attempt.ref,
        launch.owner(),
        installation,
        template,
        job,
        JobVariable.environment(launch, here, job.environment()),
        hidden(launch),
        settings.grace(),
        deadline(launch),
        settings.limits().gpu());
  }

  private static Set<String> hidden(Launch launch) {
    var names = new HashSet<String>();
    names.add(JobVariable.MAESTRO_ATTEMPT_TOKEN.name());
    for (var param : List.of("kubernetes", "titus")) {
      if (launch.params().get(param) instanceof Map<?, ?> fields
          && fields.get("env") instanceof Map<?, ?> env) {
        env.forEach((name, value) -> {
          if (value instanceof SecretText) {
            names.add(String.valueOf(name));
          }
        });
      }
    }
    return names;
  }

  private @Nullable Duration deadline(Launch launch) {
    var timeoutAt = launch.timeoutAt();
    if (timeoutAt == null) {
      return null;
    }
    var left = Duration.between(clock.instant(), Instant.ofEpochMilli(timeoutAt));
    var all = left.plus(settings.grace()).plus(BEYOND_TIMEOUT);
    return all.toSeconds() > Integer.MAX_VALUE ? null : all.isNegative() ? BEYOND_TIMEOUT : all;
  }

  /** Goes on from where whoever made it has come to. */
  private void adopt(Followed attempt, Launch launch, Job job) throws IOException {
    var folder = folder(attempt);
    folder.prepareForContainer();
    folder.recordContainer(job.getMetadata().getUid());
    attempt.isMade = true;
    attempt.job = job;
    var waits = Boolean.TRUE.equals(job.getSpec().getSuspend());
    var hasBegun = job.getStatus() != null && job.getStatus().getStartTime() != null;
    if (waits && !hasBegun && job.getMetadata().getDeletionTimestamp() == null) {
      cluster().create(manifest(attempt, launch).toSecret(job));
      cluster().resume(job.getMetadata().getName());
      return; // what comes of it is told
    }
    for (var pod : cluster().podsOf(attempt.ref.uuid())) {
      var _ = attempt.pod.compareAndSet(null, pod); // who listens may have seen a newer one
    }
    look(attempt);
  }

  private Map<String, Object> artifact(Followed attempt) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "KUBERNETES");
    artifact.put("job_id", JobManifest.nameOf(attempt.ref));
    artifact.put("target", target);
    artifact.put("namespace", settings.namespace());
    var pod = attempt.pod.get();
    if (pod != null) {
      artifact.put("pod", pod.getMetadata().getName());
      if (pod.getSpec() != null && pod.getSpec().getNodeName() != null) {
        artifact.put("node", pod.getSpec().getNodeName());
      }
    }
    return artifact;
  }

  // ------------------------------------------------------------------ what becomes of it

  /** What the watches tell, handed on to the attempt. */
  private final class Changes implements Cluster.Listener {
    @Override
    public void job(Job job) {
      var attempt = followed.get(uuidOf(job.getMetadata().getLabels()));
      if (attempt != null) {
        attempt.job = job;
        if (PodNews.hasFinished(job)) {
          execute(() -> act(attempt, KubernetesRuntime.this::look));
        }
      }
    }

    @Override
    public void jobGone(Job job) {
      var attempt = followed.get(uuidOf(job.getMetadata().getLabels()));
      if (attempt != null) {
        execute(() -> act(attempt, KubernetesRuntime.this::lookWhetherGone));
      }
    }

    @Override
    public void pod(Pod pod) {
      var attempt = followed.get(uuidOf(pod.getMetadata().getLabels()));
      if (attempt != null) {
        attempt.pod.set(pod);
        execute(() -> act(attempt, KubernetesRuntime.this::look));
      }
    }

    @Override
    public void podGone(Pod pod) {
      var attempt = followed.get(uuidOf(pod.getMetadata().getLabels()));
      if (attempt != null) {
        attempt.pod.set(pod);
        attempt.podGone = true;
        execute(() -> act(attempt, KubernetesRuntime.this::look));
      }
    }

    @Override
    public void warned(Event event) {
      var name = event.getInvolvedObject() == null ? null : event.getInvolvedObject().getName();
      if (name == null || !name.startsWith("maestro-")) {
        return;
      }
      var attempt = followed.get(name.substring("maestro-".length()));
      var waiting = PodNews.of(event);
      if (attempt != null && waiting.isPresent()) {
        execute(() ->
            act(
                attempt,
                one -> {
                  if (one.pod.get() == null) {
                    tell(one, waiting.get());
                  }
                }));
      }
    }

    private static String uuidOf(@Nullable Map<String, String> labels) {
      return labels == null ? "" : labels.getOrDefault(JobManifest.ATTEMPT, "");
    }
  }

  /** Who loses its labels leaves a watch, too. */
  private void lookWhetherGone(Followed attempt) throws IOException {
    var name = JobManifest.nameOf(attempt.ref);
    if (cluster().find(name).isPresent()) {
      if (!attempt.stopping && attempt.verdict == null) {
        give(attempt, "somebody took the labels of its Job away, by which it is followed");
      }
      return;
    }
    gone(attempt);
  }

  /** The Job is gone, and so is all that ran of it. */
  private void gone(Followed attempt) throws IOException {
    if (attempt.stopping) {
      stopped(attempt);
    } else if (attempt.verdict != null) {
      end(attempt, attempt.verdict);
    } else if (attempt.died != null) {
      finish(attempt);
    } else if (attempt.pod.get() != null
        && PodNews.of(attempt.pod.get()) instanceof Standing.Ended ended) {
      attempt.died = ended;
      finish(attempt);
    } else {
      end(attempt, vanished(attempt));
    }
  }

  private void look(Followed attempt) throws IOException {
    if (attempt.died != null || attempt.stopping || attempt.verdict != null || !attempt.isMade) {
      return;
    }
    var pod = attempt.pod.get();
    if (pod == null) {
      var failure = jobFailure(attempt);
      if (failure.isPresent()) {
        give(attempt, failure.get());
      }
      return;
    }
    switch (PodNews.of(pod)) {
      case Standing.Waiting waiting when !attempt.podGone -> tell(attempt, waiting);
      case Standing.Running _ when !attempt.podGone -> {
        reportStart(attempt);
        if (attempt.log == null) {
          readLog(attempt);
        }
      }
      case Standing.Ended ended -> ended(attempt, ended);
      case Standing.Lost(var why) -> give(attempt, why);
      case Standing.Waiting _, Standing.Running _ ->
          give(
              attempt,
              jobFailure(attempt).orElse("somebody deleted its pod, or took its labels away"));
    }
  }

  private static Optional<String> jobFailure(Followed attempt) {
    return Optional.ofNullable(attempt.job).flatMap(PodNews::failure);
  }

  /** The platform's failure; told when nothing of it runs any more, or its node doesn't answer. */
  private void give(Followed attempt, String why) throws IOException {
    var message =
        jobFailure(attempt).filter(why::equals).isPresent()
            ? "The Job failed: " + why
            : "The pod was lost: " + why;
    reportStart(attempt);
    attempt.verdict =
        new JobFailed(Kind.PLATFORM, message, Map.of("maestro_kubernetes", artifact(attempt)));
    leave(attempt);
    cluster().delete(JobManifest.nameOf(attempt.ref));
    later(
        settings.grace().plus(NODE_ANSWERS),
        attempt,
        one -> {
          if (one.verdict != null) {
            end(one, one.verdict);
          }
        });
  }

  /** Says why it doesn't begin, each thing once, and gives up when it has taken too long. */
  private void tell(Followed attempt, Standing.Waiting waiting) throws IOException {
    var why = waiting.why();
    if (waiting.hope() != attempt.hope) {
      attempt.hope = waiting.hope();
      attempt.hopeSince = clock.instant();
      var patience = patience(waiting.hope());
      if (patience != null) {
        later(patience.plusMillis(50), attempt, one -> lookWhetherTooLong(one));
      }
    }
    if (why == null) {
      return;
    }
    attempt.why = why;
    if (waiting.hope() == Hope.NONE) {
      cluster().delete(JobManifest.nameOf(attempt.ref));
      leave(attempt);
      end(attempt, new JobFailed(Kind.FATAL, why, Map.of("maestro_kubernetes", artifact(attempt))));
      return;
    }
    if (attempt.news.size() < MOST_NEWS && attempt.news.add(why)) {
      reporter.report(attempt.ref, new JobProgressed(why));
    }
  }

  private @Nullable Duration patience(Hope hope) {
    return switch (hope) {
      case SOON, NONE -> null;
      case REPAIR -> settings.patience();
      case ROOM -> settings.roomPatience();
    };
  }

  private void lookWhetherTooLong(Followed attempt) throws IOException {
    var patience = patience(attempt.hope);
    if (attempt.started
        || attempt.stopping
        || attempt.verdict != null
        || attempt.died != null
        || patience == null
        || clock.instant().isBefore(attempt.hopeSince.plus(patience))) {
      return;
    }
    cluster().delete(JobManifest.nameOf(attempt.ref));
    leave(attempt);
    end(
        attempt,
        new JobFailed(
            Kind.PLATFORM,
            "%s. It was given up after %d s".formatted(attempt.why, patience.toSeconds()),
            Map.of("maestro_kubernetes", artifact(attempt))));
  }

  private void reportStart(Followed attempt) {
    if (!attempt.started) {
      attempt.started = true;
      reporter.report(attempt.ref, new JobStarted(Map.of("maestro_kubernetes", artifact(attempt))));
    }
  }

  // ------------------------------------------------------------------ its log

  private void readLog(Followed attempt) throws IOException {
    closeLog(attempt);
    var granted = attempt.granted;
    var pod = attempt.pod.get();
    if (granted == null || pod == null) {
      return; // it is only told to end, and what must not be seen of its log isn't known
    }
    var limits = settings.limits();
    var log =
        new ContainerLog(
            folder(attempt),
            new ContainerLog.Hidden(tokens.issue(attempt.ref), granted.masks()),
            limits.outputBytes(),
            limits.paramsBytes());
    attempt.log = log;
    attempt.logEnded = false;
    attempt.logStream =
        cluster()
            .log(
                pod.getMetadata().getName(),
                new Cluster.LogListener() {
                  private boolean isOver;

                  @Override
                  public void printed(byte[] text) {
                    if (isOver) {
                      return;
                    }
                    log.printed(false, text);
                    if (log.isFull()) {
                      ended(true);
                    }
                  }

                  @Override
                  public void ended(boolean whole) {
                    if (!isOver) {
                      isOver = true;
                      execute(() -> act(attempt, one -> logEnded(one, log, whole)));
                    }
                  }
                });
  }

  private void logEnded(Followed attempt, ContainerLog log, boolean whole) throws IOException {
    if (attempt.log != log || attempt.logEnded) {
      return;
    }
    attempt.logEnded = true;
    attempt.logWhole = whole;
    attempt.logEndedAt = clock.instant();
    if (attempt.died != null && whole) {
      act(attempt, this::finish); // it is tried again alone
    } else if (!log.isFull()) {
      // Its end is about to be told, or the cluster has cut the connection.
      var pause = attempt.logPause;
      attempt.logPause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      later(pause, attempt, this::readLogAgain);
    }
  }

  private void readLogAgain(Followed attempt) throws IOException {
    if (attempt.logEnded && !(attempt.died != null && attempt.logWhole)) {
      readLog(attempt);
    }
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

  // ------------------------------------------------------------------ its end

  private void ended(Followed attempt, Standing.Ended ended) throws IOException {
    attempt.died = ended;
    reportStart(attempt);
    if (ended.problem() != null) {
      act(attempt, this::finish); // nothing ran that could have printed anything
      return;
    }
    // What ended long before may be a stream that the cluster had cut without a sign.
    var isWhole =
        attempt.logEnded
            && attempt.logWhole
            && attempt.logEndedAt.plus(LOG_OR_END).isAfter(clock.instant());
    if (attempt.log == null || (attempt.logEnded && !isWhole && !attempt.log.isFull())) {
      readLog(attempt);
      isWhole = false;
    }
    var log = attempt.log;
    if (log == null || log.isFull() || isWhole) {
      act(attempt, this::finish);
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
          if (log != null && log.pieces() == before && ++one.silences > 1) {
            finish(one);
          } else if (log != null && log.pieces() == before && one.logEnded && one.logWhole) {
            finish(one);
          } else if (log != null && log.pieces() == before && !one.logEnded) {
            readLog(one); // of a container that has ended it ends, too
            finishWhenSilent(one, -1);
          } else {
            finishWhenSilent(one, log == null ? 0 : log.pieces());
          }
        });
  }

  private void finish(Followed attempt) throws IOException {
    var died = attempt.died;
    if (died == null) {
      return;
    }
    var log = attempt.log;
    if (log != null) {
      log.end();
    }
    closeLog(attempt);
    var folder = folder(attempt);
    if (!died.output().isBlank()) {
      folder.prepareForContainer();
      Files.write(
          folder.params(), died.output().getBytes(UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
    }
    var exit = new ExitStatus(died.code(), attempt.stopping, died.isOutOfMemory(), false);
    folder.recordExit(exit);
    end(attempt, readEnd(attempt, exit, died.problem()));
    removeLater(JobManifest.nameOf(attempt.ref));
  }

  private StepReport readEnd(Followed attempt, ExitStatus exit, @Nullable String problem)
      throws IOException {
    var folder = folder(attempt);
    return JobReport.of(
        exit,
        attempt.stopping,
        "maestro_kubernetes",
        artifact(attempt),
        () -> readOutput(folder),
        () -> exitMessage(folder, exit, problem));
  }

  private OutputDocument readOutput(AttemptFolder folder) throws IOException {
    try {
      // What was printed with the token has been put aside: it is masked in the log.
      return JobOutput.read(folder, "", settings.limits().paramsBytes(), clock.millis());
    } catch (InvalidOutputException e) {
      throw new InvalidOutputException(e.getMessage() + cut(folder));
    }
  }

  private static String cut(AttemptFolder folder) throws IOException {
    return Files.exists(folder.params()) && Files.size(folder.params()) >= HANDED_OVER
        ? "; a cluster hands over the last %,d bytes of $MAESTRO_OUTPUT: print more than that between MAESTRO_OUTPUT_START and MAESTRO_OUTPUT_END"
            .formatted(HANDED_OVER)
        : "";
  }

  private static String exitMessage(AttemptFolder folder, ExitStatus exit, @Nullable String problem)
      throws IOException {
    if (exit.wasOutOfMemory()) {
      return "ran out of memory and was killed; give it more (kubernetes.memory), or let it take less";
    }
    var signal = exit.code() > 128 ? " (128 + signal " + (exit.code() - 128) + ")" : "";
    var words = problem == null ? JobOutput.lastWords(folder.stdout()) : problem;
    return "exited with status " + exit.code() + signal + (words.isEmpty() ? "" : ": " + words);
  }

  private StepReport vanished(Followed attempt) {
    leave(attempt);
    return attempt.stopping
        ? new JobTerminated()
        : new JobFailed(
            JobEnd.VANISHED.kind(),
            "Job %s vanished without an exit status: somebody deleted it, or the cluster lost it"
                .formatted(JobManifest.nameOf(attempt.ref)),
            Map.of("maestro_kubernetes", artifact(attempt)));
  }

  private void giveUp(Followed attempt, Kind kind, String message) {
    if (attempt.isMade) {
      removeNow(JobManifest.nameOf(attempt.ref));
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
    var granted = attempt.granted;
    attempt.granted = null; // whatever still waits for it keeps no secret
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
    var name = JobManifest.nameOf(attempt.ref);
    var found = cluster().find(name);
    if (found.isPresent()) {
      var _ = folder.claimForContainer();
      attempt.isMade = true;
      cluster().delete(name);
      // The watches tell when it is gone. Who was made and deleted while they were away isn't told.
      later(settings.grace().plusSeconds(1), attempt, this::lookWhetherStopped);
    } else if (folder.container().isPresent()) {
      end(attempt, vanished(attempt));
    } else if (folder.bury(Claim.TERMINATED) || folder.claim().isPresent()) {
      if (folder.claim().filter(Claim::isContainer).isPresent()) {
        folder.recordExit(new ExitStatus(143, true));
      }
      end(attempt, new JobTerminated());
    }
  }

  private void lookWhetherStopped(Followed attempt) throws IOException {
    if (cluster().find(JobManifest.nameOf(attempt.ref)).isEmpty()) {
      stopped(attempt);
      return;
    }
    later(
        NODE_ANSWERS,
        attempt,
        one ->
            reporter.report(
                one.ref,
                new JobProgressed(
                    "It was told to end, and its node doesn't say that it has; waits for the cluster")));
  }

  private void stopped(Followed attempt) throws IOException {
    var log = attempt.log;
    if (log != null) {
      log.end();
    }
    if (folder(attempt).exit().isEmpty()) {
      folder(attempt).recordExit(new ExitStatus(143, true));
    }
    end(attempt, new JobTerminated());
  }

  // ------------------------------------------------------------------ what stays behind

  private void removeLater(String name) {
    ended.add(name);
    try {
      var _ =
          timer.schedule(
              () ->
                  execute(() -> {
                    removeNow(name);
                    ended.remove(name);
                  }),
              settings.keepEnded().toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: the next one finds it.
    }
  }

  private void removeNow(String name) {
    try {
      cluster().delete(name);
    } catch (ClusterException e) {
      LOG.warn("Job {} can't be deleted now: {}", name, e.getMessage());
    }
  }

  /**
   * Jobs that nobody follows: those that have ended go, those of dead attempts, too. Of those that
   * are followed it looks whether the watches have missed something, which would be a fault.
   */
  void collect() {
    if (!collects.compareAndSet(false, true)) {
      return;
    }
    try {
      var before = new HashMap<>(followed);
      var there = new HashSet<String>();
      for (var job : cluster().all(installation)) {
        var ref = JobManifest.attemptOf(job);
        there.add(ref.uuid());
        var attempt = followed.get(ref.uuid());
        if (attempt != null) {
          lookWhetherMissed(attempt, job);
        } else if (!ended.contains(job.getMetadata().getName())) {
          removeIfDead(job, ref);
        }
      }
      before.forEach((uuid, attempt) -> {
        if (!there.contains(uuid) && attempt.isMade) {
          execute(() -> act(attempt, this::lookWhetherGone));
        }
      });
    } catch (ClusterException | IOException | IllegalArgumentException e) {
      LOG.warn("Jobs that stay behind can't be looked for now: {}", e.toString());
    } finally {
      collects.set(false);
    }
  }

  private void removeIfDead(Job job, AttemptRef ref) throws IOException {
    var created = Instant.parse(job.getMetadata().getCreationTimestamp());
    var isYoung = created.isAfter(clock.instant().minus(settings.safetyScan()));
    var hasEnd = PodNews.hasFinished(job) && folders.of(ref.uuid()).exit().isPresent();
    if (hasEnd || (!isYoung && !live.isLive(ref))) {
      LOG.info(
          "Job {} is deleted: {}",
          job.getMetadata().getName(),
          hasEnd ? "its end is known" : "its attempt isn't live");
      removeNow(job.getMetadata().getName());
    }
  }

  private void lookWhetherMissed(Followed attempt, Job job) {
    if (!PodNews.hasFinished(job)) {
      attempt.finishedSeen = false;
      return;
    }
    if (!attempt.finishedSeen) {
      attempt.finishedSeen = true; // it may be on its way
      return;
    }
    execute(() ->
        act(
            attempt,
            one -> {
              if (one.died == null && one.verdict == null && !one.stopping) {
                LOG.warn(
                    "The end of Job {} wasn't told by the watches", job.getMetadata().getName());
                one.job = job;
                for (var pod : cluster().podsOf(one.ref.uuid())) {
                  one.pod.set(pod);
                }
                look(one);
              }
            }));
  }

  private AttemptFolder folder(Followed attempt) {
    return folders.of(attempt.ref.uuid());
  }

  /** Stops following. Jobs go on; another runtime attaches to them. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    launches.shutdownNow();
    looks.shutdownNow();
    List.copyOf(followed.values()).forEach(this::closeLog);
    followed.clear();
    if (cluster != null) {
      cluster.close();
    }
  }

  /**
   * An attempt whose end has not been reported; guarded by its monitor but for what watches set.
   */
  private static final class Followed {
    private final AttemptRef ref;

    /** As the watch has it. */
    private final AtomicReference<@Nullable Pod> pod = new AtomicReference<>();

    /** As the watch has it. */
    private volatile @Nullable Job job;

    private volatile boolean podGone;
    private volatile boolean isMade;
    private volatile boolean finishedSeen;

    /** Unknown if it was only ever told to end. */
    private @Nullable Granted granted;

    private @Nullable ContainerLog log;
    private @Nullable Closeable logStream;
    private boolean logEnded;
    private boolean logWhole;
    private Instant logEndedAt = Instant.EPOCH;
    private Duration logPause = FIRST_LOG_PAUSE;
    private int silences;

    private final Set<String> news = new HashSet<>();
    private Hope hope = Hope.SOON;
    private Instant hopeSince = Instant.EPOCH;
    private String why = "";

    private Standing.@Nullable Ended died;
    private @Nullable StepReport verdict;
    private @Nullable Instant unreachableSince;
    private Duration pause = FIRST_PAUSE;
    private boolean started;
    private boolean stopping;
    private boolean ended;

    Followed(AttemptRef ref) {
      this.ref = ref;
    }
  }
}
