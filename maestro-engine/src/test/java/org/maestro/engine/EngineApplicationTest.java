package org.maestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.service.database.TestDatabase;

class EngineApplicationTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static TestEngine engine;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  @Test
  void itIsHealthy() {
    var health = engine.call("GET", "/actuator/health", null);
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.at("status")).isEqualTo("UP");
  }

  @Test
  void anUnknownRouteIsAProblem() {
    var answer = engine.call("GET", "/api/v3/nothing", null);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.at("code")).isEqualTo("no-such-route");
    assertThat(answer.at("status")).isEqualTo("NOT_FOUND");
  }

  @Test
  void pathsThatReadersReadDifferentlyAreRefused() {
    for (var path :
        new String[] {
          "/api/v3/workflows/a;b=c/overview",
          "/api/v3//workflows/a/overview",
          "/api/v3/workflows/a%2Fb/overview",
          "/api/v3/workflows/a%2e%2e/overview",
          "/api/v3/workflows/%2e%2e/overview",
          "/api/v3/workflows/a%00/overview",
          "/api/v3/workflows/a%5Cb/overview",
          "/api/v3/workflows/a%0Ab/overview",
          "/api/v3/workflows/a%25b/overview"
        }) {
      assertThat(engine.call("GET", path, null).status()).as(path).isIn(400, 404);
    }
  }

  @Test
  void inDevelopmentModeOtherHostsAndOriginsAreRefused() {
    var elsewhere =
        engine.call(
            "GET", "/actuator/health", null, Map.of("Origin", "https://example.org", "user", "u"));
    assertThat(elsewhere.status()).isEqualTo(403);
    var here =
        engine.call("GET", "/actuator/health", null, Map.of("Origin", "http://localhost:5173"));
    assertThat(here.status()).isEqualTo(200);
  }

  @Test
  void developmentModeIsRefusedOnAnAddressThatOthersCanReach() {
    assertThatThrownBy(() -> TestEngine.start(DATABASE, "server.address=0.0.0.0"))
        .hasStackTraceContaining("expected server.address to be a loopback address");
  }
}
