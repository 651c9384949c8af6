package org.maestro.engine.api.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.store.StoredRuns.ended;
import static org.maestro.engine.run.store.StoredRuns.key;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.row;
import static org.maestro.engine.run.store.StoredRuns.workflow;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.backfill.BackfillStore;
import org.maestro.engine.breakpoint.BreakpointConfiguration;
import org.maestro.engine.breakpoint.BreakpointNews;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.DefinitionConfiguration;
import org.maestro.engine.definition.InstanceCounts;
import org.maestro.engine.instance.InstanceConfiguration;
import org.maestro.engine.instance.loop.LoopViewConfiguration;
import org.maestro.engine.instance.purge.PurgeConfiguration;
import org.maestro.engine.instance.why.WhyConfiguration;
import org.maestro.engine.log.AttemptDirectory;
import org.maestro.engine.notification.store.NotificationBell;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.StoredRuns;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.run.store.TestLoops;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamSettings;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs and steps over HTTP, with everything that reads them and nothing that runs them. */
class InstanceApiTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final String RUN = "/workflows/api/instances/1/runs/1";
  private static ServletWebServerApplicationContext context;

  /** The engine without its runs. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
  @Import({
    DatabaseConfiguration.class,
    WebConfiguration.class,
    SecurityConfiguration.class,
    DefinitionConfiguration.class,
    BreakpointConfiguration.class,
    InstanceConfiguration.class,
    LoopViewConfiguration.class,
    WhyConfiguration.class,
    PurgeConfiguration.class,
    InstanceApiConfiguration.class
  })
  static class Readers {
    @Bean
    InstantSource clock() {
      return InstantSource.fixed(Instant.ofEpochMilli(StoredRuns.NOON));
    }

    @Bean
    RunJson runJson() {
      return new RunJson();
    }

    @Bean
    BackfillStore backfillStore(Transactions transactions, RunJson json) {
      return new BackfillStore(transactions, json);
    }

    @Bean
    LoopSource loopSource(JdbcClient jdbc, Transactions transactions) {
      return TestLoops.source(jdbc, transactions);
    }

    @Bean
    LoopStore loopStore(Transactions transactions) {
      return new LoopStore(transactions, new RunJson());
    }

    @Bean
    RunPlans runPlans(LoopSource loops, CompiledVersions versions) {
      return new RunPlans(loops, versions);
    }

    @Bean
    ParamEvaluator paramEvaluator(InstantSource clock) {
      return new ParamEvaluator(
          new ExpressionCache(),
          new SelRuntime(clock, () -> "uuid", () -> 0.5, SelLimits.DEFAULT),
          new ParamSettings("test", Map.of(), Set.of(), () -> 1));
    }

    @Bean
    BreakpointNews breakpointNews() {
      return () -> {};
    }

    @Bean
    SuspectStore suspectStore(Transactions transactions) {
      return new SuspectStore(transactions);
    }

    @Bean
    NotificationStore notificationStore(Transactions transactions) {
      return new NotificationStore(transactions, new NotificationBell());
    }

    @Bean
    RunCommands runCommands() {
      return new RunCommands() {
        @Override
        public void send(RunCommand command) {
          throw new AssertionError("reading sends nothing, found " + command);
        }

        @Override
        public void tell(RunCommand command) {
          throw new AssertionError("reading sends nothing, found " + command);
        }

        @Override
        public Runnable within(List<RunCommand> sent, List<RunCommand> told) {
          throw new UnsupportedOperationException("nothing is started here");
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    var runs = new StoredRuns(DATABASE.jdbc());
    runs.keep(workflow("api", noop("a", "b"), noop("b")), "ada", 1, "{\"owner\":\"ada\"}");
    runs.keep(row(key("api", 1, 1), RunStatus.SUCCEEDED));
    runs.keep(key("api", 1, 1), ended("a", 1, 1, StepStatus.SUCCEEDED, "b"));
    runs.keep(key("api", 1, 1), ended("b", 1, 2, StepStatus.SUCCEEDED));
    context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(Readers.class)
                .logStartupInfo(false)
                .run(
                    "--server.port=0",
                    "--maestro.dev=true",
                    "--spring.datasource.url=" + DATABASE.url(),
                    "--spring.datasource.username=",
                    "--spring.datasource.password=");
  }

  @AfterAll
  static void stop() {
    context.close();
    DATABASE.close();
  }

  @Test
  void everyRouteAnswers() throws Exception {
    for (var path :
        List.of(
            "/workflows/instances/action-map",
            "/workflows/steps/instances/action-map",
            "/workflows/api/instances?first=10",
            "/workflows/api/instances?last=10&status=SUCCEEDED&from=1&aggregated=true",
            "/workflows/api/instances/1?enriched=true",
            "/workflows/api/instances/1/runs?first=10",
            RUN,
            RUN + "?enriched=true&aggregated=true",
            "/workflows/api/instances/1/runs/latest",
            RUN + "/steps",
            RUN + "/steps/a/attempts",
            RUN + "/steps/a/attempts/1",
            RUN + "/steps/a/attempts/latest",
            RUN + "/steps/a/why",
            RUN + "/why",
            "/workflows/api/instances/1/why",
            "/workflows/api/instances/1/steps",
            "/workflows/api/instances/1/steps/b",
            "/instances?first=10",
            "/instances?first=10&owner=ada&workflow=api&status=FAILED")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotThereOrNotANumberIsRefused() throws Exception {
    for (var path :
        List.of(
            "/workflows/api/instances/99/runs/1",
            "/workflows/api/instances/1/runs/9",
            "/workflows/nothing/instances?first=1",
            RUN + "/steps/q/attempts/1",
            RUN + "/steps/a/attempts/7")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    for (var path :
        List.of(
            "/workflows/api/instances",
            "/workflows/api/instances?first=1&status=HAPPY",
            "/workflows/api/instances/x/runs/1",
            "/workflows/api/instances/1/runs/first",
            "/instances?last=1",
            "/instances?first=1&cursor=nonsense")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(400);
    }
  }

  @Test
  void theActionsOfEachStatusAreThoseOfTheStandard() throws Exception {
    assertThat(json(get("/workflows/instances/action-map")))
        .containsEntry("FAILED", List.of("RESTART", "UNBLOCK"))
        .containsEntry("IN_PROGRESS", List.of("STOP", "KILL"))
        .hasSize(RunStatus.values().length);
    assertThat(json(get("/workflows/steps/instances/action-map")))
        .containsEntry("PAUSED", List.of("RESUME", "STOP", "KILL", "SKIP"))
        .hasSize(StepStatus.values().length);
  }

  @Test
  @SuppressWarnings("unchecked")
  void paramsAreShownWithTheirDefaults() throws Exception {
    var params = (Map<String, Object>) json(get(RUN)).get("params");
    assertThat(params).containsKeys("p", "workflow_id", "owner", "RUN_TS");
    var stepParams =
        (Map<String, Object>) json(get(RUN + "/steps/a/attempts/latest")).get("params");
    assertThat(stepParams).containsKeys("step_id", "step_attempt_id");
  }

  @Test
  void thePartsThatOthersAskForAreThere() {
    assertThat(context.getBean(InstanceCounts.class).of("api"))
        .isEqualTo(InstanceCounts.Counts.NONE);
    assertThat(context.getBean(AttemptDirectory.class)).isNotNull();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var uri = "http://127.0.0.1:" + context.getWebServer().getPort() + "/api/v3" + path;
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(uri)).header("user", "tester").build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(HttpResponse<String> response) {
    return StrictJson.mapper().readValue(response.body(), Map.class);
  }
}
