package org.maestro.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client as one would write it: it repeats a request that failed or was not answered, under the
 * same request id and at another engine, until it is acknowledged.
 */
final class StartClient implements AutoCloseable {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  static final Duration GIVE_UP = Duration.ofMinutes(4);
  private static final long FIRST_REST_MILLIS = 100;
  private static final long LONGEST_REST_MILLIS = 2_000;

  private final List<URI> engines;
  private final AckLog acks;
  private final Duration giveUp;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final AtomicLong repeats = new AtomicLong();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /**
   * @param giveUp for how long it tries
   */
  StartClient(List<URI> engines, AckLog acks, Duration giveUp) {
    this.engines = List.copyOf(engines);
    this.acks = acks;
    this.giveUp = giveUp;
  }

  /** How many requests had to be sent again. */
  long repeats() {
    return repeats.get();
  }

  /** Answers that no fault excuses. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Publishes a definition. */
  void publish(Map<String, Object> definition) {
    var answer = post(engines.getFirst().resolve("/api/v3/workflows"), definition);
    if (answer == null || answer.status() / 100 != 2) {
      throw new IllegalStateException("expected the workflow to be accepted, found " + answer);
    }
  }

  /** Sends a start until it is acknowledged, and writes the acknowledgement down. */
  void start(Workload.Start start) {
    long deadline = System.nanoTime() + giveUp.toNanos();
    for (int attempt = 0; System.nanoTime() < deadline; attempt++) {
      if (attempt > 0) {
        repeats.incrementAndGet();
        Patience.rest(Math.min(FIRST_REST_MILLIS << Math.min(attempt, 8), LONGEST_REST_MILLIS));
      }
      if (sendOnce(start, attempt)) {
        // Some clients repeat what has been acknowledged.
        if (start.number() % 20 == 0) {
          sendOnce(start, attempt + 1);
        }
        return;
      }
    }
    complaints.add(
        "start %d (%s of %s) was not accepted within %d s"
            .formatted(start.number(), start.requestId(), start.workflowId(), giveUp.toSeconds()));
  }

  private boolean sendOnce(Workload.Start start, int attempt) {
    var engine = engines.get((start.number() + attempt) % engines.size());
    var path = "/api/v3/workflows/" + start.workflowId() + "/versions/latest/actions/start";
    var answer =
        post(
            engine.resolve(path),
            Map.of("initiator", Map.of("type", "manual"), "request_id", start.requestId()));
    if (answer == null || answer.status() >= 500 || answer.status() == 429) {
      return false;
    }
    if (answer.status() / 100 != 2) {
      complaints.add("start %d was refused: %s".formatted(start.number(), answer));
      return false;
    }
    var body = json.readTree(answer.body());
    acks.append(
        new AckLog.Ack(
            start.workflowId(), start.requestId(), body.path("workflow_instance_id").asLong()));
    return true;
  }

  private record Answer(int status, String body) {}

  /** Null if there was none. */
  private @Nullable Answer post(URI uri, Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(ANSWER_TIMEOUT)
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
