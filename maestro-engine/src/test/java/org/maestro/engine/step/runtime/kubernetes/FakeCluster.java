package org.maestro.engine.step.runtime.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.embedded.EmbeddedPodman;

/**
 * A cluster of one node: fabric8's mock server keeps what it is given, and what a real cluster does
 * with it is done here: a controller makes a pod of a Job, a kubelet runs its container as a
 * process of this machine and serves its log.
 *
 * <p>What the mock server leaves out is added: it forgets what was deleted while a watch was away,
 * so such a watch is told that it is too late (410); it takes no notice of how a deletion is to be
 * propagated; it knows no selector but by labels and names.
 */
final class FakeCluster implements AutoCloseable {
  static final String NAMESPACE = "jobs";
  private static final Pattern NEWER_THAN = Pattern.compile("[?&]resourceVersion=([0-9]+)");
  private static final Pattern EXPANSION = Pattern.compile("\\$(\\$|\\(([A-Za-z_0-9]+)\\))");
  private static final int HANDED_OVER = 4096;

  /** All that its registry has; their programs are this machine's. */
  private static final List<String> IMAGES = List.of(EmbeddedPodman.IMAGE, "busybox:latest");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Store store = new Store();
  private final HttpServer kubelet;
  private final KubernetesClient client;
  private final Path dir;
  private final Map<String, Container> containers = new ConcurrentHashMap<>();
  private final AtomicInteger pods = new AtomicInteger();
  private KubernetesMockServer server;
  private final int port;

  /** Instead of the next pods. */
  volatile @Nullable String quota;

  /** For the next pods. */
  volatile @Nullable String unschedulable;

  /** How often it answered that a watch is too late. */
  final AtomicInteger tooLate = new AtomicInteger();

  FakeCluster(Path dir) throws IOException {
    this.dir = dir;
    server = serve(0);
    port = server.getPort();
    kubelet = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    kubelet.setExecutor(threads);
    kubelet.createContext("/", this::log);
    kubelet.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(address())
                    .withNamespace(NAMESPACE)
                    .withHttp2Disable(true)
                    .withWatchReconnectInterval(100)
                    .build())
            .build();
    var _ = client.batch().v1().jobs().inNamespace(NAMESPACE).inform(new Controller());
  }

  private KubernetesMockServer serve(int at) {
    var made =
        new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), store, false);
    made.init(InetAddress.getLoopbackAddress(), at);
    return made;
  }

  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  KubernetesClient client() {
    return client;
  }

  /** Goes away; its pods go on. */
  void goAway() {
    server.destroy();
  }

  void comeBack() {
    server = serve(port);
  }

  /** Where the API's server would ask the kubelet itself. */
  void wire(HttpClient.Builder http) {
    http.addOrReplaceInterceptor(
        "kubelet",
        new Interceptor() {
          @Override
          public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            var uri = request.uri();
            if (uri.getPath().endsWith("/log")) {
              builder.uri(
                  URI.create(
                      "http://127.0.0.1:%d%s?%s"
                          .formatted(
                              kubelet.getAddress().getPort(), uri.getPath(), uri.getQuery())));
            }
          }
        });
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
  }

  List<Pod> pods() {
    return client.pods().inNamespace(NAMESPACE).list().getItems();
  }

  // ------------------------------------------------------------------ what is kept

  private final class Store extends KubernetesCrudDispatcher {
    private final AtomicLong lastDeletion = new AtomicLong();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      var path = request.getPath();
      if (request.getMethod().equals("POST") && path.endsWith("/jobs")) {
        return super.dispatch(
            with(
                request,
                path,
                request
                    .getUtf8Body()
                    .replaceFirst(
                        "\"metadata\":\\{",
                        "\"metadata\":{\"finalizers\":[\"foregroundDeletion\"],")));
      }
      if (request.getMethod().equals("DELETE")
          && path.contains("/batch/v1/")
          && !request.getUtf8Body().contains("Foreground")) {
        return new MockResponse().setResponseCode(400).setBody("only in the foreground");
      }
      if (path.contains("/log?")) {
        return ended(path); // of whoever isn't wired to the kubelet
      }
      var since = NEWER_THAN.matcher(path);
      if (path.contains("watch=true")
          && since.find()
          && Long.parseLong(since.group(1)) < lastDeletion.get()) {
        tooLate.incrementAndGet();
        return new MockResponse()
            .setResponseCode(410)
            .setBody(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410,\"message\":\"too old resource version\"}");
      }
      return super.dispatch(
          path.contains("/events") ? with(request, withoutSelector(path), null) : request);
    }

    private MockResponse ended(String path) {
      var pod = path.replaceAll(".*/pods/([^/]+)/log.*", "$1");
      return containers.values().stream()
          .filter(one -> one.pod.equals(pod))
          .findFirst()
          .flatMap(Container::wholeLog)
          .map(text -> new MockResponse().setResponseCode(200).setBody(text))
          .orElseGet(() -> new MockResponse().setResponseCode(404));
    }

    private static String withoutSelector(String path) {
      return path.replaceAll("fieldSelector=[^&]*&?", "").replaceAll("[?&]$", "");
    }

    private static RecordedRequest with(
        RecordedRequest request, String path, @Nullable String body) {
      return new RecordedRequest(
          request.getHttpVersion(),
          request.method(),
          path,
          request.getHeaders(),
          body == null
              ? request.getBody()
              : new io.fabric8.mockwebserver.http.Buffer(body.getBytes(UTF_8)));
    }

    @Override
    public void processEvent(
        String path,
        AttributeSet pathAttributes,
        AttributeSet oldAttributes,
        GenericKubernetesResource resource,
        String newState) {
      if (newState == null) {
        lastDeletion.set(requestResourceVersion()); // a deletion is a change, too
      }
      super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
    }
  }

  // ------------------------------------------------------------------ its controllers

  private final class Controller implements ResourceEventHandler<Job> {
    @Override
    public void onAdd(Job job) {
      threads.execute(() -> reconcile(job));
    }

    @Override
    public void onUpdate(Job before, Job job) {
      threads.execute(() -> reconcile(job));
    }

    @Override
    public void onDelete(Job job, boolean wasMissed) {
      // Its pods have gone before.
    }
  }

  private void reconcile(Job job) {
    var name = job.getMetadata().getName();
    if (job.getMetadata().getDeletionTimestamp() != null) {
      var container = containers.get(name);
      if (container != null) {
        container.end(job.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
        remove(container.pod);
      }
      release(name);
      return;
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return;
    }
    var refusal = quota;
    if (refusal != null) {
      client
          .v1()
          .events()
          .inNamespace(NAMESPACE)
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withName(name + "." + pods.incrementAndGet())
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withKind("Job")
                  .withName(name)
                  .endInvolvedObject()
                  .withType("Warning")
                  .withReason("FailedCreate")
                  .withMessage("Error creating: pods \"" + name + "-x\" is forbidden: " + refusal)
                  .build())
          .create();
      return;
    }
    var container = new Container(job, name + "-" + Integer.toString(pods.incrementAndGet(), 36));
    if (containers.putIfAbsent(name, container) == null) {
      container.begin();
    }
  }

  /** What the pod of a Job is told to be. */
  void status(String job, UnaryOperator<PodStatusBuilder> change) {
    var container = containers.get(job);
    if (container != null) {
      edit(container.pod, change);
    }
  }

  private void edit(String pod, UnaryOperator<PodStatusBuilder> change) {
    for (var tries = 0; ; tries++) {
      try {
        var there = client.pods().inNamespace(NAMESPACE).withName(pod).get();
        if (there != null) {
          var status =
              change.apply(
                  there.getStatus() == null
                      ? new PodStatusBuilder()
                      : new PodStatusBuilder(there.getStatus()));
          client
              .pods()
              .inNamespace(NAMESPACE)
              .resource(new PodBuilder(there).withStatus(status.build()).build())
              .update();
        }
        return;
      } catch (KubernetesClientException e) {
        if (tries > 200) {
          throw e;
        }
      }
    }
  }

  void remove(String pod) {
    client.pods().inNamespace(NAMESPACE).withName(pod).delete();
  }

  /** Nothing keeps a deleted Job any more. */
  private void release(String name) {
    for (var tries = 0; ; tries++) {
      try {
        var there = client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get();
        if (there != null) {
          client
              .batch()
              .v1()
              .jobs()
              .inNamespace(NAMESPACE)
              .resource(
                  new JobBuilder(there)
                      .editMetadata()
                      .withFinalizers(List.of())
                      .endMetadata()
                      .build())
              .update();
        }
        return;
      } catch (KubernetesClientException e) {
        if (tries > 200) {
          throw e;
        }
      }
    }
  }

  void finished(String name, boolean well) {
    for (var tries = 0; ; tries++) {
      try {
        var there = client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get();
        if (there != null) {
          client
              .batch()
              .v1()
              .jobs()
              .inNamespace(NAMESPACE)
              .resource(
                  new JobBuilder(there)
                      .editOrNewStatus()
                      .withConditions(
                          new JobConditionBuilder()
                              .withType(well ? "Complete" : "Failed")
                              .withStatus("True")
                              .withReason(well ? null : "BackoffLimitExceeded")
                              .build())
                      .endStatus()
                      .build())
              .update();
        }
        return;
      } catch (KubernetesClientException e) {
        if (tries > 200) {
          throw e;
        }
      }
    }
  }

  /** The Job, its pod and its process disappear without a word. */
  void lose(String job) {
    var container = containers.get(job);
    if (container != null) {
      container.kill();
      remove(container.pod);
    }
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .withName(job)
        .withPropagationPolicy(io.fabric8.kubernetes.api.model.DeletionPropagation.FOREGROUND)
        .delete();
    release(job);
  }

  /** Whether a pod was made of a Job. */
  boolean isKnown(String job) {
    return containers.containsKey(job);
  }

  // ------------------------------------------------------------------ its kubelet

  /** One container: a process with all that it started. */
  private final class Container {
    private final Job job;
    private final String pod;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private volatile @Nullable Process process;
    private boolean logEnded;
    private boolean isKilled;

    Container(Job job, String pod) {
      this.job = job;
      this.pod = pod;
    }

    private io.fabric8.kubernetes.api.model.Container spec() {
      return job.getSpec().getTemplate().getSpec().getContainers().stream()
          .filter(one -> one.getName().equals("job"))
          .findFirst()
          .orElseThrow();
    }

    void begin() {
      var template = job.getSpec().getTemplate();
      client
          .pods()
          .inNamespace(NAMESPACE)
          .resource(
              new PodBuilder()
                  .withMetadata(template.getMetadata())
                  .editMetadata()
                  .withName(pod)
                  .endMetadata()
                  .withSpec(template.getSpec())
                  .withNewStatus()
                  .withPhase("Pending")
                  .endStatus()
                  .build())
          .create();
      var noPlace = unschedulable;
      if (noPlace != null) {
        edit(
            pod,
            status ->
                status.withConditions(
                    new PodConditionBuilder()
                        .withType("PodScheduled")
                        .withStatus("False")
                        .withReason("Unschedulable")
                        .withMessage(noPlace)
                        .build()));
        return;
      }
      if (!IMAGES.contains(spec().getImage())) {
        waits("ErrImagePull", "failed to pull and unpack image: not found");
        waits("ImagePullBackOff", "Back-off pulling image \"" + spec().getImage() + "\"");
        return;
      }
      threads.execute(this::run);
    }

    private void waits(String reason, String message) {
      edit(
          pod,
          status ->
              status.withContainerStatuses(
                  new ContainerStatusBuilder()
                      .withName("job")
                      .withState(
                          new ContainerStateBuilder()
                              .withNewWaiting()
                              .withReason(reason)
                              .withMessage(message)
                              .endWaiting()
                              .build())
                      .build()));
    }

    private void run() {
      try {
        var output = Files.createTempFile(dir, "output", ".json");
        var words = new ArrayList<>(List.of("setsid"));
        var environment = environment();
        spec().getCommand().forEach(word -> words.add(expanded(word, environment)));
        spec().getArgs().forEach(word -> words.add(expanded(word, environment)));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(environment);
        builder.environment().put("MAESTRO_OUTPUT", output.toString());
        synchronized (this) {
          if (isKilled) {
            return;
          }
          process = builder.start();
        }
        edit(
            pod,
            status ->
                status
                    .withPhase("Running")
                    .withContainerStatuses(
                        new ContainerStatusBuilder()
                            .withName("job")
                            .withState(
                                new ContainerStateBuilder()
                                    .withNewRunning()
                                    .withStartedAt(Instant.now().toString())
                                    .endRunning()
                                    .build())
                            .build()));
        var started = process;
        threads.execute(() -> pump(started));
        var code = started.waitFor();
        kill(); // what it left goes with it
        synchronized (this) {
          while (!logEnded) {
            wait();
          }
        }
        var text = Files.readAllBytes(output);
        var from = Math.max(0, text.length - HANDED_OVER);
        terminated(
            code,
            code == 0 ? "Completed" : "Error",
            new String(text, from, text.length - from, UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void terminated(int code, String reason, String message) {
      edit(
          pod,
          status ->
              status
                  .withPhase(code == 0 ? "Succeeded" : "Failed")
                  .withContainerStatuses(
                      new ContainerStatusBuilder()
                          .withName("job")
                          .withState(
                              new ContainerStateBuilder()
                                  .withNewTerminated()
                                  .withExitCode(code)
                                  .withReason(reason)
                                  .withMessage(message)
                                  .endTerminated()
                                  .build())
                          .build()));
      finished(job.getMetadata().getName(), code == 0);
    }

    private Map<String, String> environment() {
      var environment = new HashMap<String, String>();
      for (var variable : spec().getEnv()) {
        var from = variable.getValueFrom();
        environment.put(
            variable.getName(),
            from == null
                ? expanded(variable.getValue(), environment)
                : client
                    .secrets()
                    .inNamespace(NAMESPACE)
                    .withName(from.getSecretKeyRef().getName())
                    .get()
                    .getStringData()
                    .get(from.getSecretKeyRef().getKey()));
      }
      return environment;
    }

    private static String expanded(String word, Map<String, String> environment) {
      return EXPANSION
          .matcher(word)
          .replaceAll(found ->
              Matcher.quoteReplacement(
                  found.group(1).equals("$")
                      ? "$"
                      : environment.getOrDefault(found.group(2), found.group())));
    }

    private void pump(Process from) {
      try (var text = from.getInputStream()) {
        var piece = new byte[8192];
        for (var read = text.read(piece); read >= 0; read = text.read(piece)) {
          synchronized (this) {
            log.write(piece, 0, read);
            notifyAll();
          }
        }
      } catch (IOException e) {
        // Its process was killed.
      }
      synchronized (this) {
        logEnded = true;
        notifyAll();
      }
    }

    synchronized Optional<String> wholeLog() {
      return logEnded ? Optional.of(log.toString(UTF_8)) : Optional.empty();
    }

    void end(long grace) {
      var running = process;
      if (running == null) {
        synchronized (this) {
          isKilled = true;
        }
        return;
      }
      try {
        signal("-TERM", false);
        if (!running.waitFor(grace, TimeUnit.SECONDS)) {
          kill();
          running.waitFor();
        }
        kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void kill() {
      synchronized (this) {
        isKilled = true;
      }
      signal("-KILL", true);
    }

    /** To the first process of the container, or to all. */
    private void signal(String which, boolean all) {
      var running = process;
      if (running == null) {
        return;
      }
      sh(all ? "pkill " + which + " -s " + running.pid() : "kill " + which + " " + running.pid());
    }

    private void sh(String line) {
      try {
        new ProcessBuilder("sh", "-c", line + " 2>/dev/null").start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void serve(HttpExchange exchange) throws IOException, InterruptedException {
      var sent = 0;
      var isOpen = false;
      while (true) {
        byte[] piece;
        synchronized (this) {
          while (log.size() == sent && !logEnded) {
            wait();
          }
          var all = log.toByteArray();
          piece = java.util.Arrays.copyOfRange(all, sent, all.length);
          if (piece.length == 0) {
            break;
          }
        }
        if (!isOpen) {
          exchange.sendResponseHeaders(200, 0); // with the first byte, as kubelets do
          isOpen = true;
        }
        exchange.getResponseBody().write(piece);
        exchange.getResponseBody().flush();
        sent += piece.length;
      }
      if (!isOpen) {
        exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  private void log(HttpExchange exchange) throws IOException {
    try (exchange) {
      var pod = exchange.getRequestURI().getPath().replaceAll(".*/pods/([^/]+)/log", "$1");
      var found =
          containers.values().stream().filter(one -> one.pod.equals(pod)).findFirst().orElse(null);
      if (found == null || found.process == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      found.serve(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    containers.values().forEach(Container::kill);
    kubelet.stop(0);
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(5, TimeUnit.SECONDS); // they use the client
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException e) {
      // It waits 10 s at most for its connections, and has closed its port.
    }
  }
}
