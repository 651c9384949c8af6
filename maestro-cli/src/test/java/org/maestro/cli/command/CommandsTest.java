package org.maestro.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Tree;
import org.maestro.model.reference.Reference;

class CommandsTest {
  private static final String DEFINITION =
      """
      {"properties": {"owner": "ann"},
       "workflow": {"id": "hello", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
      """;
  private static final String ON_SERVER =
      """
      {"metadata": {"workflow_version_id": 3}, "is_active": true,
       "properties_snapshot": {"owner": "ann", "workflow_id": "hello"},
       "workflow": {"id": "hello", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
      """;
  private static final String STARTED =
      """
      {"workflow_id": "hello", "workflow_version_id": 3, "workflow_instance_id": 7,
       "workflow_run_id": 1, "status": "CREATED"}
      """;
  private static final String START = "POST /workflows/hello/versions/active/actions/start";

  @TempDir Path here;
  private final StubServer server = new StubServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandCall call(String... arguments) {
    return new CommandCall(here).server(server).run(arguments);
  }

  private String file(String name, String text) throws IOException {
    Files.writeString(here.resolve(name), text);
    return name;
  }

  // ---------------------------------------------------------------- arguments

  @ParameterizedTest
  @CsvSource({
    "psuh, push, 2",
    "valdate, validate, 2",
    "notificaton ls, notification, 2",
    "permits ls, permit, 2",
    "signal snd, send, 2",
  })
  void aMisspeltCommandGetsASuggestion(String line, String meant, int code) {
    var call = call(line.split(" "));
    var written =
        line.startsWith("signal ") ? line.substring("signal ".length()) : line.split(" ")[0];
    assertThat(call.code()).isEqualTo(code);
    assertThat(call.err())
        .contains("there is no command \"" + written + "\"", "did you mean \"" + meant + "\"?");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void aMisspeltOptionGetsASuggestion() {
    var call = call("run", "hello", "--wacth");
    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("there is no option --wacth here", "did you mean \"--watch\"?");
  }

  @Test
  void globalOptionsMayStandBeforeAndAfterTheCommand() {
    server.on("GET /workflows?first=50", 200, "{\"elements\":[{\"workflow_id\":\"hello\"}]}");
    assertThat(call("-o", "name", "ls").out()).isEqualTo("hello\n");
    assertThat(call("ls", "-o", "name").out()).isEqualTo("hello\n");
    assertThat(call("ls", "-o", "NAME").out()).isEqualTo("hello\n");
  }

  @Test
  void everyCommandHasHelp() {
    var root = Commands.tree(sessionFor(), new GlobalOptions());
    assertThat(root.getSubcommands()).hasSizeGreaterThan(20);
    root.getSubcommands()
        .forEach((name, _) -> {
          var call = call(name, "--help");
          assertThat(call.code()).as(name).isZero();
          assertThat(call.out()).as(name).startsWith("Usage: maestro ");
        });
  }

  private Session sessionFor() {
    return new Session(
        new Surroundings(
            new Surroundings.Streams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                false,
                false,
                new org.maestro.cli.watch.Screen() {
                  @Override
                  public int width() {
                    return 80;
                  }

                  @Override
                  public int height() {
                    return 24;
                  }
                }),
            new Surroundings.User(Map.of(), here, null),
            here,
            InstantSource.system(),
            ZoneOffset.UTC,
            _ -> {},
            () -> "x",
            _ -> () -> {}),
        new GlobalOptions());
  }

  // ---------------------------------------------------------------- exit codes

  @ParameterizedTest
  @CsvSource({
    "400, 3", "401, 4", "403, 4", "404, 5", "409, 6", "412, 6", "422, 3", "408, 8", "500, 7",
    "418, 7"
  })
  void theServersAnswerDecidesTheExitCode(int status, int code) {
    server.problem("PUT /workflows/hello/actions/pause", status, "some-code", "what was expected");
    var call = call("pause", "hello");
    assertThat(call.code()).isEqualTo(code);
    assertThat(call.err()).startsWith("error: what was expected\n");
    assertThat(call.out()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsToldAtOnceWithWhatToDo() {
    var call = new CommandCall(here).with("MAESTRO_SERVER", "http://127.0.0.1:1").run("ls");
    assertThat(call.code()).isEqualTo(7);
    assertThat(call.err())
        .contains("no server answers at http://127.0.0.1:1", "./maestro dev", "--server");
    assertThat(call.pauses()).isEmpty();
  }

  @Test
  void whatIsNoMaestroIsToldAsSuch() {
    server.text("GET /workflows?first=50", 502, "text/html", "<h1>Bad gateway</h1>");
    var call = call("ls");
    assertThat(call.code()).isEqualTo(7);
    assertThat(call.err()).contains("expected an answer of Maestro, found HTTP status 502");
  }

  @Test
  void allProblemsOfAnAnswerAreShown() {
    server.text(
        "POST /workflows/hello/instances/1/actions/restart",
        400,
        "application/problem+json",
        """
        {"code": "invalid-request", "detail": "the request can't be followed as it is", "problems": [
          {"pointer": "/a", "message": "first"},
          {"pointer": "/b", "message": "second", "suggestion": "c"}]}
        """);
    var call = call("restart", "hello#1");
    assertThat(call.code()).isEqualTo(3);
    assertThat(call.err()).contains("/a: first", "/b: second; did you mean \"c\"?");
  }

  @Test
  void theCommandLineSpeaksItsOwnWords() {
    server.text(
        "POST /workflows/hello/instances/1/actions/restart",
        400,
        "application/problem+json",
        """
        {"code": "invalid-params", "detail": "the request can't be followed as it is", "problems": [
          {"pointer": "/run_params/day", "message": "expected a LONG, found text"},
          {"pointer": "/restart_policy", "message": "expected RESTART_FROM_INCOMPLETE"},
          {"pointer": "", "message": "give upstream_restart_mode RESTART_FROM_INLINE_ROOT"}]}
        """);
    assertThat(call("restart", "hello#1").err())
        .contains("-p day: expected a LONG", "--from: expected --from incomplete")
        .contains("give --above loops")
        .doesNotContain("run_params", "RESTART_FROM");
  }

  @Test
  void whatDoesNotFitTheStateIsNoInvalidRequest() {
    server.text(
        "POST /workflows/hello/instances/1/actions/restart",
        422,
        "application/problem+json",
        "{\"code\": \"nothing-to-run\", \"detail\": \"everything has succeeded\"}");
    assertThat(call("restart", "hello#1").code()).isEqualTo(6);
  }

  @Test
  void anUnknownWorkflowGetsASuggestion() {
    server.on("GET /workflows?first=200", 200, "{\"elements\":[{\"workflow_id\":\"hello\"}]}");
    var call = call("describe", "helo");
    assertThat(call.code()).isEqualTo(5);
    assertThat(call.err()).contains("did you mean \"hello\"?");
  }

  @Test
  void anInstanceThatIsNotThereIsAnsweredWithTheLatest() {
    server.on("GET /workflows/hello/overview", 200, "{\"latest_instance_id\": 4}");
    var call = call("get", "hello#9");
    assertThat(call.code()).isEqualTo(5);
    assertThat(call.err()).contains("its latest instance is hello#4");
  }

  @Test
  void aTerminalSequenceInAnAnswerIsNotPrinted() {
    server.problem("PUT /workflows/hello/actions/pause", 409, "x", "a\\u001b[2Jb");
    assertThat(call("pause", "hello").err()).doesNotContain("\u001b");
  }

  // ---------------------------------------------------------------- start

  @Test
  void aStartPrintsItsNameAsDataAndItsRequestIdAsTalk() {
    server.on(START, 200, STARTED);
    var call = call("run", "hello");
    assertThat(call.code()).isZero();
    assertThat(call.out()).isEqualTo("hello#7.1\n");
    assertThat(call.err()).contains("request id request-1");
    assertThat(call("run", "hello", "-q").err()).isEmpty();
  }

  @Test
  void aLostStartIsRepeatedWithTheSameRequestId() {
    server
        .hangup(START)
        .problem(START, 503, "database-unavailable", "try again")
        .on(START, 200, STARTED);
    var call = call("run", "hello");
    assertThat(call.code()).isZero();
    var starts = server.asked().stream().filter(asked -> asked.line().equals(START)).toList();
    assertThat(starts).hasSizeGreaterThanOrEqualTo(3);
    assertThat(starts).allMatch(asked -> asked.body().contains("\"request_id\":\"request-1\""));
    assertThat(call.err()).contains("is lost; trying again");
  }

  @Test
  void aStartThatNeverGetsThroughSaysHowToRepeatItSafely() {
    server.problem(START, 503, "database-unavailable", "try again");
    var call = call("run", "hello", "--request-id", "mine");
    assertThat(call.code()).isEqualTo(7);
    assertThat(call.err()).contains("--request-id mine");
    assertThat(call.pauses()).isNotEmpty();
  }

  @Test
  void aRepeatedStartSaysThatItWasAcceptedBefore() {
    server.on(START, 200, STARTED.replace("CREATED", "DUPLICATED"));
    assertThat(call("run", "hello", "--request-id", "r").err()).contains("was accepted before");
  }

  @Test
  void whatAStartWarnsOfIsSaid() {
    server.on(
        START,
        200,
        STARTED.replace("\"CREATED\"", "\"CREATED\",\"warnings\":[\"day: nothing reads it\"]"));
    var call = call("run", "hello");
    assertThat(call.code()).isZero();
    assertThat(call.err()).contains("warning: day: nothing reads it");
  }

  @Test
  void parametersAreSentWithTheDeclaredType() {
    server
        .on(
            "GET /workflows/hello/versions/active",
            200,
            "{\"workflow\":{\"params\":{\"n\":{\"type\":\"LONG\"}}}}")
        .on(START, 200, STARTED);
    assertThat(call("run", "hello", "-p", "n=5").code()).isZero();
    assertThat(server.asked().getLast().body())
        .contains("\"run_params\":{\"n\":{\"type\":\"LONG\",\"value\":5}}");
    assertThat(call("run", "hello", "-p", "m=5").code()).isEqualTo(2);
  }

  // ---------------------------------------------------------------- clock and signals

  @Test
  void aSignalIsSentWithNumbersAsNumbersAndQuotedOnesAsText() {
    server.on("POST /signals", 201, "{\"name\":\"db/a\",\"seq_id\":7}");
    var call =
        call("signal", "send", "db/a", "-p", "day=20240101", "-p", "hour='07'", "-p", "who=me");
    assertThat(call.code()).isZero();
    assertThat(call.out()).isEqualTo("db/a:7  announced\n");
    assertThat(server.asked().getLast().body())
        .contains("\"params\":{\"day\":20240101,\"hour\":\"07\",\"who\":\"me\"}")
        .contains("\"request_id\":\"request-1\"");
    assertThat(call("signal", "send", "db/a", "-p", "day").code()).isEqualTo(2);
    assertThat(call("signal", "send", "db/a", "--payload", "{").code()).isEqualTo(2);
  }

  @Test
  void aSignalIsShownWithWhatItFed() {
    server.on(
        "GET /signals/instances/7?name=db%2Fa",
        200,
        """
        {"name":"db/a","seq_id":7,"announced_by":"ada","params":{"day":1},
         "matches":[{"workflow_id":"nightly","state":"STARTED","instance_id":3}],
         "gates":[{"workflow_id":"hello","instance_id":5,"step_id":"load"}]}
        """);
    var call = call("signal", "get", "db/a:7");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).contains("by ada", "day = 1", "→ nightly#3", "→ hello#5/load");
  }

  @Test
  void lineageNamesCausesAndEffects() {
    server.on(
        "GET /lineage/runs?workflow_id=hello&instance_id=5&direction=upstream&depth=3",
        200,
        """
        {"nodes":[{"kind":"RUN","workflow_id":"hello","instance_id":5},
                  {"kind":"SIGNAL","name":"db/a","seq_id":7}],
         "edges":[{"from":1,"to":0,"kind":"TRIGGERED","cycle":false}],"truncated":false}
        """);
    var call = call("signal", "lineage", "hello#5", "--upstream");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).contains("db/a:7", "triggered", "hello#5");
  }

  @Test
  void theNextFiresOfACronAreAskedOfTheServer() {
    server.on(
        "POST /triggers/time/preview?count=2",
        200,
        """
        {"next_fires":[{"fire_time":1795426500000,"local_time":"2026-11-23T09:35:00Z"}]}
        """);
    var call = call("trigger", "next", "--cron", "*/5 * * * *", "--count", "2");
    assertThat(call.code()).as(call.err()).isZero();
    assertThat(call.out()).contains("2026-11-23T09:35:00Z");
    assertThat(call("trigger", "next").code()).isEqualTo(2);
  }

  @Test
  void deadLettersOfAllServicesAreOneList() {
    server
        .on(
            "GET /dead-letters?first=50",
            200,
            "{\"elements\":[{\"id\":\"a\",\"kind\":\"REQUEST\",\"reason\":\"no JSON\",\"create_time\":1}]}")
        .on(
            "GET /engine-dead-letters?first=50",
            200,
            "{\"elements\":[{\"id\":\"b\",\"key\":\"hello\",\"reason\":\"broken\",\"create_time\":2}]}")
        .on("POST /dead-letters/b/actions/replay", 404, "{\"detail\":\"no such letter\"}")
        .on("POST /engine-dead-letters/b/actions/replay", 200, "{}")
        .on("POST /dead-letters/a/actions/discard", 204, "");
    assertThat(call("dead-letter", "ls", "-o", "name").out()).isEqualTo("b\na\n");
    assertThat(call("dead-letter", "replay", "b").code()).isZero();
    assertThat(call("dead-letter", "discard", "a").code()).isZero();
    assertThat(server.asked().getLast().line()).isEqualTo("POST /dead-letters/a/actions/discard");
  }

  @Test
  void notificationsOfARunAndThoseThatWereGivenUpAreListedAndSentAgain() {
    var failed =
        "{\"id\":\"msg_1\",\"workflow_id\":\"hello\",\"workflow_instance_id\":12,\"workflow_run_id\":1,"
            + "\"event\":\"STEP_FAILURE\",\"receiver\":\"webhook:ops\",\"status\":\"FAILED\",\"attempts\":20,"
            + "\"create_time\":1,\"end_time\":2,\"error\":\"expected status 2xx, found 500\"}";
    server
        .on("GET /notifications?first=50", 200, "{\"elements\":[" + failed + "]}")
        .on(
            "GET /workflows/hello/instances/12/runs/latest/notifications",
            200,
            "{\"notifications\":[" + failed + "],\"untold\":[\"slack data: none is set up\"]}")
        .on("POST /notifications/msg_1/actions/retry", 200, failed);
    assertThat(call("notification", "ls", "-o", "name").out()).isEqualTo("msg_1\n");
    var run = call("notification", "ls", "hello#12");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello#12.1", "webhook:ops", "found 500");
    assertThat(run.out() + run.err()).contains("not told: slack data");
    assertThat(call("notification", "retry", "msg_1").out()).contains("msg_1");
    assertThat(server.asked().getLast().line())
        .isEqualTo("POST /notifications/msg_1/actions/retry");
  }

  // ---------------------------------------------------------------- watch

  private void runIs(String... statuses) {
    server.on(
        "GET /workflows/hello/instances/7?enriched=true",
        200,
        "{\"workflow_run_id\":1,\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"NoOp\"}}]}}");
    for (var status : statuses) {
      var step =
          status.equals("IN_PROGRESS")
              ? "RUNNING"
              : status.equals("FAILED") ? "FATALLY_FAILED" : status;
      server.on(
          "GET /workflows/hello/instances/7/runs/1?aggregated=true",
          200,
          """
          {"status":"%s","start_time":1000,"aggregated_info":{"step_aggregated_views":{"a":{"status":"%s","start_time":1000}}}}
          """
              .formatted(status, step));
    }
  }

  @Test
  void watchingEndsWithTheRun() {
    runIs("IN_PROGRESS", "SUCCEEDED");
    var call = call("watch", "hello#7");
    assertThat(call.code()).isZero();
    assertThat(call.out()).contains("RUNNING").contains("SUCCEEDED").doesNotContain("\u001b");
  }

  @Test
  void aRunThatFailedEndsWithOneAndTheReason() {
    runIs("FAILED");
    server.on(
        "GET /workflows/hello/instances/7/runs/1/steps",
        200,
        """
        [{"step_id":"a","runtime_state":{"status":"FATALLY_FAILED"},
          "timeline":[{"message":"it broke"}]}]
        """);
    server.on(
        "GET /workflows/hello/instances/7/runs/1/why",
        200,
        """
        {"running":false,"reasons":[{"code":"FAILED_FIRST","message":"Failed first: a\\nit printed:\\n    oops"},
          {"code":"ENDED","message":"-"}]}
        """);
    var call = call("watch", "hello#7");
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.err())
        .contains(
            "hello#7.1/a FATALLY_FAILED: it broke",
            "FAILED_FIRST Failed first: a\n  it printed:\n      oops\n",
            "maestro logs hello#7.1 --failed",
            "maestro restart hello#7");
  }

  @Test
  void aWatchBeyondItsTimeoutEndsWithEightAndSaysHowToComeBack() {
    runIs("IN_PROGRESS");
    var call = call("watch", "hello#7", "--timeout", "0");
    assertThat(call.code()).isEqualTo(8);
    assertThat(call.err()).contains("maestro watch hello#7.1");
  }

  @Test
  void aLostConnectionDoesNotEndTheWatching() {
    runIs("IN_PROGRESS");
    server.hangup("GET /workflows/hello/instances/7/runs/1?aggregated=true");
    runIs("SUCCEEDED");
    assertThat(call("watch", "hello#7").code()).isZero();
  }

  @Test
  void onATerminalThePictureIsRedrawn() {
    runIs("IN_PROGRESS", "SUCCEEDED");
    var call = new CommandCall(here).server(server).onTerminal().run("watch", "hello#7");
    assertThat(call.out()).contains("\u001b[2A\r\u001b[J");
  }

  @Test
  void forProgramsTheRunIsTheOnlyData() {
    runIs("IN_PROGRESS", "SUCCEEDED");
    var call = call("watch", "hello#7", "-o", "json");
    assertThat(new Tree(Json.read(call.out())).at("status").text()).isEqualTo("SUCCEEDED");
    assertThat(call.err()).contains("RUNNING");
  }

  // ---------------------------------------------------------------- definitions

  @Test
  void theSameDefinitionMakesNoSecondVersion() throws IOException {
    server.on("GET /workflows/hello/versions/latest", 200, ON_SERVER);
    var call = call("push", file("w.json", DEFINITION), "-o", "json");
    assertThat(call.code()).isZero();
    var result = new Tree(Json.read(call.out())).list().getFirst();
    assertThat(result.at("result").text()).isEqualTo("unchanged");
    assertThat(result.at("workflow_version_id").number()).isEqualTo(3);
    assertThat(server.lines()).containsExactly("GET /workflows/hello/versions/latest");
  }

  @Test
  void anotherDefinitionMakesANewVersion() throws IOException {
    server
        .on("GET /workflows/hello/versions/latest", 200, ON_SERVER)
        .on(
            "POST /workflows",
            200,
            "{\"workflow_definition\":{\"metadata\":{\"workflow_version_id\":4}}}");
    var call = call("push", file("w.json", DEFINITION.replace("NoOp", "Sleep")), "-o", "name");
    assertThat(call.out()).isEqualTo("hello@4\n");
  }

  @Test
  void changedPropertiesMakeNoNewVersion() throws IOException {
    server
        .on("GET /workflows/hello/versions/latest", 200, ON_SERVER)
        .on(
            "PUT /workflows/actions/validate",
            200,
            "{\"warnings\":[{\"pointer\":\"/properties/run_strategy\",\"message\":\"nobody waits\","
                + "\"code\":\"W0530\"}]}")
        .on("POST /workflows/hello/properties", 200, "{}");
    var changed =
        DEFINITION.replace(
            "\"owner\": \"ann\"", "\"owner\": \"ann\", \"run_strategy\": \"first_only\"");
    var call = call("push", file("w.json", changed));
    assertThat(call.out()).contains("changed", "same version");
    assertThat(call.err()).contains("warning[W0530] w.json:", "nobody waits");
    assertThat(server.lines()).doesNotContain("POST /workflows");
  }

  @Test
  void theSameVersionThatIsNotActiveIsMadeActive() throws IOException {
    server
        .on("GET /workflows/hello/versions/latest", 200, ON_SERVER.replace("true", "false"))
        .on("PUT /workflows/hello/versions/3/actions/activate", 200, "{}");
    assertThat(call("push", file("w.json", DEFINITION)).out()).contains("activated");
    assertThat(call("push", "w.json", "--no-activate").out()).contains("unchanged");
  }

  @Test
  void aDryRunOnlyAsks() throws IOException {
    server.on("PUT /workflows/actions/validate", 200, "{}");
    var call = call("push", "--dry-run", file("w.json", DEFINITION));
    assertThat(call.code()).isZero();
    assertThat(call.out()).contains("would be pushed");
    assertThat(server.lines()).doesNotContain("POST /workflows");
  }

  @Test
  void nothingIsPushedIfOneOfSeveralIsNotValid() throws IOException {
    Files.createDirectory(here.resolve("flows"));
    file("flows/a.json", DEFINITION);
    file("flows/b.json", DEFINITION.replace("\"type\"", "\"typ\""));
    var call = call("push", "flows");
    assertThat(call.code()).isEqualTo(3);
    assertThat(call.err()).contains("flows/b.json:2:").contains("did you mean 'type'?");
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void theServersProblemsAreShownAtTheirPlacesInTheFile() throws IOException {
    server.text(
        "POST /workflows",
        400,
        "application/problem+json",
        "{\"code\":\"invalid-definition\",\"detail\":\"no\",\"problems\":[{\"pointer\":\"/workflow/steps/0/step/type\",\"message\":\"no such type\"}]}");
    var call = call("push", file("w.json", DEFINITION));
    assertThat(call.code()).isEqualTo(3);
    assertThat(call.err()).contains("w.json:2:").contains("no such type").contains("^^^");
    assertThat(call.out()).contains("failed");
  }

  @Test
  void validateNeedsNoServer() throws IOException {
    var call = call("validate", file("w.json", DEFINITION));
    assertThat(call.code()).isZero();
    assertThat(call.out()).isEqualTo("w.json: hello is valid, 1 step\n");
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void validateTellsProblemsInTheFormsOfOtherPrograms() throws IOException {
    var bad = file("w.json", DEFINITION.replace("\"type\"", "\"typ\""));
    assertThat(call("validate", bad, "--format", "github").out())
        .contains("::error file=w.json,line=2,col=");
    var sarif = new Tree(Json.read(call("validate", bad, "--format", "sarif").out()));
    assertThat(sarif.at("version").text()).isEqualTo("2.1.0");
    var json = call("validate", bad, "-o", "json");
    assertThat(json.code()).isEqualTo(3);
    assertThat(new Tree(Json.read(json.out())).list())
        .anyMatch(problem -> "type".equals(problem.at("suggestion").text()));
  }

  @Test
  void aDefinitionMayComeFromStandardInput() {
    assertThat(new CommandCall(here).stdin(DEFINITION).run("validate", "-").code()).isZero();
    assertThat(new CommandCall(here).stdin("workflow: [").run("validate", "-").code()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNotThereGetsASuggestion() throws IOException {
    file("hello.json", DEFINITION);
    var call = call("validate", "helo.json");
    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("there is no file helo.json", "did you mean hello.json?");
  }

  @Test
  void diffEndsWithOneIfThereIsADifferenceAndTellsIt() throws IOException {
    server.on("GET /workflows/hello/versions/default", 200, ON_SERVER);
    assertThat(call("diff", file("w.json", DEFINITION)).code()).isZero();
    var call = call("diff", file("w.json", DEFINITION.replace("NoOp", "Sleep")));
    assertThat(call.code()).isEqualTo(1);
    assertThat(call.out()).isEqualTo("steps\n  ~ a.type: NoOp → Sleep\n");
    assertThat(call("diff", "nothing.json").code()).isEqualTo(2);
  }

  @Test
  void initWritesWhatIsValidAndNeverOverAFileThatIsThere() throws IOException {
    for (var sample : org.maestro.dsl.yaml.Samples.names()) {
      assertThat(call("init", sample, "--file", sample + ".yaml").code()).isZero();
      assertThat(call("validate", sample + ".yaml").code()).as(sample).isZero();
    }
    assertThat(call("init", "--id", "mine").code()).isZero();
    assertThat(call("validate").out()).isEqualTo("workflow.yaml: mine is valid, 4 steps\n");
    file("workflow.yaml", "precious");
    var again = call("init");
    assertThat(again.code()).isEqualTo(6);
    assertThat(again.err()).contains("--force");
    assertThat(here.resolve("workflow.yaml")).content().isEqualTo("precious");
    assertThat(call("init", "--force").code()).isZero();
    assertThat(here.resolve("workflow.yaml")).content().contains("owner: ann");
  }

  // ---------------------------------------------------------------- actions

  @Test
  void endingAllInstancesHasToBeSaid() {
    server.on(
        "PUT /workflows/hello/actions/stop", 202, "{\"message\":\"2 instances are being ended\"}");
    var call = call("stop", "hello");
    assertThat(call.code()).isEqualTo(2);
    assertThat(call.err()).contains("--all");
    assertThat(server.lines()).isEmpty();
    assertThat(call("stop", "hello", "--all").out()).contains("2 instances are being ended");
  }

  @Test
  void anActionIsSentToWhatIsNamed() {
    server
        .on(
            "PUT /workflows/hello/instances/7/actions/kill",
            200,
            "{\"workflow_instance_status\":\"FAILED\",\"info\":\"Done\"}")
        .on("PUT /workflows/hello/instances/7/runs/2/actions/stop", 200, "{}")
        .on("POST /workflows/steps/breakpoints", 200, "{}")
        .on(
            "DELETE /workflows/steps/breakpoints?workflowId=hello&stepId=a&resume=true",
            200,
            "{\"resumed\":1}")
        .on("PUT /workflows/hello/instances/7/actions/unblock", 200, "{}");
    assertThat(call("kill", "hello#7").out()).isEqualTo("hello#7  FAILED  Done\n");
    assertThat(call("stop", "hello#7.2").code()).isZero();
    assertThat(server.lines()).endsWith("PUT /workflows/hello/instances/7/runs/2/actions/stop");
    assertThat(call("pause", "hello/a").code()).isZero();
    assertThat(server.asked().getLast().body())
        .isEqualTo("{\"workflow_id\":\"hello\",\"step_id\":\"a\"}");
    assertThat(call("resume", "hello/a").out()).contains("1 resumed");
    assertThat(call("unblock", "hello#7").code()).isZero();
  }

  @Test
  void aRestartSaysWhereItBegins() {
    server.on(
        "POST /workflows/hello/instances/7/actions/restart",
        200,
        STARTED.replace("\"workflow_run_id\": 1", "\"workflow_run_id\": 2"));
    assertThat(call("restart", "hello#7", "--version", "active").out()).isEqualTo("hello#7.2\n");
    assertThat(server.asked().getLast().body())
        .isEqualTo("{\"request_id\":\"request-1\",\"version\":\"active\"}");
    assertThat(call("restart", "hello#7", "--from", "beginning").out()).isEqualTo("hello#7.2\n");
    assertThat(server.asked().getLast().body())
        .isEqualTo("{\"request_id\":\"request-1\",\"restart_policy\":\"RESTART_FROM_BEGINNING\"}");
    assertThat(call("restart", "hello#7", "--above", "none").out()).isEqualTo("hello#7.2\n");
    assertThat(server.asked().getLast().body())
        .contains("\"upstream_restart_mode\":\"RESTART_FROM_STEP\"");
  }

  // ---------------------------------------------------------------- output

  @Test
  void coloursAreForTerminalsThatWantThem() {
    server.on("GET /workflows/hello/instances/7/why", 200, "{\"running\":true,\"reasons\":[]}");
    assertThat(new CommandCall(here).server(server).onTerminal().run("explain", "hello#7").out())
        .contains("\u001b[36mrunning");
    assertThat(
            new CommandCall(here)
                .server(server)
                .onTerminal()
                .with("NO_COLOR", "1")
                .run("explain", "hello#7")
                .out())
        .isEqualTo("running\n");
    assertThat(
            new CommandCall(here)
                .server(server)
                .onTerminal()
                .run("explain", "hello#7", "--no-color")
                .out())
        .isEqualTo("running\n");
    assertThat(call("explain", "hello#7").out()).isEqualTo("running\n");
  }

  @Test
  void everyFormatTellsTheSame() {
    server.on(
        "GET /workflows?first=50",
        200,
        "{\"elements\":[{\"workflow_id\":\"a\",\"owner\":\"me\"},{\"workflow_id\":\"b\"}]}");
    assertThat(call("ls", "-o", "json").out()).startsWith("[\n  {\n    \"workflow_id\": \"a\"");
    assertThat(call("ls", "-o", "jsonl").out())
        .isEqualTo("{\"workflow_id\":\"a\",\"owner\":\"me\"}\n{\"workflow_id\":\"b\"}\n");
    assertThat(call("ls", "-o", "yaml").out())
        .isEqualTo("- workflow_id: a\n  owner: me\n- workflow_id: b\n");
    assertThat(call("ls", "-o", "name").out()).isEqualTo("a\nb\n");
    assertThat(call("ls").out()).startsWith("WORKFLOW");
  }

  @Test
  void aReaderThatLeavesIsNoError() {
    server.on("GET /workflows?first=50", 200, "{\"elements\":[{\"workflow_id\":\"a\"}]}");
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var call = new CommandCall(here).server(server).writingTo(closed).run("ls");
    assertThat(call.code()).isEqualTo(141);
    assertThat(call.err()).isEmpty();
  }

  @Test
  void verboseTellsRequestsButNeverTheToken() {
    server.on("GET /workflows?first=50", 200, "{\"elements\":[]}");
    var call = new CommandCall(here).server(server).with("MAESTRO_TOKEN", "secret").run("ls", "-v");
    assertThat(call.err()).contains("GET " + server.address() + "/api/v3/workflows?first=50 → 200");
    assertThat(call.err() + call.out()).doesNotContain("secret");
    assertThat(server.asked().getLast().headers().get("Authorization"))
        .containsExactly("Bearer secret");
  }

  // ---------------------------------------------------------------- logs

  @Test
  void aLoopSaysWhoseLogsThereAre() {
    server
        .on("GET /workflows/hello/instances/7/runs/latest", 200, "{\"workflow_run_id\":1}")
        .on(
            "GET /workflows/hello/instances/7/runs/1?enriched=true",
            200,
            "{\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"each\",\"type\":\"Shell\"}}]}}")
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps/each/attempts/latest",
            200,
            "{\"step_id\": \"each\", \"definition\": {\"foreach\": {\"id\": \"each\"}}}");
    assertThat(call("logs", "hello#7/each").err())
        .contains("is a loop", "maestro logs 'hello#7.1/each[0]'");
  }

  @Test
  void whoWaitsForASignalIsToldHowItComes() {
    server.on(
        "GET /workflows/hello/instances/7/why",
        200,
        """
        {"running": false, "reasons": [{"code": "WAITING_FOR_SIGNALS", "message": "Waits",
          "step_id": "a", "signals": [{"name": "db/orders", "match_params": {}}]}]}
        """);
    assertThat(call("explain", "hello#7").out())
        .contains("maestro signal ls db/orders", "maestro signal send db/orders");
  }

  @Test
  void logsGoToTheStreamTheyCameFrom() {
    server
        .on("GET /workflows/hello/instances/7/runs/latest", 200, "{\"workflow_run_id\":1}")
        .on(
            "GET /workflows/hello/instances/7/runs/1?enriched=true",
            200,
            "{\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"Shell\"}}]}}")
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps/a/attempts/latest/logs?stream=stdout&offset=0&limit=65536",
            200,
            "{\"text\":\"one\\n\",\"next_offset\":4,\"eof\":false}")
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps/a/attempts/latest/logs?stream=stdout&offset=4&limit=65536",
            200,
            "{\"text\":\"two\\n\",\"next_offset\":8,\"eof\":true}")
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps/a/attempts/latest/logs?stream=stderr&offset=0&limit=65536",
            200,
            "{\"text\":\"oops\\n\",\"next_offset\":5,\"eof\":true}");
    var call = call("logs", "hello#7/a");
    assertThat(call.out()).isEqualTo("one\ntwo\n");
    assertThat(call.err()).isEqualTo("oops\n");
  }

  @Test
  void aFollowedLogGoesOnBehindTheLastEventAfterALostConnection() {
    var stream =
        "GET /workflows/hello/instances/7/runs/1/steps/a/attempts/latest/logs/stream?stream=stdout";
    server
        .on("GET /workflows/hello/instances/7/runs/latest", 200, "{\"workflow_run_id\":1}")
        .on(
            "GET /workflows/hello/instances/7/runs/1?enriched=true",
            200,
            "{\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"a\",\"type\":\"Shell\"}}]}}")
        .on(
            "GET /workflows/hello/instances/7/runs/1/steps/a/attempts/latest/logs?limit=1",
            200,
            "{}")
        .text(stream, 200, "text/event-stream", ": hi\n\nid: 4\ndata: {\"text\":\"one\\n\"}\n\n")
        .text(
            stream,
            200,
            "text/event-stream",
            "id:8\ndata:{\"text\":\"two\\n\"}\n\nid: 8\nevent: end\ndata: {}\n\n");
    var call = call("logs", "-f", "hello#7/a", "--stream", "stdout");
    assertThat(call.code()).isZero();
    assertThat(call.out()).isEqualTo("one\ntwo\n");
    var again = server.asked().stream().filter(asked -> asked.line().equals(stream)).toList();
    assertThat(again.getLast().headers().get("Last-event-id")).containsExactly("4");
  }

  // ---------------------------------------------------------------- the rest

  @Test
  void contextsAreSavedUsedAndNeverShowTheirToken() {
    var add =
        new CommandCall(here)
            .stdin("secret\n")
            .run("context", "add", "prod", "--server", server.address(), "--token-stdin");
    assertThat(add.code()).as(add.err()).isZero();
    var ls = new CommandCall(here).run("context", "ls");
    assertThat(ls.out()).contains("prod", server.address(), "saved").doesNotContain("secret");
    server.on("GET /workflows?first=50", 200, "{\"elements\":[]}");
    assertThat(new CommandCall(here).run("ls").code()).isZero();
    assertThat(server.asked().getLast().headers().get("Authorization"))
        .containsExactly("Bearer secret");
    assertThat(new CommandCall(here).run("context", "use", "prd").code()).isEqualTo(2);
    assertThat(new CommandCall(here).run("context", "rm", "prod").code()).isZero();
  }

  @Test
  void fmtTellsOrWritesWhatIsNotFormatted() throws IOException {
    file("w.json", DEFINITION);
    assertThat(call("fmt", "--check", "w.json").code()).isEqualTo(1);
    assertThat(here.resolve("w.json")).content().isEqualTo(DEFINITION);
    assertThat(call("fmt", "w.json").out()).isEqualTo("w.json\n");
    assertThat(call("fmt", "--check", "w.json").code()).isZero();
    assertThat(call("validate", "w.json").code()).isZero();
    assertThat(new CommandCall(here).stdin("a:   1").run("fmt", "-").out()).startsWith("a: 1");
    assertThat(new CommandCall(here).stdin("a: [").run("fmt", "-").code()).isEqualTo(3);
  }

  @Test
  void theSchemaIsOneJsonDocumentForEachForm() {
    for (var form : new String[] {"yaml", "json"}) {
      var schema = new Tree(Json.read(call("schema", "--form", form).out()));
      assertThat(schema.at("$schema").text()).contains("json-schema.org");
    }
  }

  @Test
  void completionScriptsNameTheCommands() {
    assertThat(call("completion", "bash").out()).contains("complete -F", "validate");
    assertThat(call("completion", "zsh").out()).contains("bashcompinit");
    assertThat(call("completion", "fish").out())
        .contains("complete -c maestro -n __fish_use_subcommand -a push")
        .contains("-l watch");
    assertThat(call("completion", "tcsh").code()).isEqualTo(2);
  }

  @Test
  void namesAreCompletedByWhatTheServerHas() {
    server.on(
        "GET /workflows?q=he&first=100",
        200,
        "{\"elements\":[{\"workflow_id\":\"hello\"},{\"workflow_id\":\"other-he\"}]}");
    assertThat(call("names", "he", "--timeout", "60s").out()).isEqualTo("hello\n");
    server.on(
        "GET /instances?workflow=hello&first=100",
        200,
        "{\"elements\":[{\"workflow_id\":\"hello\",\"workflow_instance_id\":12},"
            + "{\"workflow_id\":\"hello\",\"workflow_instance_id\":2}]}");
    assertThat(call("names", "hello#1", "--timeout", "60s").out()).isEqualTo("hello#12\n");
    server.on(
        "GET /workflows/hello/instances/12/runs/latest?enriched=true",
        200,
        "{\"runtime_workflow\":{\"steps\":[{\"step\":{\"id\":\"load\",\"type\":\"NoOp\"}}]}}");
    assertThat(call("names", "hello#12/", "--timeout", "60s").out()).isEqualTo("hello#12/load\n");
  }

  @Test
  void nobodyWaitsForNames() {
    var call = new CommandCall(here).with("MAESTRO_SERVER", "http://127.0.0.1:1").run("names", "h");
    assertThat(call.code()).isZero();
    assertThat(call.out() + call.err()).isEmpty();
  }

  // ---------------------------------------------------------------- words

  @Test
  void wordsAreExplainedWithoutAServer() {
    var shell = call("explain", "step-type", "shell");
    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("script", "STRING", "MAESTRO_OUTPUT", "FATALLY_FAILED");
    assertThat(call("explain", "sel", "substring").out()).contains("lovelace", "\"love\"");
    assertThat(call("explain", "strategy", "FIRST_ONLY").out()).contains("STOPPED");
    assertThat(call("explain", "strategy").out()).contains("SEQUENTIAL", "SERIAL_LATEST_ONLY");
    assertThat(call("explain", "limit", "-o", "name").out()).contains("iterations of a foreach");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whatStandsInSeveralTopicsIsExplainedTogether() {
    assertThat(call("explain", "alerting").out())
        .contains("alerting.emails", "alerting_tct.completed_by_hour", "properties.alerting");
    assertThat(call("explain", "foreach").out()).contains("foreach", "job.foreach");
    assertThat(call("explain", "alerting", "channels").out()).contains("with # or without");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aWordOfTheReferenceIsExplainedIfNoWorkflowIsCalledSo() {
    assertThat(call("explain", "Shell").out()).contains("script", "MAESTRO_OUTPUT");
    var call = call("explain", "step-typ");
    assertThat(call.code()).isEqualTo(5);
    assertThat(call.err()).contains("did you mean maestro explain step-type?");
  }

  @Test
  void aWordThatNobodyKnowsGetsASuggestion() {
    var call = call("explain", "sel", "substrin");
    assertThat(call.code()).isEqualTo(5);
    assertThat(call.err()).contains("no sel \"substrin\"", "did you mean \"substring\"?");
  }

  @Test
  void everyTopicOfTheReferenceCanBeExplained() throws IOException {
    try (var in = Reference.class.getResourceAsStream(Reference.RESOURCE)) {
      var tree = (Map<?, ?>) Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      for (var topic : (List<?>) tree.get("topics")) {
        var id = ((Map<?, ?>) topic).get("id").toString();
        assertThat(call("explain", id).code()).as(id).isZero();
      }
    }
  }
}
