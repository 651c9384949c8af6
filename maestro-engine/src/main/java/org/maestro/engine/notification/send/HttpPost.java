package org.maestro.engine.notification.send;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to an address that the operator has given. Follows no redirects, goes by the status
 * alone, whatever the answer says besides, and gives up after a time that holds for all of it.
 * Nothing it says names the address, which may be a secret.
 */
final class HttpPost {
  private static final int OK = 200;
  private static final int REDIRECTS = 300;
  private static final int BAD = 400;
  private static final int GONE = 410;

  private final HttpClient http;
  private final Duration timeout;

  HttpPost(HttpClient http, Duration timeout) {
    this.http = http;
    this.timeout = timeout;
  }

  Delivery send(URI url, Map<String, String> headers, byte[] body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "maestro")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    var answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try {
      var status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      letGo(status.body());
      return verdict(status);
    } catch (ExecutionException e) {
      return e.getCause() instanceof HttpTimeoutException
          ? timedOut()
          : Delivery.NotTaken.forNow("expected an answer, found " + words(e.getCause()));
    } catch (TimeoutException _) {
      return timedOut();
    } finally {
      answer.cancel(true);
    }
  }

  private static void letGo(InputStream body) {
    try {
      body.close();
    } catch (IOException _) {
      // nobody reads it
    }
  }

  private Delivery timedOut() {
    return Delivery.NotTaken.forNow(
        "expected an answer within %d ms, found none".formatted(timeout.toMillis()));
  }

  private static String words(@Nullable Throwable thrown) {
    if (!(thrown instanceof IOException)) {
      return "a failure of ours: " + (thrown == null ? "none" : thrown.getClass().getSimpleName());
    }
    var message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static Delivery verdict(HttpResponse<?> answer) {
    var status = answer.statusCode();
    if (status >= OK && status < REDIRECTS) {
      return new Delivery.Taken();
    }
    var why =
        status >= REDIRECTS && status < BAD
            ? "expected status 2xx, found %d; redirects are not followed".formatted(status)
            : "expected status 2xx, found %d".formatted(status);
    return new Delivery.NotTaken(
        why,
        status == GONE,
        answer.headers().firstValue("Retry-After").map(HttpPost::seconds).orElse(null));
  }

  private static @Nullable Long seconds(String text) {
    try {
      return Math.clamp(Long.parseLong(text.strip()), 0L, 86_400L) * 1_000;
    } catch (NumberFormatException _) {
      return null; // a date; our own pauses do
    }
  }
}
