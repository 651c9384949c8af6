package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.model.definition.StepType;

class SecretsTest {
  @TempDir Path folder;

  private static Launch naming(String... texts) {
    var env = new java.util.LinkedHashMap<String, Object>();
    for (var text : texts) {
      env.put("V" + env.size(), new SecretText(text));
    }
    return new Launch(
        new AttemptRef("etl", 1, 1, "load", 1, "u"),
        StepType.SHELL,
        "ann",
        Map.of("env", env),
        null);
  }

  private static SecretSettings.Scope scope(
      List<String> owners,
      @Nullable String environment,
      @Nullable Path folder,
      SecretSettings.@Nullable Vault vault,
      SecretSettings.@Nullable Kubernetes kubernetes) {
    return new SecretSettings.Scope(owners, List.of(), environment, folder, vault, kubernetes);
  }

  private static Map<?, ?> given(Secrets secrets, String... texts) throws SecretException {
    var launch = naming(texts);
    return (Map<?, ?>) secrets.grant(launch).handOver(launch, Set.of("env")).params().get("env");
  }

  @Test
  void fromTheEnvironmentAndFromFiles() throws Exception {
    Files.createDirectory(folder.resolve("db"));
    Files.writeString(folder.resolve("db/password"), "from a file\n");
    var secrets =
        new Secrets(
            new SecretSettings(
                Map.of(
                    "env", scope(List.of("*"), "ETL", null, null, null),
                    "file", scope(List.of("ann"), null, folder, null, null))),
            Map.of("ETL_DB_PASS_WORD", "from a variable"));

    assertThat(
            given(
                secrets,
                "${secret://env/db/pass-word}",
                "user:${secret://file/db/password}@${secret://file/db/password}"))
        .isEqualTo(Map.of("V0", "from a variable", "V1", "user:from a file@from a file"));
  }

  @Test
  void whoMayNotUseAScopeIsToldWhatToAskForAndNothingElse() {
    var secrets =
        new Secrets(
            new SecretSettings(Map.of("file", scope(List.of("bob"), null, folder, null, null))),
            Map.of());
    assertThatThrownBy(() -> given(secrets, "${secret://file/x}"))
        .isInstanceOf(SecretException.Refused.class)
        .hasMessage(
            "${secret://file/x}: the scope isn't for owner \"ann\" or workflow \"etl\"; ask the operator to add one of them to maestro.secrets.scopes.file");
  }

  @Test
  void whatAStepWouldNotBeGivenIsSaidBeforeItRuns() {
    var secrets =
        new Secrets(
            new SecretSettings(
                Map.of(
                    "e", scope(List.of("*"), "E", null, null, null),
                    "bobs", scope(List.of("bob"), "B", null, null, null))),
            Map.of());
    var step =
        new LiteralStep(
            StepType.SHELL,
            "ann",
            "etl",
            Map.of(
                "script",
                "true",
                "env",
                Map.of("A", "${secret://e/x}", "B", "${secret://bobs/x}", "C", "${secret://no/x}")),
            Set.of());
    assertThat(secrets.problems(step, List.of()))
        .allMatch(StepProblem::ofThisPlace)
        .extracting(StepProblem::field)
        .containsExactlyInAnyOrder("/env/B", "/env/C");
  }

  @Test
  void aNameThatWasHandedInIsRefused() {
    var secrets =
        new Secrets(
            new SecretSettings(Map.of("e", scope(List.of("*"), "E", null, null, null))),
            Map.of("E_X", "something"));
    var attempt = naming().attempt();
    var env = Map.of("A", new SecretText("${secret://e/x}", false));
    assertThatThrownBy(() ->
            secrets.grant(new Launch(attempt, StepType.SHELL, "ann", Map.of("env", env), null)))
        .isInstanceOf(SecretException.Refused.class)
        .hasMessageContaining("was set from outside");
  }

  @Test
  void whatIsNotThereIsRefusedAndWhatCantBeReadIsAway() throws Exception {
    Files.writeString(folder.resolve("short"), "abc\n");
    var secrets =
        new Secrets(
            new SecretSettings(
                Map.of(
                    "file", scope(List.of("*"), null, folder, null, null),
                    "gone", scope(List.of("*"), null, folder.resolve("none"), null, null))),
            Map.of());
    assertThatThrownBy(() -> given(secrets, "${secret://file/nothing}"))
        .isInstanceOf(SecretException.Refused.class)
        .hasMessageContaining("there is no such secret")
        .hasMessageNotContaining(folder.toString());
    assertThatThrownBy(() -> given(secrets, "${secret://file/short}"))
        .isInstanceOf(SecretException.Refused.class)
        .hasMessageContaining("shorter than 6 characters");
    assertThatThrownBy(() -> given(secrets, "${secret://gone/x}"))
        .isInstanceOf(SecretException.Away.class)
        .hasMessageContaining("can't be read now")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void aSecretIsTakenOnlyWhereItsTypeOfStepTakesOne() throws Exception {
    var secrets =
        new Secrets(
            new SecretSettings(Map.of("e", scope(List.of("*"), "E", null, null, null))),
            Map.of("E_X", "something"));
    var launch = naming("${secret://e/x}");
    assertThatThrownBy(() -> secrets.grant(launch).handOver(launch, Set.of("http.headers")))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(
            "env.V0: a secret can't be used there; this type of step takes them in http.headers");
  }

  @Test
  void fromServersThatSpeakAsVaultAndKubernetesDo() throws Exception {
    var token = Files.writeString(folder.resolve("token"), "t-1\n");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var encoded = Base64.getEncoder().encodeToString("from a cluster".getBytes(UTF_8));
    server.createContext(
        "/",
        exchange -> {
          var isVault = "t-1".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
          var isCluster =
              "Bearer t-1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          var path = exchange.getRequestURI().getPath();
          var answer =
              isVault && path.equals("/v1/kv/data/team/db")
                  ? "{\"data\": {\"data\": {\"password\": \"from a vault\"}, \"metadata\": {}}}"
                  : isCluster && path.equals("/api/v1/namespaces/etl/secrets/db")
                      ? "{\"kind\": \"Secret\", \"data\": {\"password\": \"" + encoded + "\"}}"
                      : "";
          var status = answer.isEmpty() ? isVault || isCluster ? 404 : 403 : 200;
          exchange.sendResponseHeaders(status, answer.isEmpty() ? -1 : answer.length());
          exchange.getResponseBody().write(answer.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    try {
      var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      var timeout = Duration.ofSeconds(10);
      var secrets =
          new Secrets(
              new SecretSettings(
                  Map.of(
                      "vault",
                      scope(
                          List.of("*"),
                          null,
                          null,
                          new SecretSettings.Vault(address, "kv", "team", token, timeout),
                          null),
                      "cluster",
                      scope(
                          List.of("*"),
                          null,
                          null,
                          null,
                          new SecretSettings.Kubernetes(address, "etl", token, null, timeout)))),
              Map.of());
      assertThat(given(secrets, "${secret://vault/db/password}", "${secret://cluster/db/password}"))
          .isEqualTo(Map.of("V0", "from a vault", "V1", "from a cluster"));
      for (var wrong : List.of("vault/db/other", "vault/none/x", "vault/db", "cluster/db/other")) {
        assertThatThrownBy(() -> given(secrets, "${secret://" + wrong + "}"))
            .as(wrong)
            .isInstanceOf(SecretException.Refused.class);
      }
      Files.writeString(token, "t-2");
      assertThatThrownBy(() -> given(secrets, "${secret://vault/db/password}"))
          .isInstanceOf(SecretException.Away.class);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefusedWithTheirPlace() {
    assertThatThrownBy(
            () -> new SecretSettings(Map.of("a", scope(List.of(), "E", Path.of("/x"), null, null))))
        .hasMessage(
            "maestro.secrets.scopes.a: expected exactly one of environment, folder, vault and kubernetes, found 2");
    assertThatThrownBy(
            () -> new SecretSettings(Map.of("A", scope(List.of(), "E", null, null, null))))
        .hasMessageContaining("maestro.secrets.scopes.A: expected a name of up to 63");
  }
}
