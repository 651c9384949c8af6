package org.maestro.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.maestro.engine.event.CloudEvents;
import org.maestro.engine.event.Publications;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitMessage;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.run.TurnNews;
import org.maestro.engine.run.store.OutboxStore.OutboxRow;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.messaging.ServiceTopics;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every kind of message as each release wrote it. Of the first release, whose readers refuse fields
 * that they don't know, today's messages must have exactly the fields.
 */
class GoldenMessagesTest {
  private static final Path FIRST_RELEASE = Path.of("src/test/resources/golden/fd42ba8");
  private static final long TIME = 1_795_902_209_301L;
  private static final RunKey RUN = new RunKey("orders", 7, 2);
  private static final SignalGate GATE = new SignalGate("orders", 7, 2, "load", 3, 1);
  private static final PermitHolder HOLDER = new PermitHolder("orders", 7, 2, "load", 3);

  private final RunJson nodes = new RunJson();
  private final JsonMapper services = StrictJson.mapper();

  /** The messages of this release under the names of their files. */
  private Map<String, Object> messages() {
    var all = new LinkedHashMap<String, Object>();
    requests().forEach((name, message) -> all.put("service/" + name, message));
    commands().forEach((name, message) -> all.put("node/" + name, message));
    return all;
  }

  private static Map<String, Object> requests() {
    var all = new LinkedHashMap<String, Object>();
    all.put(
        "EngineRequest.Start.time",
        new EngineRequest.Start(
            "orders", "trigger", "request", new Initiator.Time("trigger", TIME, "UTC"), TIME));
    all.put(
        "EngineRequest.Start.signal",
        new EngineRequest.Start(
            "orders",
            "trigger",
            "request",
            new Initiator.Signal(
                "trigger", Map.of("db/orders", 4L), Map.of("db/orders", Map.of("day", 20260101L))),
            TIME));
    all.put(
        "EngineRequest.GateOpened",
        new EngineRequest.GateOpened(GATE, 4, Map.of("day", 20260101L)));
    all.put(
        "SignalRequest.Announce",
        new SignalRequest.Announce(
            "db/orders",
            "request",
            Map.of("day", 20260101L),
            Map.of("any", List.of("thing")),
            new SignalRequest.SignalSource("orders", 7, 2, "load", 3),
            TIME));
    all.put(
        "SignalRequest.Await",
        new SignalRequest.Await(
            "db/orders",
            GATE,
            List.of(new SignalRequest.Condition("day", MatchOperator.GREATER_OR_EQUAL, 20260101L)),
            TIME));
    all.put("SignalRequest.Forget", new SignalRequest.Forget("db/orders", GATE));
    all.put(
        "StartAnswer.started",
        new StartAnswer(
            "orders", "trigger", "request", StartAnswer.Outcome.STARTED, 7L, null, TIME));
    all.put(
        "StartAnswer.refused",
        new StartAnswer(
            "orders", "trigger", "request", StartAnswer.Outcome.REFUSED, null, "reason", TIME));
    all.put(
        "TriggerNews",
        new TriggerNews(
            "orders",
            10_004,
            3,
            2L,
            "ada",
            List.of(Map.of("type", "CRON", "cron", "0 6 * * *")),
            List.of(Map.of("definitions", Map.of("db/orders", Map.of()))),
            TIME));
    return all;
  }

  private static Map<String, Object> commands() {
    var all = new LinkedHashMap<String, Object>();
    all.put("RunCommand.StartRun", new RunCommand.StartRun(RUN));
    all.put("RunCommand.RecoverRun", new RunCommand.RecoverRun(RUN));
    var outputs = Map.of("rows", Param.literal(ParamType.LONG, 5L));
    var artifacts = Map.<String, Object>of("maestro_http", Map.of("status", 200L));
    report(all, "started", new StepReport.JobStarted(artifacts));
    report(all, "completed", new StepReport.JobCompleted(outputs, artifacts));
    report(all, "failed", new StepReport.JobFailed(StepReport.Kind.USER, "why", artifacts));
    report(all, "terminated", new StepReport.JobTerminated());
    all.put("RunCommand.StepTimeCame", new RunCommand.StepTimeCame(RUN, "load", 3));
    all.put("RunCommand.RunTimeCame", new RunCommand.RunTimeCame(RUN));
    all.put(
        "RunCommand.SignalCame",
        new RunCommand.SignalCame(RUN, "load", 3, 1, 4, Map.of("day", 20260101L)));
    all.put("RunCommand.BypassSignals", new RunCommand.BypassSignals(RUN, "load", 3, "ada"));
    all.put("RunCommand.PermitsGranted", new RunCommand.PermitsGranted(RUN, "load", 3));
    var child = new RunKey("report", 1, 1);
    all.put(
        "RunCommand.ChildStarted.accepted",
        new RunCommand.ChildStarted(RUN, "load", 3, child, "uuid", 2, true, null));
    all.put(
        "RunCommand.ChildStarted.refused",
        new RunCommand.ChildStarted(RUN, "load", 3, null, null, 0, true, "reason"));
    all.put(
        "RunCommand.ChildEnded",
        new RunCommand.ChildEnded(
            RUN,
            "load",
            3,
            child,
            RunStatus.SUCCEEDED,
            Map.of("SUCCEEDED", 4L),
            Map.of("attempt", 5L)));
    all.put(
        "RunCommand.OrderChunk",
        new RunCommand.OrderChunk(
            new RunKey("maestro_foreach_x", -2, 1),
            new LoopProgress.Order(
                1, 6, 20, 2, IndexSet.range(3, 9), true, Map.of(), true, RunStatus.FAILED, null)));
    all.put(
        "RunCommand.RecoverChunk",
        new RunCommand.RecoverChunk(new RunKey("maestro_foreach_x", -2, 1)));
    all.put(
        "RunCommand.ChunkReported",
        new RunCommand.ChunkReported(
            RUN,
            "load",
            3,
            new LoopKey("maestro_foreach_x", 1),
            1,
            new Chunk.Report(6, 2, 20, true, true, true, null)));
    all.put(
        "RunCommand.RestartIterations",
        new RunCommand.RestartIterations(RUN, "load", IndexSet.range(3, 9), List.of(), "ada"));
    all.put("RunCommand.EndRun", new RunCommand.EndRun(RUN, RunStatus.STOPPED, "because", "ada"));
    all.put(
        "RunCommand.EndStep",
        new RunCommand.EndStep(RUN, "load", StepStatus.SKIPPED, "because", "ada"));
    all.put(
        "RunCommand.RestartStep",
        new RunCommand.RestartStep(RUN, "load", outputs, List.of(), "ada"));
    all.put("RunCommand.ResumeStep", new RunCommand.ResumeStep(RUN, "load", 3, "ada"));
    all.put("PermitMessage.Request", new PermitMessage.Request(HOLDER, Map.of("tag", 5L)));
    all.put("PermitMessage.Restore", new PermitMessage.Restore(HOLDER, Map.of("tag", 5L)));
    all.put("PermitMessage.Release", new PermitMessage.Release(HOLDER));
    all.put("NodeChannel.Wake", new NodeChannel.Wake("backfill", 7));
    all.put(
        "TurnNews",
        new TurnNews(
            List.of(
                new StatusChange(
                    RUN,
                    "uuid",
                    "orders:7:2",
                    "load",
                    3L,
                    2L,
                    List.of(new StatusChange.Passed("RUNNING", "SUCCEEDED", TIME)))),
            List.of(new SignalRequest.Forget("db/orders", GATE))));
    return all;
  }

  private static void report(Map<String, Object> all, String kind, StepReport report) {
    all.put("RunCommand.JobReported." + kind, new RunCommand.JobReported(RUN, "load", 3, report));
  }

  private String written(String name, Object message) {
    return name.startsWith("service/")
        ? services.writeValueAsString(message)
        : nodes.write(message);
  }

  private static Class<?> type(Object message) {
    return switch (message) {
      case EngineRequest _ -> EngineRequest.class;
      case SignalRequest _ -> SignalRequest.class;
      case RunCommand _ -> RunCommand.class;
      case PermitMessage _ -> PermitMessage.class;
      default -> message.getClass();
    };
  }

  private static String golden(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new AssertionError("expected each message to have a file", e);
    }
  }

  @TestFactory
  Stream<DynamicTest> whatTheFirstReleaseWroteIsWrittenAndReadToday() {
    return messages().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  var name = entry.getKey();
                  var message = entry.getValue();
                  var golden = golden(FIRST_RELEASE.resolve(name + ".json"));
                  assertThat(services.readTree(written(name, message)))
                      .as("a field more is refused by the first release, a field less is missed")
                      .isEqualTo(services.readTree(golden));
                  var read =
                      name.startsWith("service/")
                          ? services.readValue(golden, type(message))
                          : nodes.read(golden, type(message));
                  assertThat(read).isEqualTo(message);
                }));
  }

  @Test
  void aMessageOfTheFirstReleaseIsLeftForEachKindOfToday() throws IOException {
    var files = new ArrayList<String>();
    try (var found = Files.walk(FIRST_RELEASE)) {
      found
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> FIRST_RELEASE.relativize(file).toString().replace(".json", ""))
          .filter(name -> !name.startsWith("outgoing/"))
          .forEach(files::add);
    }
    assertThat(files).containsExactlyInAnyOrderElementsOf(messages().keySet());
  }

  @Test
  void whatTheFirstReleaseLeftInTheOutboxIsPutIntoTheSameWords() {
    var publications =
        new Publications(
            new CloudEvents("maestro.events", "/maestro", nodes),
            "maestro.commands",
            ServiceTopics.of("maestro"),
            nodes,
            services);
    var row = new OutboxRow("id", 3, null, golden(FIRST_RELEASE.resolve("node/TurnNews.json")));
    var outgoing = publications.messages(row).toList();
    assertThat(outgoing).hasSize(2);
    assertThat(services.readTree(outgoing.getFirst().value()))
        .isEqualTo(services.readTree(golden(FIRST_RELEASE.resolve("outgoing/event.json"))));
    assertThat(services.readTree(outgoing.getLast().value()))
        .isEqualTo(
            services.readTree(golden(FIRST_RELEASE.resolve("service/SignalRequest.Forget.json"))));
  }
}
