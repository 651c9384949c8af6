package org.maestro.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who comes in, and how far, when nobody is trusted for a header. */
class SecurityTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final String PUSH =
      """
      {"properties": {"owner": "%s"},
       "workflow": {"id": "%s", "steps": [{"step": {"id": "s", "type": "NoOp"}}]}}
      """;

  @TempDir static Path folder;
  private static TestEngine engine;

  @BeforeAll
  static void start() throws Exception {
    var file = folder.resolve("tokens");
    Files.writeString(
        file,
        """
        # digest principal roles
        %s ada USER
        %s bob

        %s root user,admin
        """
            .formatted(digest("ada-token"), digest("bob-token"), digest("root-token")));
    engine =
        TestEngine.startWithout(
            DATABASE,
            "maestro.security.token-file=" + file,
            "maestro.security.tokens[0].sha256=" + digest("eve-token"),
            "maestro.security.tokens[0].principal=eve");
  }

  private static String digest(String token) {
    return TokenAuthenticator.digest(token);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  @Test
  void noJobRunsAsTheEnginesOwnUser() {
    var params = Map.of("script", Map.of("type", "STRING", "value", "ls"));
    var step = Map.of("step", Map.of("id", "list", "type", "Shell", "params", params));
    var pushed =
        engine.call(
            "POST",
            "/api/v3/workflows",
            Map.of(
                "properties",
                Map.of("owner", "ada"),
                "workflow",
                Map.of("id", "shells", "steps", List.of(step))),
            bearer("ada"));
    assertThat(pushed.status()).isEqualTo(200);
    assertThat(pushed.at("warnings").toString())
        .contains("step \"list\"", "set maestro.step.shell.users");

    var started =
        engine.call(
            "POST",
            "/api/v3/workflows/shells/versions/latest/actions/start",
            Map.of("initiator", Map.of("type", "manual")),
            bearer("ada"));
    assertThat(started.status()).isEqualTo(422);
    assertThat(started.text()).contains("set maestro.step.shell.users");
  }

  @Test
  void noRouteAnswersWithoutAPrincipal() {
    var routes = 0;
    var mappings = engine.context().getBeansOfType(RequestMappingHandlerMapping.class);
    for (var mapping : mappings.values()) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        for (var pattern : info.getPatternValues()) {
          var path = pattern.replaceAll("\\{[^}]+}", "x").replace("**", "x");
          var methods = info.getMethodsCondition().getMethods();
          for (var method : methods.isEmpty() ? List.of("GET") : methods) {
            var answer = engine.call(method.toString(), path, null, Map.of("user", "ada"));
            assertThat(answer.status()).as("%s %s", method, path).isEqualTo(401);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            routes++;
          }
        }
      }
    }
    assertThat(routes).isGreaterThan(15);
  }

  @Test
  void routesThatDoNotExistDoNotAnswerEither() {
    for (var path :
        List.of("/nothing", "/api/v3/nothing", "/actuator", "/actuator/env", "/error")) {
      assertThat(engine.call("GET", path, null, Map.of()).status()).as(path).isEqualTo(401);
    }
    var posted = engine.call("POST", "/actuator/health", null, Map.of());
    assertThat(posted.status()).isEqualTo(401);
  }

  @Test
  void thePageOfTheUiIsOpenToBeReadAndNothingMore() {
    var page = engine.call("GET", "/", null, Map.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contentType()).startsWith("text/html");
    for (var method : List.of("POST", "PUT", "DELETE")) {
      assertThat(engine.call(method, "/", null, Map.of()).status()).as(method).isEqualTo(401);
    }
  }

  @Test
  void theHealthCheckIsOpenAndSaysNothingElse() {
    var health = engine.call("GET", "/actuator/health", null, Map.of());
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json()).doesNotContainKey("components");
    assertThat(engine.call("GET", "/actuator/health/readiness", null, Map.of()).status())
        .isEqualTo(200);
  }

  @Test
  void theProcessIsShownToAdministratorsAlone() {
    for (var path : List.of("/actuator/metrics", "/actuator/prometheus", "/actuator")) {
      assertThat(engine.call("GET", path, null, bearer("ada")).status()).as(path).isEqualTo(403);
    }
    assertThat(engine.call("HEAD", "/actuator/health", null, Map.of()).status()).isEqualTo(200);
    assertThat(engine.call("GET", "/actuator/metrics", null, bearer("root")).status())
        .isEqualTo(200);
    assertThat(engine.call("GET", "/actuator/prometheus", null, bearer("root")).text())
        .contains("maestro_outbox_waiting", "maestro_connections", "jvm_memory_used_bytes");
  }

  private static Map<String, String> bearer(String user) {
    return Map.of("Authorization", "Bearer " + user + "-token");
  }

  @Test
  void wrongTokensAreRefused() {
    for (var header :
        List.of(
            "Bearer wrong",
            "Bearer ",
            "Bearer",
            "Basic YWRhOmFkYQ==",
            "ada-token",
            "Bearer " + "x".repeat(2_000),
            "Bearer " + digest("ada-token"))) {
      var answer =
          engine.call("GET", "/api/v3/workflows?first=1", null, Map.of("Authorization", header));
      assertThat(answer.status()).as(header).isEqualTo(401);
    }
  }

  @Test
  void theUserHeaderChangesNothingWhenThereIsAToken() {
    push("ada", "mine-ada", "ada", 200);
    var answer =
        engine.call(
            "GET",
            "/api/v3/workflows/mine-ada/versions/1",
            null,
            Map.of("Authorization", "Bearer ada-token", "user", "root"));
    assertThat(answer.at("metadata", "version_author")).isEqualTo("ada");
  }

  @Test
  void onlyTheOwnerAndAdministratorsMayChangeAWorkflowAndAllMayReadIt() {
    push("ada", "owned", "ada", 200);
    push("bob", "owned", "ada", 403);
    push("bob", "owned", "bob", 403);
    push("root", "owned", "ada", 200);
    assertThat(as("bob", "GET", "/owned/versions/latest", null)).isEqualTo(200);
    assertThat(as("eve", "GET", "/owned/overview", null)).isEqualTo(200);
    for (var route :
        List.of(
            "PUT /owned/actions/pause",
            "PUT /owned/actions/resume",
            "PUT /owned/actions/deactivate",
            "PUT /owned/versions/1/actions/activate",
            "DELETE /owned/properties/tag/x",
            "DELETE /owned")) {
      var parts = route.split(" ");
      assertThat(as("bob", parts[0], parts[1], null)).as(route).isEqualTo(403);
    }
    assertThat(as("bob", "POST", "/owned/properties", "{\"step_concurrency\": 1}")).isEqualTo(403);
    assertThat(as("bob", "POST", "/owned/backfills", "{}")).isEqualTo(403);
    assertThat(as("bob", "POST", "/owned/backfills?dry_run=true", "{}")).isEqualTo(403);
    assertThat(as("ada", "POST", "/owned/backfills", "{}")).isEqualTo(400);
    assertThat(as("bob", "POST", "/owned/properties/tag", "{\"name\": \"x\"}")).isEqualTo(403);
    assertThat(as("ada", "PUT", "/owned/actions/pause", null)).isEqualTo(200);
  }

  @Test
  void nobodyMakesAnotherTheOwnerWhoseIdentityStepsRunUnder() {
    push("bob", "not-mine", "ada", 403);
    push("bob", "mine-bob", "bob", 200);
    assertThat(as("bob", "POST", "/mine-bob/properties", "{\"owner\": \"ada\"}")).isEqualTo(403);
    assertThat(as("root", "POST", "/mine-bob/properties", "{\"owner\": \"ada\"}")).isEqualTo(200);
    assertThat(as("bob", "PUT", "/mine-bob/actions/pause", null)).isEqualTo(403);
  }

  @Test
  void badTokenSettingsStopTheStart() {
    assertThatThrownBy(() ->
            new TokenAuthenticator(
                List.of(new SecuritySettings.Token("secret", "x", List.of(Role.USER)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("64 lower-case hex digits");
    assertThatThrownBy(() ->
            new TokenAuthenticator(
                List.of(new SecuritySettings.Token(digest(""), "x", List.of(Role.USER)))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void push(String user, String id, String owner, int expected) {
    assertThat(as(user, "POST", "", PUSH.formatted(owner, id)))
        .as("%s pushes %s of %s", user, id, owner)
        .isEqualTo(expected);
  }

  private static int as(String user, String method, String path, String body) {
    return engine
        .call(
            method,
            "/api/v3/workflows" + path,
            body,
            Map.of("Authorization", "Bearer " + user + "-token"))
        .status();
  }
}
