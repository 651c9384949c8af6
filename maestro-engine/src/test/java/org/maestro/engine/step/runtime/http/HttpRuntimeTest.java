package org.maestro.engine.step.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;
import tools.jackson.databind.json.JsonMapper;

/** Against a real server on this machine. */
class HttpRuntimeTest {
  private static final String SECRET = "sesame-open-up";

  private Secrets secrets = new Secrets(SecretSettings.NONE, Map.of());
  private RecordedReports reports = new RecordedReports();
  private final BlockingQueue<HttpExchange> requests = new LinkedBlockingQueue<>();
  private HttpServer server;
  private HttpRuntime runtime;
  private NameResolver names = HttpRuntime.systemResolver();
  private StateExpression stateExpression = (_, _) -> "DONE";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    if (runtime != null) {
      runtime.close();
    }
  }

  @Test
  void lettersBeyondAsciiInAUrlAreSentAsUtf8() throws Exception {
    answer("/", 200, "fine");
    var launch = launch(Map.of("url", url("/報告/été?stadt=Zürich&x=%C3%A9+1#🚀")));
    start().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(requests.take().getRequestURI())
        .hasToString("/%E5%A0%B1%E5%91%8A/%C3%A9t%C3%A9?stadt=Z%C3%BCrich&x=%C3%A9+1");
  }

  @Test
  void lettersThatHeadersCantHoldFailTheStep() throws Exception {
    var launch = launch(Map.of("url", url("/ok"), "headers", Map.of("X-City", "東京")));
    start().launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .asInstanceOf(InstanceOfAssertFactories.type(JobFailed.class))
        .satisfies(failed ->
            assertThat(failed.message()).contains("\"X-City\"").contains("percent-encode it"));
    assertThat(requests).isEmpty();
  }

  @Test
  void aResponseBecomesOutputParametersAndAnArtifact() throws Exception {
    answer("/ok", 200, "fine");
    var launch =
        launch(
            Map.of(
                "url",
                url("/ok"),
                "method",
                "post",
                "headers",
                Map.of("Authorization", "Bearer secret", "X-Kind", "test"),
                "body",
                "{\"a\":1}"));
    start().launch(launch);

    var end = (JobCompleted) reports.awaitEnd(launch.attempt());
    assertThat(end.outputs().get("status_code").evaluatedResult()).isEqualTo(200L);
    assertThat(end.outputs().get("response_body").evaluatedResult()).isEqualTo("fine");
    assertThat(end.artifacts().get("maestro_http"))
        .isEqualTo(
            Map.of(
                "type",
                "HTTP",
                "request",
                Map.of(
                    "method",
                    "POST",
                    "url",
                    url("/ok"),
                    "headers",
                    Map.of("Authorization", "***", "X-Kind", "test"),
                    "body",
                    "{\"a\":1}"),
                "status",
                "OK",
                "status_code",
                200,
                "body",
                "fine"));
    var request = requests.take();
    assertThat(request.getRequestMethod()).isEqualTo("POST");
    assertThat(request.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer secret");
    assertThat(request.getRequestHeaders().getFirst("Idempotency-Key"))
        .isEqualTo(launch.attempt().uuid());
  }

  @ParameterizedTest
  @CsvSource({"404,FATAL", "400,FATAL", "500,USER", "503,USER", "302,USER"})
  void aStatusDecidesWhoseFaultItIs(int status, Kind kind) throws Exception {
    answer("/status", status, "sorry");
    var launch = get("/status");
    start().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(kind);
    assertThat(failure(launch).message()).contains("status " + status).contains("sorry");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    answer("/inside", 200, "secret");
    server.createContext(
        "/redirect",
        exchange -> {
          exchange.getResponseHeaders().set("Location", url("/inside"));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    var launch = get("/redirect");
    start().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.USER);
    assertThat(requests).isEmpty();
  }

  @Test
  void aConnectionThatIsRefusedIsAPlatformFailure() throws Exception {
    server.stop(0);
    var launch = get("/gone");
    start().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
  }

  @Test
  void aResponseThatTricklesEndsWithTheTimeOut() throws Exception {
    var release = new CountDownLatch(1);
    server.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          awaitQuietly(release);
        });
    var launch = get("/slow");
    start(settings(Duration.ofMillis(300), Duration.ofSeconds(5))).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
    assertThat(failure(launch).message()).contains("no whole response within");
    release.countDown();
  }

  @Test
  void aResponseOfAGigabyteIsCutOff() throws Exception {
    var sent = new AtomicLong();
    server.createContext(
        "/huge",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var block = new byte[65_536];
          try (var body = exchange.getResponseBody()) {
            for (var i = 0; i < 16_384; i++) {
              body.write(block);
              sent.addAndGet(block.length);
            }
          }
        });
    var launch = get("/huge");
    start().launch(launch);

    assertThat(failure(launch).message()).contains("longer than 1,048,576 bytes");
    assertThat(sent.get()).isLessThan(100L << 20);
  }

  @Test
  void terminatingCancelsTheRequest() throws Exception {
    var release = new CountDownLatch(1);
    server.createContext(
        "/hang",
        exchange -> {
          requests.add(exchange);
          awaitQuietly(release);
        });
    var launch = get("/hang");
    start().launch(launch);
    requests.take();
    runtime.terminate(launch.attempt());

    assertThat(reports.awaitEnd(launch.attempt())).isEqualTo(new JobTerminated());
    release.countDown();
  }

  @Test
  void aStateExpressionMayHaveTheRequestRepeated() throws Exception {
    answer("/job", 202, "working");
    var asked = new AtomicInteger();
    stateExpression =
        (source, seen) -> {
          assertThat(source).isEqualTo("the source");
          assertThat(seen)
              .containsEntry("status_code", 202L)
              .containsEntry("response_body", "working");
          return asked.incrementAndGet() < 3 ? "CONTINUE" : "PLATFORM_ERROR";
        };
    var launch = launch(Map.of("url", url("/job")), "the source");
    start(settings(Duration.ofSeconds(30), Duration.ofMillis(20))).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
    assertThat(requests).hasSize(3);
  }

  @Test
  void aStateExpressionWithAnotherResultIsAUserFailure() throws Exception {
    answer("/job", 200, "ok");
    stateExpression = (_, _) -> "PERHAPS";
    var launch = launch(Map.of("url", url("/job")), "x");
    start().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.USER);
    assertThat(failure(launch).message()).contains("DONE").contains("PERHAPS");
  }

  @Test
  void anEmptyAllowListRefusesEverythingAndSaysSo() throws Exception {
    var launch = get("/ok");
    start(HttpSettings.allowing()).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
    assertThat(failure(launch).message()).contains("maestro.step.http.allow-list", "empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://127.1/",
        "http://[::]/",
        "http://[::1]/",
        "http://localhost./",
        "http://allowed.example@evil.example/",
        "http://evil.example#allowed.example",
        "http://evil.example?allowed.example",
        "http://allowed.example.evil.example/",
        "http://allowed\u3002example/",
        "http://allowed.example\\@evil.example/",
        "file:///etc/passwd",
        "gopher://allowed.example/",
        "jar:http://allowed.example!/",
        "dict://allowed.example:11211/",
        "//allowed.example/",
        "allowed.example"
      })
  void aUrlThatMeansAnotherPlaceIsRefused(String url) throws Exception {
    names =
        host -> {
          throw new AssertionError("looked up " + host);
        };
    var launch = launch(Map.of("url", url));
    start(HttpSettings.allowing("allowed.example", "localhost")).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "::ffff:10.0.0.1"
      })
  void anAllowedNameThatLeadsInsideIsRefused(String address) throws Exception {
    names = _ -> new InetAddress[] {InetAddress.ofLiteral(address)};
    var launch = launch(Map.of("url", "http://allowed.example/"));
    start(HttpSettings.allowing("allowed.example", "*")).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
    assertThat(failure(launch).message()).contains("isn't a public address");
  }

  @Test
  void aNameThatChangesItsAddressGainsNothing() throws Exception {
    answer("/ok", 200, "inside");
    var lookups = new AtomicInteger();
    names =
        _ ->
            new InetAddress[] {
              InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "192.0.32.7" : "127.0.0.1")
            };
    var resolver = new GuardedResolver(names, new AllowList(List.of("rebind.example")));
    assertThat(resolver.resolve("rebind.example", 80)).hasSize(1);
    var launch = launch(Map.of("url", "http://rebind.example:" + port() + "/ok"));
    start(HttpSettings.allowing("rebind.example")).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
    assertThat(requests).isEmpty();
  }

  @Test
  void aNameThatLeadsToAnAllowedAddressIsCalled() throws Exception {
    answer("/ok", 200, "hello");
    names = _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
    var launch = launch(Map.of("url", "http://service.example:" + port() + "/ok"));
    start(HttpSettings.allowing("service.example", "127.0.0.1:" + port())).launch(launch);

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(requests.take().getRequestHeaders().getFirst("Host"))
        .isEqualTo("service.example:" + port());
  }

  @Test
  void aPortThatIsNotListedIsRefused() throws Exception {
    var launch = get("/ok");
    start(HttpSettings.allowing("127.0.0.1:1")).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
  }

  @Test
  void whatIsExcludedIsRefusedByWhateverNameItIsCalled() throws Exception {
    names = _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
    for (var host : List.of("127.0.0.1", "localhost", "service.example")) {
      reports = new RecordedReports();
      var launch = launch(Map.of("url", "http://" + host + ":" + port() + "/ok"));
      start(HttpSettings.allowing("127.0.0.1", "localhost", "*", "!127.0.0.1:" + port()))
          .launch(launch);
      assertThat(failure(launch).kind()).as(host).isEqualTo(Kind.FATAL);
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void anUnknownHostIsAPlatformFailure() throws Exception {
    names =
        host -> {
          throw new UnknownHostException(host);
        };
    var launch = launch(Map.of("url", "http://nowhere.example/"));
    start(HttpSettings.allowing("nowhere.example")).launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
  }

  @ParameterizedTest
  @CsvSource({
    "'X-A\r\nX-B',1",
    "X-A,'1\r\nX-B: 2'",
    "X-A,'1\n2'",
    "Host,evil",
    "Content-Length,5",
    "Transfer-Encoding,chunked",
    "'X A',1"
  })
  void aHeaderThatBreaksOutIsRefused(String name, String value) throws Exception {
    answer("/ok", 200, "");
    var launch = launch(Map.of("url", url("/ok"), "headers", Map.of(name, value)));
    start().launch(launch);

    assertThat(failure(launch).kind()).isEqualTo(Kind.FATAL);
    assertThat(requests).isEmpty();
  }

  @Test
  void aSecondLaunchFindsTheFirst() throws Exception {
    var release = new CountDownLatch(1);
    server.createContext(
        "/once",
        exchange -> {
          requests.add(exchange);
          awaitQuietly(release);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    var launch = get("/once");
    start().launch(launch);
    requests.take();
    runtime.launch(launch);
    runtime.attach(launch);
    release.countDown();

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(requests).isEmpty();
    assertThat(reports.of(launch.attempt())).hasSize(2);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange);
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpSettings settings(Duration requestTimeout, Duration pollDelay) {
    return new HttpSettings(
        List.of("127.0.0.1"), Duration.ofSeconds(5), requestTimeout, 1 << 20, 100, pollDelay);
  }

  @Test
  void aSecretIsSentAndNeverToldOf() throws Exception {
    secrets =
        new Secrets(
            new SecretSettings(
                Map.of(
                    "crm",
                    new SecretSettings.Scope(
                        List.of("owner"), List.of(), "CRM", null, null, null))),
            Map.of("CRM_TOKEN", SECRET));
    answer("/echo", 200, "you are " + SECRET + " or " + "c2VzYW1lLW9wZW4tdXA=");
    var launch =
        launch(
            Map.of(
                "url",
                url("/echo"),
                "method",
                "post",
                "headers",
                Map.of("X-Kind", new SecretText("Bearer ${secret://crm/token}")),
                "body",
                Map.of("password", new SecretText("${secret://crm/token}"))));
    start().launch(launch);

    var end = (JobCompleted) reports.awaitEnd(launch.attempt());
    assertThat(end.outputs().get("response_body").evaluatedResult())
        .isEqualTo("you are *** or ***");
    assertThat(end.toString())
        .contains("Bearer ***", "{\"password\":\"***\"}")
        .doesNotContain(SECRET);
    var request = requests.take();
    assertThat(request.getRequestHeaders().getFirst("X-Kind")).isEqualTo("Bearer " + SECRET);
  }

  @Test
  void aSecretThatCantBeHadOrHasNoBusinessThereFailsTheStepWithItsName() throws Exception {
    var nowhere =
        launch(Map.of("url", url("/x"), "headers", Map.of("A", new SecretText("${secret://a/b}"))));
    start().launch(nowhere);
    assertThat(failure(nowhere).kind()).isEqualTo(Kind.FATAL);
    assertThat(failure(nowhere).message())
        .startsWith("${secret://a/b}: there is no scope \"a\" here; ask the operator");
  }

  private HttpRuntime start() {
    return start(settings(Duration.ofSeconds(30), Duration.ofSeconds(5)));
  }

  private HttpRuntime start(HttpSettings settings) {
    runtime =
        new HttpRuntime(
            settings,
            names,
            stateExpression,
            secrets,
            reports,
            JsonMapper.builder().build(),
            InstantSource.fixed(Instant.EPOCH));
    return runtime;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private Launch get(String path) {
    return launch(Map.of("url", url(path)));
  }

  private static Launch launch(Map<String, Object> http) {
    return new Launch(attempt(), StepType.HTTP, "owner", Map.of("http", http), null);
  }

  private static Launch launch(Map<String, Object> http, String stateExpression) {
    var params = new HashMap<String, Object>();
    params.put("http", http);
    params.put("state_expr", stateExpression);
    return new Launch(attempt(), StepType.HTTP, "owner", params, null);
  }

  private static AttemptRef attempt() {
    return new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString());
  }

  private JobFailed failure(Launch launch) throws InterruptedException {
    var end = reports.awaitEnd(launch.attempt());
    assertThat(end).isInstanceOf(JobFailed.class);
    return (JobFailed) end;
  }
}
