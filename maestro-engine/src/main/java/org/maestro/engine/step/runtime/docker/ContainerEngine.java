package org.maestro.engine.step.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine of containers behind a socket of this machine. The only class that sees the client
 * library. Calls block; threads that follow a stream are the library's, one per stream, and
 * platform threads.
 *
 * <p>What differs between engines is dealt with here and where it is said so: Podman answers 500
 * where Docker answers 404 or 409, so nobody goes by those; its events other than {@code die} carry
 * an exit status of 0.
 */
final class ContainerEngine implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int MOST_CALLS = 64;
  private static final int MOST_STREAMS = 20_000;

  private final String socket;
  private final DockerHttpClient callTransport;
  private final DockerHttpClient streamTransport;
  private final DockerClient calls;
  private final DockerClient streams;

  ContainerEngine(String socket, @Nullable Path registryConfig) {
    this.socket = socket;
    var host = URI.create(socket);
    var config = config(socket, registryConfig);
    callTransport =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(MOST_CALLS)
            .connectionTimeout(ANSWER)
            .responseTimeout(ANSWER)
            .build();
    // A stream is silent for as long as there is nothing to say.
    streamTransport =
        new ApacheDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(MOST_STREAMS)
            .connectionTimeout(ANSWER)
            .build();
    calls = DockerClientImpl.getInstance(config, callTransport);
    streams = DockerClientImpl.getInstance(config, streamTransport);
  }

  /** Nothing of the environment or the home of this process, and no login but the operator's. */
  private static DockerClientConfig config(String socket, @Nullable Path registryConfig) {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost(socket)
        .withDockerTlsVerify(false)
        .withDockerConfig(registryConfig == null ? "/nonexistent" : registryConfig.toString())
        .build();
  }

  /** Where a container stands. */
  enum Standing {
    CREATED,
    RUNNING,
    ENDED
  }

  /**
   * A container that there is.
   *
   * @param exitCode of one that has ended
   * @param isOutOfMemory whether it was ended because it took too much
   * @param error why it couldn't be started; empty if it could
   */
  record Found(String id, Standing standing, int exitCode, boolean isOutOfMemory, String error) {}

  /** A container of Maestro's. */
  record Ours(String id, Map<String, String> labels, boolean isRunning, long createdSeconds) {}

  /** An end of a container: what its {@code die} event says. */
  record Died(String id, int exitCode) {}

  /** A piece of an image's way here. */
  record PullNews(String status, String layer, long current, long total) {}

  /** What it calls itself, such as {@code Podman Engine 4.3.1}. */
  String version() {
    return ask(() -> {
      var version = calls.versionCmd().exec();
      return "%s (API %s)".formatted(version.getVersion(), version.getApiVersion());
    });
  }

  Optional<Found> find(String nameOrId) {
    try {
      return Optional.of(
          ask(() -> {
            var found = calls.inspectContainerCmd(nameOrId).exec();
            var state = found.getState();
            var status = state.getStatus() == null ? "" : state.getStatus();
            var standing =
                switch (status) {
                  case "created", "configured", "initialized" -> Standing.CREATED;
                  case "exited", "dead", "stopped", "removing" -> Standing.ENDED;
                  default -> Standing.RUNNING;
                };
            var code = state.getExitCodeLong();
            return new Found(
                found.getId(),
                standing,
                code == null ? 0 : code.intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                state.getError() == null ? "" : state.getError());
          }));
    } catch (EngineException.Refused e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  boolean hasImage(String image) {
    try {
      var _ = ask(() -> calls.inspectImageCmd(image).exec());
      return true;
    } catch (EngineException.Refused e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  /** Fetches an image; {@code end} hears null or why it couldn't be had, on a library's thread. */
  Closeable pull(String image, Consumer<PullNews> news, Consumer<@Nullable String> end) {
    return stream(
        streams.pullImageCmd(image)::exec,
        new Stream<PullResponseItem>() {
          private @Nullable String error;

          @Override
          @SuppressWarnings("deprecation") // the only one that Podman fills
          public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
              error = item.getErrorDetail().getMessage();
            } else if (item.isErrorIndicated()) {
              error = String.valueOf(item.getError());
            } else {
              var progress = item.getProgressDetail();
              news.accept(
                  new PullNews(
                      text(item.getStatus()),
                      text(item.getId()),
                      progress == null ? 0 : number(progress.getCurrent()),
                      progress == null ? 0 : number(progress.getTotal())));
            }
          }

          @Override
          public void onError(Throwable thrown) {
            end.accept(error == null ? messageOf(thrown) : error);
          }

          @Override
          public void onComplete() {
            end.accept(error);
          }
        });
  }

  /**
   * Makes a container that doesn't run yet.
   *
   * @return its id
   */
  String create(ContainerPlan plan) {
    var job = plan.job();
    return ask(() -> {
      var create =
          calls
              .createContainerCmd(job.image())
              .withName(plan.name())
              .withLabels(plan.labels())
              .withEnv(plan.environment())
              .withUser(job.user())
              .withAttachStdin(false)
              .withTty(false)
              .withHostConfig(hostConfig(plan));
      if (!job.command().isEmpty()) {
        create.withCmd(job.command());
      }
      if (!job.entrypoint().isEmpty()) {
        create.withEntrypoint(job.entrypoint());
      }
      job.workdir().ifPresent(create::withWorkingDir);
      return create.exec().getId();
    });
  }

  private static HostConfig hostConfig(ContainerPlan plan) {
    var job = plan.job();
    var config =
        HostConfig.newHostConfig()
            .withNetworkMode(job.network())
            .withReadonlyRootfs(true)
            .withCapDrop(Capability.ALL)
            .withSecurityOpts(List.of("no-new-privileges"))
            .withPrivileged(false)
            .withMemory(job.memoryBytes())
            .withMemorySwap(job.memoryBytes())
            .withNanoCPUs(job.nanoCpus())
            .withPidsLimit(job.pids())
            .withTmpFs(Map.of("/tmp", "rw,nosuid,nodev,mode=1777,size=" + plan.tmpBytes()))
            .withLogConfig(
                new LogConfig(
                    LoggingType.JSON_FILE, Map.of("max-size", Long.toString(plan.logBytes()))))
            .withBinds(
                plan.mounts().entrySet().stream()
                    .map(mount ->
                        new Bind(
                            mount.getValue().path().toString(),
                            new Volume(mount.getKey()),
                            mount.getValue().writable() ? AccessMode.rw : AccessMode.ro))
                    .toList());
    return job.gpus() == 0
        ? config
        : config.withDeviceRequests(
            List.of(
                new DeviceRequest()
                    .withCount(job.gpus())
                    .withCapabilities(List.of(List.of("gpu")))));
  }

  /** Starts a container that has been created; nothing if it runs. */
  void start(String id) {
    ask(() -> {
      try {
        calls.startContainerCmd(id).exec();
      } catch (NotModifiedException e) {
        // It runs already.
      }
      return "";
    });
  }

  /** Sends a signal to a container that runs; nothing if it has ended or is gone. */
  void kill(String id, String signal) {
    try {
      ask(() -> calls.killContainerCmd(id).withSignal(signal).exec());
    } catch (EngineException.Refused e) {
      // Podman says so in the same way whatever the reason: see what has become of it.
      if (find(id).filter(found -> found.standing() == Standing.RUNNING).isPresent()) {
        throw e;
      }
    }
  }

  /** Removes a container with all that it wrote; nothing if it is gone. */
  void remove(String id) {
    try {
      ask(() -> calls.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
    } catch (EngineException.Refused e) {
      if (find(id).isPresent()) {
        throw e;
      }
    }
  }

  /** Hears of what a container prints. */
  interface LogListener {
    /** A piece, of which no other thread hands over one at the same time. */
    void printed(boolean isError, byte[] text);

    /**
     * Nothing more comes.
     *
     * @param whole whether that was all; else the engine of containers went away
     */
    void ended(boolean whole);
  }

  /** Hands over what a container has printed and prints, from its start. */
  Closeable logs(String id, LogListener listener) {
    return stream(
        streams
                .logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withTailAll()
            ::exec,
        new Stream<Frame>() {
          @Override
          public void onNext(Frame frame) {
            listener.printed(frame.getStreamType() == StreamType.STDERR, frame.getPayload());
          }

          @Override
          public void onError(Throwable thrown) {
            listener.ended(false);
          }

          @Override
          public void onComplete() {
            listener.ended(true);
          }
        });
  }

  /** Hears of ends of containers. */
  interface EndListener {
    void listening();

    void died(Died died);

    void lost(String why);
  }

  /** Hands over every end of a container since then: Podman finds none by a label without value. */
  Closeable ends(long sinceSeconds, EndListener listener) {
    return stream(
        streams
                .eventsCmd()
                .withSince(Long.toString(sinceSeconds))
                .withEventTypeFilter("container")
                .withEventFilter("die", "died") // Podman filters by its own word
            ::exec,
        new Stream<Event>() {
          @Override
          public void onStart(Closeable stream) {
            super.onStart(stream);
            listener.listening();
          }

          @Override
          public void onNext(Event event) {
            var actor = event.getActor();
            if (!"die".equals(event.getAction()) || actor == null) {
              return;
            }
            var attributes = actor.getAttributes();
            var code = attributes == null ? null : attributes.get("exitCode");
            listener.died(
                new Died(
                    text(actor.getId()),
                    code == null || !code.matches("[0-9]{1,9}") ? -1 : Integer.parseInt(code)));
          }

          @Override
          public void onError(Throwable thrown) {
            listener.lost(messageOf(thrown));
          }

          @Override
          public void onComplete() {
            listener.lost("it ended the stream of events");
          }
        });
  }

  /** All containers of an installation, whatever has become of them. */
  List<Ours> all(String installation) {
    return ask(() ->
        calls
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(Map.of(ContainerPlan.INSTALLATION, installation))
            .exec()
            .stream()
            .map(ContainerEngine::ours)
            .toList());
  }

  private static Ours ours(Container container) {
    var state = container.getState() == null ? "" : container.getState();
    return new Ours(
        container.getId(),
        Map.copyOf(container.getLabels()),
        state.equals("running") || state.equals("paused"),
        container.getCreated() == null ? 0 : container.getCreated());
  }

  private interface Question<T> {
    T put();
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.put();
    } catch (NotFoundException e) {
      throw new EngineException.Refused(404, messageOf(e));
    } catch (DockerException e) {
      throw new EngineException.Refused(e.getHttpStatus(), messageOf(e));
    } catch (RuntimeException e) {
      throw new EngineException.Unreachable(
          "the container engine at %s doesn't answer: %s".formatted(socket, messageOf(e)));
    }
  }

  private static <C extends ResultCallback<?>> C stream(UnaryOperator<C> command, C callback) {
    return command.apply(callback);
  }

  /** A stream that is followed until it ends or is closed. */
  private abstract static class Stream<T> implements ResultCallback<T> {
    private @Nullable Closeable open;
    private boolean isClosed;

    @Override
    public void onStart(Closeable stream) {
      synchronized (this) {
        open = stream;
        if (!isClosed) {
          return;
        }
      }
      closeQuietly(stream);
    }

    private static void closeQuietly(Closeable stream) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nobody listens.
      }
    }

    @Override
    public void close() {
      Closeable stream;
      synchronized (this) {
        isClosed = true;
        stream = open;
      }
      if (stream != null) {
        closeQuietly(stream);
      }
    }
  }

  /** The innermost words: of a refusal those of the engine, without its JSON. */
  static String messageOf(Throwable thrown) {
    var cause = thrown;
    for (var next = cause.getCause(); next != null; next = next.getCause()) {
      cause = next;
    }
    var text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return EngineMessage.plain(text);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long number(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  @Override
  public void close() {
    for (var transport : List.of(callTransport, streamTransport)) {
      try {
        transport.close();
      } catch (IOException e) {
        // Nothing is asked any more.
      }
    }
  }
}
