package org.maestro.engine.step.runtime.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with one cluster: makes Jobs, hears what becomes of them, reads their logs. Changes come
 * over three watches, whatever the number of Jobs; nothing is asked for in intervals.
 */
final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final int REQUEST_MILLIS = 15_000;
  private static final int CONNECT_MILLIS = 5_000;

  private final String namespace;
  private final KubernetesClient client;
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Connects to nothing yet.
   *
   * @param http sees the client's HTTP client before it is built
   */
  Cluster(KubernetesSettings settings, Consumer<HttpClient.Builder> http) {
    this.namespace = settings.namespace();
    this.client =
        new KubernetesClientBuilder()
            .withConfig(config(settings))
            .withHttpClientFactory(new JdkHttpClientFactory())
            .withHttpClientBuilderConsumer(http)
            .build();
  }

  /** Nothing is taken from this process's environment: that is the operator's own. */
  private static Config config(KubernetesSettings settings) {
    var config = new ConfigBuilder(base(settings)).withAutoConfigure(false);
    if (settings.address().equals(KubernetesSettings.IN_CLUSTER)) {
      config
          .withMasterUrl("https://kubernetes.default.svc")
          .withCaCertFile(MOUNTED.resolve("ca.crt").toString())
          .withOauthTokenProvider(() -> read(MOUNTED.resolve("token")));
    } else if (!settings.address().isEmpty()) {
      config.withMasterUrl(settings.address());
    }
    var tokenFile = settings.tokenFile();
    if (tokenFile != null) {
      config.withOauthTokenProvider(() -> read(tokenFile));
    }
    var caFile = settings.caFile();
    if (caFile != null) {
      config.withCaCertFile(caFile.toString());
    }
    return config
        .withNamespace(settings.namespace())
        // A log is a connection. Over HTTP/2 the server's limit of streams, 100 or 250, would be
        // the limit of logs: the JDK's client opens no second connection but fails.
        .withHttp2Disable(true)
        .withConnectionTimeout(CONNECT_MILLIS)
        .withRequestTimeout(REQUEST_MILLIS)
        .withRequestRetryBackoffLimit(0) // the runtime tries again, and says so
        .withWatchReconnectLimit(-1)
        .build();
  }

  private static Config base(KubernetesSettings settings) {
    var file = settings.kubeconfig();
    if (file == null) {
      return Config.empty();
    }
    return settings.context().isEmpty()
        ? Config.fromKubeconfig(new File(file.toString()))
        : Config.fromKubeconfig(settings.context(), new File(file.toString()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the token for the cluster can't be read", e);
    }
  }

  /**
   * Reads the operator's pod template.
   *
   * @throws IllegalArgumentException if it is something else
   */
  PodTemplateSpec template(@Nullable Path file) {
    if (file == null) {
      return new PodTemplateSpec();
    }
    try {
      var template =
          client
              .getKubernetesSerialization()
              .unmarshal(Files.readString(file, UTF_8), PodTemplate.class);
      if (template == null || template.getTemplate() == null) {
        throw new IllegalArgumentException(
            "%s: expected a PodTemplate in YAML, with its pod below \"template\", found none"
                .formatted(file));
      }
      return template.getTemplate();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: the pod template can't be read: %s".formatted(file, e), e);
    }
  }

  private interface Call<T> {
    T run();
  }

  private static <T> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (KubernetesClientException e) {
      var code = e.getCode();
      var isItsFault =
          code < HttpURLConnection.HTTP_BAD_REQUEST
              || code == 429
              || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
      if (isItsFault) {
        throw new ClusterException.Unreachable(
            "The cluster doesn't answer (%s): %s".formatted(what, reason(e)), e);
      }
      var advice =
          code == HttpURLConnection.HTTP_UNAUTHORIZED || code == HttpURLConnection.HTTP_FORBIDDEN
              ? "; give the engine's service account that right"
              : "";
      throw new ClusterException.Refused(
          "The cluster refused to %s: %s%s".formatted(what, reason(e), advice), e);
    }
  }

  private static String reason(KubernetesClientException e) {
    var status = e.getStatus();
    if (status != null && status.getMessage() != null) {
      return PodNews.shortened(status.getMessage());
    }
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var message = deepest.getMessage();
    return PodNews.shortened(message == null ? deepest.getClass().getSimpleName() : message);
  }

  // ------------------------------------------------------------------ Jobs

  Optional<Job> find(String name) {
    return call(
        "get the Job",
        () ->
            Optional.ofNullable(
                client.batch().v1().jobs().inNamespace(namespace).withName(name).get()));
  }

  /** Makes a Job; the one that is there already if there is one of its name. */
  Job create(Job job) {
    return call(
        "create the Job",
        () -> {
          try {
            return client.batch().v1().jobs().inNamespace(namespace).resource(job).create();
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
              var there =
                  client
                      .batch()
                      .v1()
                      .jobs()
                      .inNamespace(namespace)
                      .withName(job.getMetadata().getName())
                      .get();
              if (there != null) {
                return there;
              }
            }
            throw e;
          }
        });
  }

  /** Makes a Secret, unless it is there. */
  void create(Secret secret) {
    call(
        "create its Secret",
        () -> {
          try {
            client.secrets().inNamespace(namespace).resource(secret).create();
          } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
              throw e;
            }
          }
          return true;
        });
  }

  /** Lets a Job begin that was made to wait. */
  void resume(String name) {
    call(
        "start the Job",
        () ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":false}}"));
  }

  /** Ends a Job's pods; it is gone when they are. Nothing if it is gone already. */
  void delete(String name) {
    call(
        "delete the Job",
        () ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete());
  }

  /** All Jobs of an installation. */
  List<Job> all(String installation) {
    return call(
        "list Jobs",
        () ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withLabel(JobManifest.INSTALLATION, installation)
                .list()
                .getItems());
  }

  /** The pods of an attempt. */
  List<Pod> podsOf(String uuid) {
    return call(
        "list pods",
        () ->
            client
                .pods()
                .inNamespace(namespace)
                .withLabel(JobManifest.ATTEMPT, uuid)
                .list()
                .getItems());
  }

  // ------------------------------------------------------------------ what becomes of them

  /** Hears of every change, in order for each object; called from threads that must not wait. */
  interface Listener {
    void job(Job job);

    void jobGone(Job job);

    void pod(Pod pod);

    void podGone(Pod pod);

    /** Of a Job: such as a pod that can't be made. */
    void warned(Event event);
  }

  /** Begins to listen; goes on until this is closed, however often the cluster goes away. */
  void listen(String installation, Listener listener) {
    watch(
        "Jobs",
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabel(JobManifest.INSTALLATION, installation),
        listener::job,
        listener::jobGone);
    watch(
        "pods",
        client.pods().inNamespace(namespace).withLabel(JobManifest.INSTALLATION, installation),
        listener::pod,
        listener::podGone);
    watch(
        "events",
        client
            .v1()
            .events()
            .inNamespace(namespace)
            .withField("involvedObject.kind", "Job")
            .withField("type", "Warning"),
        listener::warned,
        _ -> {});
  }

  private <T extends HasMetadata> void watch(
      String what, Informable<T> of, Consumer<T> changed, Consumer<T> gone) {
    var informer = of.runnableInformer(0);
    informers.add(informer);
    informer.exceptionHandler((hasStarted, problem) -> {
      if (closed) {
        return false;
      }
      LOG.warn(
          "{} of the namespace {} can't be {} now; tried again: {}",
          what,
          namespace,
          hasStarted ? "watched" : "listed",
          problem.toString());
      return true;
    });
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T one) {
            changed.accept(one);
          }

          @Override
          public void onUpdate(T before, T one) {
            changed.accept(one);
          }

          @Override
          public void onDelete(T one, boolean wasMissed) {
            gone.accept(one);
          }
        });
    var _ = informer.start();
  }

  // ------------------------------------------------------------------ logs

  /** Hears what a container prints; called from threads of the client. */
  interface LogListener {
    void printed(byte[] text);

    /** Nothing more comes; {@code whole} if it ended by itself. */
    void ended(boolean whole);
  }

  /**
   * Reads a container's log from its beginning, and goes on with what it prints until it ends.
   *
   * @return ends the reading
   */
  Closeable log(String pod, LogListener listener) {
    var http = client.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(
                "%sapi/v1/namespaces/%s/pods/%s/log?container=%s&follow=true"
                    .formatted(client.getMasterUrl(), namespace, pod, JobManifest.CONTAINER))
            // The head of the answer comes with the first byte that is printed, if ever.
            .timeout(0, TimeUnit.MILLISECONDS)
            .forStreaming()
            .build();
    var answer = http.consumeBytes(request, (pieces, body) -> take(pieces, body, listener));
    var _ =
        answer.whenComplete((response, problem) -> {
          if (response == null) {
            listener.ended(false);
            return;
          }
          var isLog = response.code() == HttpURLConnection.HTTP_OK;
          if (!isLog) {
            response.body().cancel();
            listener.ended(false);
            return;
          }
          response.body().consume();
          var _ = response.body().done().whenComplete((_, cut) -> listener.ended(cut == null));
        });
    return () -> {
      answer.cancel(true);
      var response = answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : null;
      if (response != null) {
        response.body().cancel();
      }
    };
  }

  private static void take(List<ByteBuffer> pieces, AsyncBody body, LogListener listener) {
    for (var piece : pieces) {
      var text = new byte[piece.remaining()];
      piece.get(text);
      listener.printed(text);
    }
    body.consume();
  }

  @Override
  public void close() {
    closed = true;
    informers.forEach(SharedIndexInformer::stop);
    client.close();
  }
}
