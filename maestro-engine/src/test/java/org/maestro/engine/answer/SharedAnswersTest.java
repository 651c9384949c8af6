package org.maestro.engine.answer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Checks;
import org.maestro.service.security.OwnerPolicy;
import org.maestro.service.security.RememberedPolicy;
import org.maestro.service.security.Role;

@Timeout(20)
class SharedAnswersTest {
  private static final String RUN = "/api/v3/workflows/w/instances/1/runs/1";
  private static final Caller ANN = new Caller("ann", Set.of(Role.USER));
  private static final Caller BOB = new Caller("bob", Set.of(Role.USER));
  private static final Caller NOBODY = new Caller("nobody", Set.of());

  private static final AccessPolicy POLICY =
      new RememberedPolicy(new OwnerPolicy(_ -> Set.of(Role.USER)));

  private final AtomicLong now = new AtomicLong(1);
  private final List<Long> pauses = new ArrayList<>();
  private final SharedAnswers answers = new SharedAnswers(1, now::get, pauses::add);
  private final AtomicInteger readings = new AtomicInteger();

  /** What the routes behind do: ask whether it is allowed, then answer. */
  private FilterChain reads(String text) {
    return (request, response) -> {
      var caller = TestExchange.callerOf(request);
      POLICY.require(caller, Access.READ, "w", "ann");
      readings.incrementAndGet();
      response.setContentType("application/json");
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    };
  }

  private TestExchange get(
      Caller caller, String path, Map<String, String> headers, FilterChain to) {
    var exchange = new TestExchange(caller, "GET", path, headers);
    try {
      answers.doFilter(exchange.request(), exchange.response(), to);
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
    return exchange;
  }

  @Test
  void whoAsksLaterHasAReadingOfHisOwn() {
    assertThat(get(ANN, RUN, Map.of(), reads("1")).text()).isEqualTo("1");
    assertThat(get(BOB, RUN, Map.of(), reads("2")).text()).isEqualTo("2");
    assertThat(readings).hasValue(2);
  }

  @Test
  void thoseWhoWaitForAReadingShareTheNextOne() throws InterruptedException {
    var first = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var one =
        Thread.ofPlatform()
            .start(() ->
                get(
                    ANN,
                    RUN,
                    Map.of(),
                    (request, response) -> {
                      first.countDown();
                      await(goOn);
                      reads("old").doFilter(request, response);
                    }));
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    var others = new ArrayList<Thread>();
    var texts = ConcurrentHashMap.<String>newKeySet();
    for (int i = 0; i < 10; i++) {
      others.add(
          Thread.ofPlatform().start(() -> texts.add(get(BOB, RUN, Map.of(), reads("new")).text())));
    }
    for (var other : others) {
      while (other.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    goOn.countDown();
    one.join();
    for (var other : others) {
      other.join();
    }
    assertThat(texts).as("nobody has an answer from before he asked").containsExactly("new");
    assertThat(readings).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void metricsArePutTogetherOnceASecond() {
    var scrape = "/actuator/prometheus";
    FilterChain metrics =
        (_, response) -> {
          readings.incrementAndGet();
          response.getWriter().write("up 1");
        };
    get(ANN, scrape, Map.of(), metrics);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(900));
    assertThat(get(ANN, scrape, Map.of(), metrics).text()).isEqualTo("up 1");
    assertThat(readings).hasValue(1);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
    get(ANN, scrape, Map.of(), metrics);
    assertThat(readings).hasValue(2);
  }

  @Test
  void aSharedAnswerIsForThoseAloneToWhomTheSameIsAllowed() {
    var reading = new Reading();
    var checks = checks(ANN);
    reading.ended(new Reading.Result(2, 0, new Answer(new byte[0], null), checks, null), 0, 0);
    assertThat(reading.since(1, 0, 0, BOB)).isNotNull();
    assertThat(reading.since(1, 0, 0, NOBODY)).isNull();
    assertThat(reading.since(2, 0, 0, BOB)).as("it began before he asked").isNull();
    assertThat(checks(NOBODY).canBeShared()).isFalse();
  }

  private static Checks checks(Caller caller) {
    try {
      return Checks.during(
          caller,
          () -> {
            try {
              POLICY.require(caller, Access.READ, "w", "ann");
            } catch (ApiException _) {
              // Left out of the answer.
            }
          });
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoHasTheAnswerAlreadyIsToldSo() {
    var tag = get(ANN, RUN, Map.of(), reads("1")).header("ETag");
    var again = get(ANN, RUN, Map.of("If-None-Match", tag), reads("1"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
    var other = get(ANN, RUN, Map.of("If-None-Match", tag), reads("2"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text()).isEqualTo("2");
  }

  @Test
  void anAnswerIsCompressedForThoseWhoTakeIt() throws IOException {
    var text = "{\"steps\":0}".repeat(1_000);
    assertThat(get(ANN, RUN, Map.of(), reads(text)).text()).isEqualTo(text);
    assertThat(get(ANN, RUN, Map.of("Accept-Encoding", "gzip;q=0"), reads(text)).text())
        .isEqualTo(text);
    var small = get(ANN, RUN, Map.of("Accept-Encoding", "br, gzip"), reads(text));
    assertThat(small.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(small.bytes().length).isLessThan(text.length() / 10);
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(small.bytes()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void aLargeAnswerIsSharedAmongThoseWhoTakeItCompressed() throws IOException {
    var text = "x".repeat(300_000);
    var answer = get(ANN, RUN, Map.of("Accept-Encoding", "gzip"), reads(text));
    assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void aLargeAnswerGoesOnAsItComesToThoseWhoDoNot() {
    var text = "x".repeat(300_000);
    var answer = get(ANN, RUN, Map.of(), reads(text));
    assertThat(answer.text()).isEqualTo(text);
    assertThat(answer.header("ETag")).isNull();
    assertThat(get(ANN, RUN, Map.of(), reads("small by now")).text()).isEqualTo("small by now");
    assertThat(
            get(ANN, RUN, Map.of("Accept-Encoding", "gzip"), reads("y".repeat(2_000_000))).text())
        .hasSize(2_000_000);
  }

  @Test
  void refusalsAreEachHisOwn() {
    FilterChain refuses =
        (_, response) -> {
          ((HttpServletResponse) response).setStatus(404);
          response.getOutputStream().write('n');
        };
    var refused = get(ANN, RUN, Map.of(), refuses);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text()).isEqualTo("n");
    assertThat(refused.header("ETag")).isNull();
    assertThat(get(ANN, RUN, Map.of(), reads("1")).text()).isEqualTo("1");
  }

  @Test
  void readingsForManyTakeATwentiethOfTheTime() {
    FilterChain slow =
        (request, response) -> {
          reads("1").doFilter(request, response);
          now.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
        };
    for (int i = 0; i < 3; i++) {
      get(ANN, RUN, Map.of(), slow);
    }
    assertThat(pauses).as("three ask").isEmpty();
    get(BOB, RUN, Map.of(), slow);
    assertThat(pauses).as("four ask").containsExactly(TimeUnit.MILLISECONDS.toNanos(200));
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));
    get(BOB, RUN, Map.of(), slow);
    assertThat(pauses).as("the others have gone").hasSize(1);
  }

  @Test
  void whatManyAskForIsReadOneAfterTheOther() throws InterruptedException {
    var other = "/api/v3/workflows/w/instances/2/runs/1";
    for (int i = 0; i < 4; i++) {
      get(ANN, RUN, Map.of(), reads("1"));
      get(ANN, other, Map.of(), reads("2"));
    }
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var first =
        Thread.ofPlatform()
            .start(() ->
                get(
                    ANN,
                    RUN,
                    Map.of(),
                    (_, _) -> {
                      inside.countDown();
                      await(goOn);
                    }));
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    var began = readings.get();
    var second = Thread.ofPlatform().start(() -> get(ANN, other, Map.of(), reads("2")));
    while (second.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(readings).hasValue(began);
    assertThat(get(ANN, "/api/v3/failures", Map.of(), reads("3")).text())
        .as("he who asks alone waits for nobody")
        .isEqualTo("3");
    goOn.countDown();
    first.join();
    second.join();
    assertThat(readings).hasValue(began + 2);
  }

  @Test
  void onlyWhatIsReadIsShared() {
    for (var path : List.of(RUN + "/steps/s/attempts/1/logs", "/api/v3/stream", "/api/v3/info")) {
      assertThat(get(ANN, path, Map.of(), reads("1")).header("ETag")).as(path).isNull();
    }
    var put = new TestExchange(ANN, "PUT", RUN, Map.of());
    assertThat(SharedAnswers.isShared(put.request())).isFalse();
  }
}
