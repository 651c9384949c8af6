package org.maestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  void anEngineWithoutUiSaysHowToGetIt() {
    var page = engine.call("GET", "/", null, Map.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.text()).contains("built without its web UI");
  }

  @Test
  void pathsThatReadersReadDifferentlyAreRefused() {
    for (var path :
        new String[] {
          "/api/v3/workflows/a;b=c/overview",
          "/api/v3//workflows/a/overview",
          "/api/v3/workflows/a%2Fb/overview",
          "/api/v3/workflows/a%2e%2e/overview",
          "/api/v3/workflows/a%2F..%2Fb/overview",
          "/api/v3/workflows/..%5Cb/overview",
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
  void whatLeadsElsewhereOnceItIsDecodedIsRefused() {
    for (var path :
        new String[] {
          "/api/v3/workflows/%2e%2e/%2e%2e/actuator",
          "/api/v3/workflows/..%2F..%2F..%2Factuator/overview",
          "/api/v3/tag-permits/..%5C..%5Cactuator",
          "/api/v3/tag-permits/.",
          "/api/v3/tag-permits/%2e",
          "/actuator%2Fhealth",
          "/x/..%2Factuator/health",
          "/%252e%252e/actuator",
          "/api/v3/workflows/a%ff/overview",
          "/api/v3/workflows/%ed%a0%80/overview",
          "/api/v3/workflows/a%7Fb/overview"
        }) {
      assertThat(engine.call("GET", path, null).status()).as(path).isEqualTo(400);
    }
    for (var query : new String[] {"%ff", "%00", "%ed%a0%80"}) {
      assertThat(engine.call("GET", "/api/v3/workflows?first=1&search=" + query, null).status())
          .as(query)
          .isEqualTo(400);
    }
  }

  @Test
  void everyTagThatIsAcceptedCanBeReadAndRemoved() {
    for (var tag :
        new String[] {
          "db/orders",
          "a b",
          "back\\slash",
          "plus+sign",
          "a&b=c",
          "x:y@z",
          "100, {a}",
          "it's",
          "a//b"
        }) {
      var path =
          "/api/v3/tag-permits/"
              + URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
      assertThat(
              engine
                  .call("POST", "/api/v3/tag-permits", Map.of("tag", tag, "max_allowed", 1))
                  .status())
          .as(tag)
          .isEqualTo(200);
      assertThat(engine.call("GET", path, null).at("tag")).as(tag).isEqualTo(tag);
      assertThat(engine.call("DELETE", path, null).status()).as(tag).isEqualTo(200);
    }
    for (var tag : new String[] {".", "..", "a/../b"}) {
      var query = "/api/v3/tag-permits?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8);
      engine.call("POST", "/api/v3/tag-permits", Map.of("tag", tag, "max_allowed", 1));
      assertThat(String.valueOf(engine.call("GET", query, null).at("elements")))
          .contains("tag=" + tag + ",");
      assertThat(engine.call("DELETE", query, null).status()).as(tag).isEqualTo(200);
      assertThat(engine.call("GET", query, null).status()).as(tag).isEqualTo(404);
    }
  }

  @Test
  void textThatNoDatabaseHoldsIsRefusedWithItsPlace() {
    var bodies =
        Map.of(
            "/api/v3/tag-permits", "{\"tag\": \"t\", \"max_allowed\": 1, \"note\": [\"%s\"]}",
            "/api/v3/workflows/steps/breakpoints", "{\"workflow_id\": \"w\", \"step_id\": \"%s\"}",
            "/api/v3/workflows/w/versions/1/actions/start", "{\"request_id\": \"%s\"}",
            "/api/v3/workflows/w/instances/1/actions/restart", "{\"request_id\": \"%s\"}",
            "/api/v3/workflows/w/backfills", "{\"values\": [\"%s\"], \"param\": \"p\"}");
    for (var text : new String[] {"a\\u0000b", "a\\ud800b", "\\udc00"}) {
      bodies.forEach((path, body) -> {
        var answer = engine.call("POST", path, body.formatted(text));
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.at("code")).as(path).isEqualTo("unstorable-text");
        assertThat(String.valueOf(answer.at("problems")))
            .as(path)
            .containsAnyOf("/note/0", "/step_id", "/request_id", "/values/0");
      });
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
  void inDevelopmentModePagesOfOtherServersChangeNothing() {
    var path = "/api/v3/workflows/nothing/actions/pause";
    for (var headers :
        List.of(
            Map.of("Origin", "http://localhost:5173"),
            Map.of("Origin", "http://127.0.0.1:1"),
            Map.of("Sec-Fetch-Site", "same-site"),
            Map.of("Sec-Fetch-Site", "cross-site"))) {
      var answer = engine.call("PUT", path, null, headers);
      assertThat(answer.status()).as("%s", headers).isEqualTo(403);
      assertThat(answer.at("code")).isEqualTo("foreign-page");
    }
    var own = "http://127.0.0.1:" + engine.context().getWebServer().getPort();
    for (var headers :
        List.of(
            Map.of("Origin", own, "Sec-Fetch-Site", "same-origin"),
            Map.of("Sec-Fetch-Site", "none"),
            Map.<String, String>of())) {
      assertThat(engine.call("PUT", path, null, headers).status()).as("%s", headers).isEqualTo(404);
    }
  }

  @Test
  void developmentModeIsRefusedOnAnAddressThatOthersCanReach() {
    assertThatThrownBy(() -> TestEngine.start(DATABASE, "server.address=0.0.0.0"))
        .hasStackTraceContaining("expected server.address to be a loopback address");
  }
}
