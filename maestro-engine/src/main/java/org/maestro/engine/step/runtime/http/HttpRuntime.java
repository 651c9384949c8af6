package org.maestro.engine.step.runtime.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.http.GuardedResolver.RefusedAddressException;
import org.maestro.engine.step.runtime.http.HttpCall.InvalidCallException;
import org.maestro.engine.step.runtime.http.StateExpression.InvalidExpressionException;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.secret.Granted;
import org.maestro.engine.step.runtime.secret.SecretException;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs Http steps: sends the request of the parameter {@code http} ({@code url}, {@code method},
 * {@code headers}, {@code body}) and turns the response into a report. 2xx completes the step, 4xx
 * fails it for good, any other status is a user failure; {@code state_expr} overrides that and may
 * say CONTINUE to have the same request repeated later. No connection, or no whole response in
 * time, is a platform failure.
 *
 * <p>Requests are made <b>at least once</b>: after a crash {@link #attach} can't know whether the
 * first request arrived and sends it again. Every request of one attempt carries the header {@code
 * Idempotency-Key} with the attempt's uuid, unless the step sets its own, so that the server can
 * tell.
 *
 * <p>Only allow-listed hosts, only permitted addresses at the moment of connecting, no redirects,
 * cookies, proxies or ambient credentials, and no decompression. Each request waits on a virtual
 * thread.
 */
public final class HttpRuntime implements StepRuntime, AutoCloseable {
  private static final int ROOM_KIB = 32 << 10;

  /** Answers up to here never wait. */
  private static final int SMALL_KIB = 16;

  /** What an artifact shows of an answer that is an output as well. */
  private static final int SHOWN = 10_000;

  private static final int SECRET_READS = 4;
  private static final Set<String> SECRET_PLACES = Set.of("http.headers", "http.body");

  private final HttpSettings settings;
  private final AllowList allowList;
  private final StateExpression stateExpression;
  private final Secrets secrets;
  private final StepReporter reporter;
  private final JsonMapper json;
  private final InstantSource clock;
  private final CloseableHttpClient client;
  private final Semaphore slots;

  /** KiB of long answers that are being read, or have not been taken over by their shards. */
  private final Semaphore room = new Semaphore(ROOM_KIB, true);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService secretReads =
      Executors.newFixedThreadPool(
          SECRET_READS, Thread.ofPlatform().daemon().name("maestro-http-secrets-", 0).factory());
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();

  public HttpRuntime(
      HttpSettings settings,
      NameResolver resolver,
      StateExpression stateExpression,
      Secrets secrets,
      StepReporter reporter,
      JsonMapper json,
      InstantSource clock) {
    this.settings = settings;
    this.allowList = new AllowList(settings.allowList());
    this.stateExpression = stateExpression;
    this.secrets = secrets;
    this.reporter = reporter;
    this.json = json;
    this.clock = clock;
    this.client = client(settings, new GuardedResolver(resolver, allowList));
    this.slots = new Semaphore(settings.maxConcurrent(), true);
    timer.setRemoveOnCancelPolicy(true);
  }

  private static CloseableHttpClient client(HttpSettings settings, GuardedResolver resolver) {
    var requestTimeout = Timeout.of(settings.requestTimeout());
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setMaxConnTotal(settings.maxConcurrent())
            .setMaxConnPerRoute(settings.maxConcurrent())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(requestTimeout)
                    .build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(requestTimeout).build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setConnectionReuseStrategy((_, _, _) -> false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(requestTimeout)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("Maestro")
        .setRoutePlanner(new DefaultRoutePlanner(null))
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .build();
  }

  @Override
  public Set<StepType> types() {
    return Set.of(StepType.HTTP);
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return secrets.problems(step, HttpCall.problems(step, this::refuseUnlistedHost));
  }

  @Override
  public void launch(Launch launch) {
    var exchange = new Exchange(launch);
    if (exchanges.putIfAbsent(launch.attempt().uuid(), exchange) == null) {
      threads.execute(() -> {
        reporter.report(launch.attempt(), new JobStarted(Map.of()));
        if (Secrets.areNamedIn(launch)) {
          grantAndSend(exchange);
        } else {
          send(exchange);
        }
      });
    }
  }

  /** Follows the request if this process sent it and it has not ended; else sends it (again). */
  @Override
  public void attach(Launch launch) {
    launch(launch);
  }

  @Override
  public void terminate(AttemptRef attempt) {
    var exchange = exchanges.remove(attempt.uuid());
    if (exchange != null) {
      exchange.cancel();
    }
    reporter.report(attempt, new JobTerminated());
  }

  /** Files are read, and servers asked, by a thread that may wait for them. */
  private void grantAndSend(Exchange exchange) {
    secretReads.execute(() -> {
      try {
        exchange.granted = secrets.grant(exchange.launch);
        threads.execute(() -> send(exchange));
      } catch (SecretException e) {
        var kind = e instanceof SecretException.Refused ? Kind.FATAL : Kind.PLATFORM;
        end(exchange, new JobFailed(kind, text(e), Map.of()));
      } catch (RejectedExecutionException e) {
        // Closed: the next engine attaches.
      }
    });
  }

  private void send(Exchange exchange) {
    HttpCall call;
    try {
      var launch = exchange.granted.handOver(exchange.launch, SECRET_PLACES);
      call = HttpCall.of(launch.params(), json);
      refuseUnlistedHost(call.url());
    } catch (InvalidCallException | InvalidJobException e) {
      end(exchange, new JobFailed(Kind.FATAL, text(e), Map.of()));
      return;
    }
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      judge(exchange, call, receive(exchange, call));
    } catch (RefusedAddressException e) {
      end(exchange, failed(Kind.FATAL, text(e), call));
    } catch (TooLongException e) {
      end(exchange, failed(Kind.USER, text(e), call));
    } catch (IOException | HttpException e) {
      end(exchange, failed(Kind.PLATFORM, exchange.why(e, settings), call));
    } catch (InvalidExpressionException e) {
      end(exchange, failed(Kind.USER, "state_expr: " + text(e), call));
    } finally {
      room.release(exchange.leaveRoom());
      slots.release();
    }
  }

  private void refuseUnlistedHost(URI url) {
    if (!allowList.allowsHost(url.getHost(), HttpCall.portOf(url))) {
      throw new InvalidCallException(
          "host \"%s:%d\" isn't in maestro.step.http.allow-list%s; ask the operator to add it"
              .formatted(
                  url.getHost(),
                  HttpCall.portOf(url),
                  allowList.isEmpty() ? ", which is empty and so refuses every host" : ""));
    }
  }

  private Answer receive(Exchange exchange, HttpCall call) throws IOException, HttpException {
    var request = new HttpUriRequestBase(call.method(), call.url());
    call.headers().forEach(request::setHeader);
    if (!call.hasHeader("Idempotency-Key")) {
      request.setHeader("Idempotency-Key", exchange.launch.attempt().uuid());
    }
    if (call.body() != null) {
      request.setEntity(
          new StringEntity(
              call.body(), call.hasHeader("Content-Type") ? null : ContentType.APPLICATION_JSON));
    }
    exchange.sending(request);
    var target =
        new HttpHost(call.url().getScheme(), call.url().getHost(), HttpCall.portOf(call.url()));
    var deadline =
        timer.schedule(
            exchange::timeOut, settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    try (ClassicHttpResponse response = client.executeOpen(target, request, null)) {
      var kib = kibOf(response.getEntity());
      if (kib > SMALL_KIB) {
        deadline.cancel(false); // that others are busy is not the server's fault
        room.acquire(kib);
        exchange.takeRoom(kib);
        deadline =
            timer.schedule(
                exchange::timeOut, settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      }
      return new Answer(response.getCode(), body(request, response.getEntity()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine ends");
    } finally {
      deadline.cancel(false);
    }
  }

  /** How much an answer may have; as much as is permitted, if it doesn't say. */
  private int kibOf(@Nullable HttpEntity entity) {
    var limit = settings.maxResponseBytes();
    var length = entity == null ? 0 : entity.getContentLength();
    var bytes = length < 0 ? limit : Math.min(length, limit);
    return (int) Math.min(ROOM_KIB, (bytes >> 10) + 1);
  }

  private String body(HttpUriRequestBase request, @Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    var limit = settings.maxResponseBytes();
    // Neither the stream nor the entity is closed: closing would read the rest of a long body.
    var bytes =
        entity.getContentLength() > limit ? null : entity.getContent().readNBytes(limit + 1);
    if (bytes == null || bytes.length > limit) {
      request.cancel();
      throw new TooLongException(
          "the response is longer than %,d bytes; have it stored and return where"
              .formatted(limit));
    }
    // PostgreSQL's text and jsonb can't hold NUL.
    return new String(bytes, charset(entity)).replace('\0', '\uFFFD');
  }

  private static Charset charset(HttpEntity entity) {
    var type = ContentType.parseLenient(entity.getContentType());
    return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
  }

  private void judge(Exchange exchange, HttpCall call, Answer answer) {
    var artifacts = artifacts(call, answer, answer.body);
    switch (verdict(exchange.launch, answer)) {
      case DONE ->
          end(
              exchange,
              new JobCompleted(outputs(answer), artifacts(call, answer, shown(answer.body))));
      case USER_ERROR -> end(exchange, new JobFailed(Kind.USER, message(call, answer), artifacts));
      case PLATFORM_ERROR ->
          end(exchange, new JobFailed(Kind.PLATFORM, message(call, answer), artifacts));
      case FATAL_ERROR ->
          end(exchange, new JobFailed(Kind.FATAL, message(call, answer), artifacts));
      case CONTINUE ->
          exchange.waiting(
              timer.schedule(
                  () -> threads.execute(() -> sendUnlessEnded(exchange)),
                  settings.pollDelay().toMillis(),
                  TimeUnit.MILLISECONDS));
    }
  }

  private void sendUnlessEnded(Exchange exchange) {
    if (exchanges.get(exchange.launch.attempt().uuid()) == exchange) {
      send(exchange);
    }
  }

  private HttpVerdict verdict(Launch launch, Answer answer) {
    if (!(launch.params().get("state_expr") instanceof String source) || source.isBlank()) {
      return HttpVerdict.of(answer.statusCode);
    }
    var names = new LinkedHashMap<String, @Nullable Object>();
    launch.params().forEach((name, value) -> names.put(name, SecretText.plain(value)));
    names.put("status_code", (long) answer.statusCode);
    names.put("response_body", answer.body);
    var result = String.valueOf(stateExpression.evaluate(source, names));
    return Arrays.stream(HttpVerdict.values())
        .filter(verdict -> verdict.name().equals(result))
        .findFirst()
        .orElseThrow(() ->
            new InvalidExpressionException(
                "expected one of %s, found \"%s\""
                    .formatted(Arrays.toString(HttpVerdict.values()), shortened(result))));
  }

  private Map<String, Param> outputs(Answer answer) {
    var now = clock.millis();
    return Map.of(
        "status_code",
        Param.literal(ParamType.LONG, (long) answer.statusCode)
            .evaluated((long) answer.statusCode, now),
        "response_body",
        Param.literal(ParamType.STRING, answer.body).evaluated(answer.body, now));
  }

  /** A long answer is kept once: as the param that it is. */
  private static String shown(String body) {
    return body.length() <= SHOWN
        ? body
        : body.substring(0, SHOWN)
            + "… (%,d characters; all of them are in the param response_body)"
                .formatted(body.length());
  }

  private static Map<String, Object> artifacts(HttpCall call, Answer answer, String body) {
    var status = HttpStatus.resolve(answer.statusCode);
    var artifact = artifact(call);
    artifact.put("status", status == null ? "UNKNOWN" : status.name());
    artifact.put("status_code", answer.statusCode);
    artifact.put("body", body);
    return Map.of("maestro_http", artifact);
  }

  private static Map<String, Object> artifact(HttpCall call) {
    var artifact = new LinkedHashMap<String, Object>();
    artifact.put("type", "HTTP");
    artifact.put("request", call.shown());
    return artifact;
  }

  private static JobFailed failed(Kind kind, String message, HttpCall call) {
    return new JobFailed(kind, message, Map.of("maestro_http", artifact(call)));
  }

  private static String message(HttpCall call, Answer answer) {
    return "%s %s answered with status %d: %s"
        .formatted(call.method(), call.url(), answer.statusCode, shortened(answer.body));
  }

  private static String shortened(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "…";
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** Reports unless the exchange was terminated first. */
  private void end(Exchange exchange, StepReport report) {
    if (exchanges.remove(exchange.launch.attempt().uuid(), exchange)) {
      reporter.report(exchange.launch.attempt(), exchange.granted.masked(report));
    }
  }

  /** Drops what is in flight without a report: the next engine attaches to it. */
  @Override
  public void close() throws IOException {
    exchanges.values().forEach(Exchange::cancel);
    exchanges.clear();
    timer.shutdownNow();
    threads.shutdownNow();
    secretReads.shutdownNow();
    client.close();
  }

  private record Answer(int statusCode, String body) {}

  private static final class TooLongException extends IOException {
    TooLongException(String message) {
      super(message);
    }
  }

  /** One attempt's request: the one on its way, or the wait for the next. */
  private static final class Exchange {
    private final Launch launch;
    private int roomKib;
    private boolean cancelled;
    private boolean timedOut;
    private @Nullable HttpUriRequestBase request;
    private @Nullable Future<?> next;
    private volatile Granted granted = Granted.NONE;

    Exchange(Launch launch) {
      this.launch = launch;
    }

    synchronized void takeRoom(int kib) {
      roomKib = kib;
    }

    synchronized int leaveRoom() {
      var kib = roomKib;
      roomKib = 0;
      return kib;
    }

    synchronized void sending(HttpUriRequestBase request) {
      this.request = request;
      if (cancelled) {
        request.cancel();
      }
    }

    synchronized void waiting(Future<?> next) {
      this.next = next;
      if (cancelled) {
        next.cancel(false);
      }
    }

    synchronized void timeOut() {
      timedOut = true;
      if (request != null) {
        request.cancel();
      }
    }

    synchronized void cancel() {
      cancelled = true;
      if (request != null) {
        request.cancel();
      }
      if (next != null) {
        next.cancel(false);
      }
    }

    synchronized String why(Exception e, HttpSettings settings) {
      return timedOut || e instanceof InterruptedIOException
          ? "no whole response within " + settings.requestTimeout().toSeconds() + " s"
          : "no response: " + e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  /** The resolver of this machine. */
  public static NameResolver systemResolver() {
    return InetAddress::getAllByName;
  }
}
