package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what over each route of the signal service, of the scheduler, and of all ports for
 * those who run the services. The engine's own routes are in DetoursTest.
 */
class RightsIT {
  private static final String NOBODY = "nobody";

  @TempDir static Path folder;

  private static Services services;

  private enum Right {
    /** Everybody, known or not. */
    NONE(Set.of()),
    /** Everybody with a token. */
    READ(Set.of(NOBODY)),
    /** The owner and administrators. */
    OWN(Set.of(NOBODY, "bob")),
    ADMINISTER(Set.of(NOBODY, "bob", "ada"));

    private final Set<String> refused;

    Right(Set<String> refused) {
      this.refused = refused;
    }
  }

  private record Row(Right right, String query, String body) {}

  @BeforeAll
  static void start() throws Exception {
    services = Services.start(folder);
    var pushed =
        call(
            services.port(Services.Name.ENGINE),
            "ada",
            "POST",
            "/api/v3/workflows",
            """
            {"properties": {"owner": "ada"}, "is_active": true,
             "workflow": {"id": "adas", "time_triggers": [{"type": "CRON", "cron": "0 0 1 1 *"}],
                          "steps": [{"step": {"id": "s", "type": "NoOp"}}]}}
            """);
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(200);
    var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (call(
                services.port(Services.Name.SCHEDULER),
                "ada",
                "GET",
                "/api/v3/workflows/adas/triggers",
                "")
            .status()
        != 200) {
      assertThat(System.nanoTime()).as("the scheduler hears of the workflow").isLessThan(end);
    }
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  /** What each route asks for, by service, method and pattern. */
  private static Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    for (var service : Services.Name.values()) {
      for (var open : List.of("/actuator/health", "/actuator/health/**")) {
        rows.put(service + " GET " + open, new Row(Right.NONE, "", ""));
      }
      for (var inside :
          List.of(
              "/actuator",
              "/actuator/metrics",
              "/actuator/metrics/{requiredMetricName}",
              "/actuator/prometheus")) {
        rows.put(service + " GET " + inside, new Row(Right.ADMINISTER, "", ""));
      }
      if (service != Services.Name.ENGINE) {
        rows.put(service + " GET /api/v3/info", new Row(Right.READ, "", ""));
        rows.put(service + " GET /api/v3/openapi.json", new Row(Right.READ, "", ""));
      }
      rows.put(service + " GET /info", new Row(Right.READ, "", ""));
    }
    var signals = "SIGNAL GET /api/v3/signals";
    rows.put(signals, new Row(Right.READ, "", ""));
    rows.put(signals + "/{*rest}", new Row(Right.READ, "", ""));
    rows.put(
        "SIGNAL POST /api/v3/signals",
        new Row(Right.READ, "", "{\"name\": \"sig\", \"params\": {}}"));
    rows.put(
        "SIGNAL POST /api/v3/signals/cloudevents",
        new Row(
            Right.READ,
            "",
            "{\"specversion\": \"1.0\", \"type\": \"sig\", \"id\": \"1\", \"source\": \"/here\"}"));
    rows.put("SIGNAL GET /api/v3/lineage/signals", new Row(Right.READ, "?name=sig&seq=1", ""));
    rows.put(
        "SIGNAL GET /api/v3/lineage/runs",
        new Row(Right.READ, "?workflow_id=adas&instance_id=1", ""));
    rows.put("SIGNAL GET /api/v3/lineage/workflows", new Row(Right.READ, "?workflow_id=adas", ""));
    rows.put("SIGNAL GET /api/v3/dead-letters", new Row(Right.ADMINISTER, "", ""));
    rows.put(
        "SIGNAL POST /api/v3/dead-letters/{id}/actions/{action}",
        new Row(Right.ADMINISTER, "", ""));
    var triggers = "/api/v3/workflows/{workflowId}/triggers";
    rows.put("SCHEDULER GET " + triggers, new Row(Right.READ, "", ""));
    rows.put("SCHEDULER GET " + triggers + "/time/next", new Row(Right.READ, "", ""));
    rows.put("SCHEDULER PUT " + triggers + "/time/actions/pause", new Row(Right.OWN, "", ""));
    rows.put("SCHEDULER PUT " + triggers + "/time/actions/resume", new Row(Right.OWN, "", ""));
    rows.put("SCHEDULER GET /api/v3/triggers/time", new Row(Right.READ, "", ""));
    rows.put(
        "SCHEDULER POST /api/v3/triggers/time/preview",
        new Row(Right.READ, "", "{\"type\": \"CRON\", \"cron\": \"0 0 1 1 *\"}"));
    return rows;
  }

  @Test
  void everyRouteAsksForTheRightThatItsRowNames() throws Exception {
    var rows = rows();
    var ports = new HashMap<String, Set<Integer>>();
    for (var route : services.routes()) {
      if (route.service() != Services.Name.ENGINE || !route.pattern().startsWith("/api/")) {
        ports
            .computeIfAbsent(route.service() + " " + route.name(), _ -> new TreeSet<>())
            .add(route.port());
      }
    }
    assertThat(new TreeSet<>(ports.keySet())).isEqualTo(rows.keySet());

    var faults = new ArrayList<String>();
    for (var entry : rows.entrySet()) {
      var words = entry.getKey().split(" ");
      var row = entry.getValue();
      for (var port : ports.get(entry.getKey())) {
        for (var action :
            words[2].contains("{action}") ? List.of("replay", "discard") : List.of("")) {
          var path =
              words[2]
                      .replace("{action}", action)
                      .replace("{workflowId}", "adas")
                      .replace("{*rest}", "sig/instances")
                      .replace("{requiredMetricName}", "jvm.info")
                      .replace("**", "readiness")
                      .replace("{id}", "x")
                  + row.query();
          for (var method : words[1].equals("GET") ? List.of("GET", "HEAD") : List.of(words[1])) {
            for (var person : List.of(NOBODY, "bob", "ada", "root")) {
              var status = call(port, person, method, path, row.body()).status();
              var isRight =
                  row.right().refused.contains(person)
                      ? status == (person.equals(NOBODY) ? 401 : 403)
                      : status != 401 && status != 403 && status < 500;
              if (!isRight) {
                faults.add("%s %s %s as %s: %d".formatted(words[0], method, path, person, status));
              }
            }
          }
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static RawHttp.Answer call(
      int port, String person, String method, String path, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                method,
                path,
                person.equals(NOBODY)
                    ? ""
                    : "Authorization: Bearer " + Services.token(person) + "\r\n",
                path.endsWith("/cloudevents") ? "application/cloudevents+json" : "application/json",
                bytes.length);
    return RawHttp.send(port, (head + body).getBytes(StandardCharsets.UTF_8));
  }
}
