package org.maestro.engine.api.instance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.service.json.StrictJson;
import org.maestro.service.problem.ProblemWriter;
import org.maestro.service.security.Caller;
import org.maestro.service.security.RequestGate;
import org.maestro.service.security.Role;

@Timeout(20)
class ReadGateTest {
  private static final String LIST = "/api/v3/workflows/w/instances";

  private final ReadGate gate =
      new ReadGate(1, Duration.ofMillis(100), new ProblemWriter(StrictJson.mapper()));
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch read = new CountDownLatch(1);

  @Test
  void whoReadsSlowlyTakesHalfOfThePlacesAndLeavesTheOthers() throws InterruptedException {
    var four = new ReadGate(4, Duration.ofMillis(100), new ProblemWriter(StrictJson.mapper()));
    var inside = new CountDownLatch(2);
    var slow = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      slow.add(
          Thread.ofPlatform().start(() -> pass(four, "greedy", new Answer(), untilRead(inside))));
    }
    assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

    var third = new Answer();
    pass(four, "greedy", third, (_, _) -> third.said.put("passed", true));
    assertThat(third.said).containsEntry("status", 503).doesNotContainKey("passed");
    assertThat(third.body.toString(StandardCharsets.UTF_8)).contains("your other answers");
    var modest = new Answer();
    pass(four, "modest", modest, (_, _) -> modest.said.put("passed", true));
    assertThat(modest.said).containsEntry("passed", true);

    read.countDown();
    for (var reader : slow) {
      reader.join();
    }
    pass(four, "greedy", third, (_, _) -> third.said.put("passed", true));
    assertThat(third.said).containsEntry("passed", true);
  }

  private FilterChain untilRead(CountDownLatch inside) {
    return (_, _) -> {
      inside.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void pass(ReadGate gate, String caller, Answer answer, FilterChain chain) {
    var request = request("GET", LIST);
    // Where the gate of all requests leaves who asks.
    request.setAttribute(
        RequestGate.class.getName() + ".caller", new Caller(caller, Set.of(Role.USER)));
    try {
      gate.doFilter(request, answer.response(), chain);
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
  }

  /** An answer that is being read until somebody says so. */
  private Thread slowReader() throws InterruptedException {
    var reader =
        Thread.ofPlatform()
            .start(() ->
                pass(
                    "GET",
                    LIST,
                    new Answer(),
                    (_, _) -> {
                      reading.countDown();
                      try {
                        read.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
    return reader;
  }

  private void pass(String method, String path, Answer answer, FilterChain chain) {
    try {
      gate.doFilter(request(method, path), answer.response(), chain);
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpServletRequest request(String method, String path) {
    var attributes = new HashMap<Object, Object>();
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ReadGateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (_, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getRequestURI" -> path;
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                  case "removeAttribute" -> attributes.remove(arguments[0]);
                  case "getDispatcherType" -> jakarta.servlet.DispatcherType.REQUEST;
                  default -> null;
                });
  }

  /** What a response was told. */
  private static final class Answer {
    private final Map<String, Object> said = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    HttpServletResponse response() {
      return (HttpServletResponse)
          Proxy.newProxyInstance(
              ReadGateTest.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (_, called, arguments) ->
                  switch (called.getName()) {
                    case "setHeader" -> said.put((String) arguments[0], arguments[1]);
                    case "setStatus" -> said.put("status", arguments[0]);
                    case "getOutputStream" -> stream();
                    default -> null;
                  });
    }

    private ServletOutputStream stream() {
      return new ServletOutputStream() {
        @Override
        public void write(int b) {
          body.write(b);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
      };
    }
  }

  @Test
  void whoFindsNoRoomForTooLongIsToldToComeAgain() throws InterruptedException {
    var slow = slowReader();
    var refused = new Answer();

    pass("GET", LIST, refused, (_, _) -> refused.said.put("passed", true));

    assertThat(refused.said)
        .containsEntry("status", 503)
        .containsEntry("Retry-After", "2")
        .doesNotContainKey("passed");
    assertThat(refused.body.toString(StandardCharsets.UTF_8)).contains("server-busy");
    read.countDown();
    slow.join();
    pass("GET", LIST, refused, (_, _) -> refused.said.put("passed", true));
    assertThat(refused.said).containsEntry("passed", true);
  }

  @Test
  void theHeadOfAnAnswerCostsAsMuchAsTheAnswer() throws InterruptedException {
    var slow = slowReader();
    var head = new Answer();
    pass("HEAD", LIST, head, (_, _) -> head.said.put("passed", true));
    assertThat(head.said).containsEntry("status", 503).doesNotContainKey("passed");
    read.countDown();
    slow.join();
  }

  @Test
  void actionsAndLogsAndOtherThingsNeverWait() throws InterruptedException {
    var slow = slowReader();
    for (var path :
        new String[] {
          "PUT " + LIST + "/1/actions/stop",
          "GET " + LIST + "/1/runs/1/steps/s/attempts/1/logs",
          "GET /api/v3/workflows/w/versions",
          "GET /actuator/health"
        }) {
      var answer = new Answer();
      var parts = path.split(" ");
      pass(parts[0], parts[1], answer, (_, _) -> answer.said.put("passed", true));
      assertThat(answer.said).as(path).containsEntry("passed", true);
    }
    read.countDown();
    slow.join();
  }

  @Test
  void aLargerHeapTakesMoreAtATime() {
    assertThat(ReadGate.answersIn(512L << 20)).isEqualTo(4);
    assertThat(ReadGate.answersIn(64L << 20)).isEqualTo(2);
    assertThat(ReadGate.answersIn(64L << 30)).isEqualTo(200);
  }
}
