package org.maestro.engine.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.TestEngine;
import org.maestro.engine.TestEngine.Answer;
import org.maestro.service.database.TestDatabase;

/** Definitions in YAML over HTTP. */
class YamlApiTest {
  private static final String API = "/api/v3/workflows";
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

  private static String workflow(String id) {
    return """
    workflow:
      id: %s
      owner: tester
      '!count<long>(constant)': 1 + 9
      jobs:
        - {id: a, type: NoOp}
        - {id: b, type: NoOp, needs: [a]}
    """
        .formatted(id);
  }

  @Test
  void aPushInYamlAnswersLikeAPushInJson() {
    for (var type : List.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")) {
      var answer = send("POST", "/yaml", workflow("pushed"), type);
      assertThat(answer.status()).as(type + answer.text()).isEqualTo(200);
      assertThat(answer.at("workflow_definition", "metadata", "workflow_id")).isEqualTo("pushed");
      assertThat(answer.at("workflow_definition", "metadata", "version_author"))
          .isEqualTo("tester");
      assertThat(answer.at("workflow_definition", "is_active")).isEqualTo(true);
    }
    var steps = get("/pushed/versions/latest").at("workflow", "steps");
    assertThat(steps.toString()).contains("successors={b=true}");
    assertThat(send("POST", "/yaml", workflow("pushed"), "text/plain").status()).isEqualTo(415);
  }

  @Test
  void problemsHaveLinesAndColumns() {
    var text = workflow("bad").replace("needs: [a]", "needs: [x], timeout: soon");
    var answer = send("POST", "/yaml?file=my.yaml", text, "application/yaml");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.at("code")).isEqualTo("invalid-definition");
    assertThat(answer.at("errors").toString()).contains("my.yaml:7:35:", "my.yaml:7:48:");
    assertThat(firstProblem(answer))
        .containsEntry("code", "E0401")
        .containsEntry("severity", "error")
        .containsEntry("file", "my.yaml")
        .containsEntry("line", 7L)
        .containsEntry("column", 35L)
        .containsEntry("end_line", 7L)
        .containsEntry("end_column", 36L)
        .containsEntry("pointer", "/workflow/jobs/1/needs/0");
    assertThat(answer.at("rendered").toString())
        .contains("error[E0401] my.yaml:7:35: ", "    7 |     - {id: b, type: NoOp, needs: [x]");
    assertThat(get("/bad/overview").status()).isEqualTo(404);
  }

  @Test
  void whatOnlyTheServerKnowsIsShownInTheTextToo() {
    var answer =
        send("POST", "/yaml", workflow("ownerless").replace("  owner: tester\n", ""), "text/yaml");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("code")).isEqualTo("owner-required");
    assertThat(answer.at("errors").toString()).contains("workflow.yaml:1:1:");
  }

  @Test
  void whatAStepCannotBeToldIsFoundAtPushAllOfIt() {
    var text =
        """
        workflow:
          id: untellable
          owner: tester
          jobs:
            - id: a
              type: Shell
              script: |
                n=1
                echo $n
            - {id: b, type: Shell}
            - {id: c, type: Http, http: {url: ftp://example.org/x, method: FETCH, headers: {Host: me, TE: c}}}
            - {id: d, type: Http, http: {url: 'http://${nothing}/'}}
            - {id: e, type: Shell, command: echo}
            - {id: f, type: Http, http: {url: ftp://example.org/y, headers: [a]}}
        """;
    var answer = send("POST", "/yaml", text, "application/yaml");
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(placesOf(answer))
        .containsExactly(
            "E0302 9:14",
            "E0202 10:7",
            "E0202 11:39",
            "E0202 11:68",
            "E0202 11:84",
            "E0202 11:84",
            "E0302 12:47",
            "E0202 13:37",
            "E0202 14:39",
            "E0202 14:69");
    assertThat(answer.text()).contains("expected http.method to be one of", "FETCH");

    var inLoop =
        """
        workflow:
          id: untellable-within
          owner: tester
          jobs:
            - foreach:
                id: each
                loop_params: {i: [1]}
                jobs:
                  - {id: c, type: Http, http: {url: ftp://example.org/x}}
            - {id: d, type: Http, http: {url: 'https://example.org/'}}
        """;
    var accepted = send("POST", "/yaml", inLoop, "application/yaml");
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
    assertThat(accepted.at("warnings").toString())
        .contains("code=W0524", "expected http.url to start with http://")
        .contains("code=W0520", "host \"example.org:443\" isn't in maestro.step.http.allow-list");
  }

  @Test
  void aWorkflowThatIsNotThereIsWarnedAboutWhereItIsStarted() {
    var text =
        """
        workflow:
          id: caller
          owner: tester
          jobs:
            - subworkflow: {id: call, subworkflow_id: nobody-has-it}
        """;
    var answer = send("POST", "/yaml", text, "application/yaml");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("warnings").toString())
        .contains("code=W0523", "there is no workflow \"nobody-has-it\" yet");
  }

  private static List<String> placesOf(Answer answer) {
    return ((List<?>) answer.at("problems"))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .map(one -> one.get("code") + " " + one.get("line") + ":" + one.get("column"))
            .toList();
  }

  @Test
  void aCheckChangesNothingAndTellsWarnings() {
    var good = send("PUT", "/actions/validate/yaml", workflow("checked"), "application/yaml");
    assertThat(good.status()).as(good.text()).isEqualTo(200);
    assertThat(good.at("type")).isEqualTo("LOG");
    assertThat(good.at("level")).isEqualTo("INFO");
    var warned =
        send(
            "PUT",
            "/actions/validate/yaml",
            workflow("checked").replace("owner: tester", "owner: tester\n  priority: 5"),
            "application/yaml");
    assertThat(warned.at("level")).isEqualTo("WARN");
    assertThat(warned.at("message").toString()).contains("W0501");
    assertThat(warned.at("problems").toString()).contains("code=W0501", "line=4");
    assertThat(get("/checked/overview").status()).isEqualTo(404);
    assertThat(send("PUT", "/actions/validate/yaml", "workflow: {}", "application/yaml").status())
        .isEqualTo(400);
  }

  @Test
  void aPreviewTellsWhatWouldComeOfATextThatIsStillWritten() {
    var good = preview(workflow("seen"));
    assertThat(good.at("problems").toString()).isEqualTo("[]");
    assertThat(good.at("workflow", "id")).isEqualTo("seen");
    assertThat(good.at("workflow", "steps").toString()).contains("successors={b=");
    var warned = preview(workflow("seen").replace("owner: tester", "owner: tester\n  priority: 5"));
    assertThat(firstProblem(warned)).containsEntry("severity", "warning").containsEntry("line", 4L);
    assertThat(warned.at("workflow", "id")).isEqualTo("seen");
    var refused = preview(workflow("seen").replace("needs: [a]", "needs: [x]"));
    assertThat(firstProblem(refused)).containsEntry("line", 7L).containsEntry("severity", "error");
    var broken = preview("workflow:\n  id: [");
    assertThat(broken.at("workflow")).isNull();
    assertThat(firstProblem(broken)).containsEntry("severity", "error");
    assertThat(get("/seen/overview").status()).isEqualTo(404);
    send("POST", "/yaml", workflow("seen"), "application/yaml");
    assertThat(preview(workflow("seen").replace("  owner: tester\n", "")).at("yaml"))
        .isEqualTo(get("/seen/versions/1/yaml").text());
  }

  private Answer preview(String text) {
    var answer = send("PUT", "/actions/preview/yaml", text, "application/yaml");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  @Test
  void aVersionIsReadBackAsYamlThatCanBePushedAgain() {
    send("POST", "/yaml", workflow("back"), "application/yaml");
    var answer = get("/back/versions/1/yaml");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("application/yaml");
    assertThat(answer.text())
        .contains(
            "id: back", "owner: tester", "'!count<long>(constant)': 1 + 9", "transition: [b]");
    var again = send("POST", "/yaml", answer.text(), "application/yaml");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("workflow_definition", "workflow"))
        .isEqualTo(get("/back/versions/1").at("workflow"));
    assertThat(get("/back/versions/9/yaml").status()).isEqualTo(404);
    assertThat(get("/nobody/versions/latest/yaml").status()).isEqualTo(404);
  }

  @Test
  void hostileTextIsRefused() {
    for (var text :
        List.of(
            "",
            "x",
            "- a",
            "workflow: !!javax.script.ScriptEngineManager [x]",
            "a: &a [*a]",
            workflow("one") + "---\n" + workflow("two"),
            workflow("wide").replace("1 + 9", "x".repeat(300_000)))) {
      var answer = send("POST", "/yaml", text, "application/yaml");
      assertThat(answer.status()).as(text).isEqualTo(400);
      assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }
  }

  @Test
  void schemasAreThereForEditors() {
    for (var name : List.of("workflow.json", "workflow-yaml.json")) {
      var answer = engine.call("GET", "/api/v3/schema/" + name, null);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.contentType()).isEqualTo("application/schema+json");
      assertThat(answer.json()).containsKeys("$schema", "$defs", "properties");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> firstProblem(Answer answer) {
    return (Map<String, Object>) ((List<?>) answer.at("problems")).getFirst();
  }

  private static Answer get(String path) {
    return engine.call("GET", API + path, null);
  }

  private static Answer send(String method, String path, String text, String type) {
    return engine.call(method, API + path, text, Map.of("user", "tester", "Content-Type", type));
  }
}
