package org.maestro.engine.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maestro.engine.run.RunJson;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Properties;
import org.maestro.model.instance.RunStatus;

/** Which events and settings make which receivers. */
class AlertPlanTest {
  private static final long NOON = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
  private static final Channels ALL = new Channels(true, Set.of("ops", "pd"), Set.of("data"));

  private static RunAlerts plan(Map<String, Object> alerting) {
    return plan(alerting, ALL, text -> text);
  }

  private static RunAlerts plan(
      Map<String, Object> alerting, Channels channels, UnaryOperator<String> interpolation) {
    return AlertPlan.of(properties(alerting, null), channels, interpolation, NOON);
  }

  private static Properties properties(Map<String, Object> alerting, Boolean disabled) {
    return new Properties(
        "ada", null, null, null, null, alerting, disabled, null, null, null, null);
  }

  @Test
  void whoIsNamedIsToldOfFailuresAlone() {
    var alerts =
        plan(
            Map.of(
                "emails", List.of("ada@example.org"),
                "webhooks", List.of("ops"),
                "slack", Map.of("channels", List.of("#data"))));
    assertThat(alerts.receivers())
        .isEqualTo(
            Map.of(
                AlertEvent.FAILURE, List.of("webhook:ops", "slack:data", "email:ada@example.org")));
    assertThat(alerts.lateAt()).isNull();
    assertThat(alerts.untold()).isEmpty();
  }

  @Test
  void successIsToldIfItsTypeIsConfigured() {
    var alerts =
        plan(Map.of("webhooks", List.of("ops"), "type_configs", Map.of("RUN_SUCCESS", Map.of())));
    assertThat(alerts.receivers())
        .containsOnlyKeys(AlertEvent.FAILURE, AlertEvent.SUCCESS)
        .containsEntry(AlertEvent.SUCCESS, List.of("webhook:ops"));
  }

  @Test
  void aTypeNamesItsOwnReceiversIsDisabledOrAllowsSomeWays() {
    var alerts =
        plan(
            Map.of(
                "webhooks",
                List.of("ops"),
                "tct",
                Map.of("duration_minutes", 30),
                "type_configs",
                Map.of(
                    "STEP_FAILURE", Map.of("disabled", true),
                    "RUN_SUCCESS", Map.of("emails", List.of("bob@example.org")),
                    "TCT_VIOLATION",
                        Map.of(
                            "actions",
                            List.of("slack"),
                            "emails",
                            List.of("bob@example.org"),
                            "slack",
                            Map.of("channels", List.of("data"))))));
    assertThat(alerts.receivers())
        .isEqualTo(
            Map.of(
                AlertEvent.SUCCESS, List.of("email:bob@example.org"),
                AlertEvent.LATE, List.of("slack:data")));
    assertThat(alerts.lateAt()).isEqualTo(NOON + 30 * 60_000L);
  }

  @Test
  void nothingIsAskedForOrEverythingIsDisabled() {
    assertThat(AlertPlan.of(properties(null, null), ALL, text -> text, NOON)).isNull();
    assertThat(plan(Map.of())).isNull();
    assertThat(plan(Map.of("tct", Map.of("duration_minutes", 5)))).isNull();
    assertThat(
            AlertPlan.of(
                properties(Map.of("webhooks", List.of("ops")), true), ALL, text -> text, NOON))
        .isNull();
  }

  @Test
  void whatCannotBeToldIsSaid() {
    var alerts =
        plan(
            Map.of(
                "emails", List.of("${nobody}", "no address", "a@b.org"),
                "webhooks", List.of("oops"),
                "pagerduties", List.of("pd", "other")),
            ALL,
            text -> {
              if (text.contains("$")) {
                throw new IllegalArgumentException("nobody is not defined");
              }
              return text;
            });
    assertThat(alerts.receivers())
        .isEqualTo(Map.of(AlertEvent.FAILURE, List.of("webhook:pd", "email:a@b.org")));
    assertThat(alerts.untold())
        .containsExactly(
            "webhook oops: no webhook of that name is set up",
            "pagerduty other: no webhook of that name is set up",
            "e-mail ${nobody}: nobody is not defined",
            "e-mail no address: expected an address such as ada@example.org, found no address;"
                + " between several there are commas, and names of people aren't written");
    assertThat(plan(Map.of("emails", List.of("a@b.org")), Channels.NONE, text -> text).untold())
        .containsExactly("e-mail a@b.org: no mail server is set up");
  }

  @Test
  void addressesComeOfParamsAndCarryNoHeaders() {
    var alerts =
        plan(
            Map.of("emails", List.of("${who}")),
            ALL,
            _ -> "a@b.org, c@d.org;e@f.org\r\nBcc: x@y.org <z@z.org>, g@h.org");
    assertThat(alerts.receivers().get(AlertEvent.FAILURE))
        .containsExactly("email:a@b.org", "email:c@d.org", "email:g@h.org");
    assertThat(alerts.untold())
        .singleElement()
        .asString()
        .contains("found e@f.org  Bcc: x@y.org <z@z.org>;")
        .doesNotContain("\n");
  }

  @Test
  void noMoreAreToldThanIsPossible() {
    var many = IntStream.range(0, 80).mapToObj(i -> "a" + i + "@b.org").toList();
    var alerts = plan(Map.of("emails", many));
    assertThat(alerts.receivers().get(AlertEvent.FAILURE)).hasSize(AlertPlan.MOST_RECEIVERS);
    assertThat(alerts.untold()).singleElement().asString().contains("30 of STEP_FAILURE");
  }

  @Test
  void strangeShapesAreTakenForAbsent() {
    var strange = new HashMap<String, Object>();
    strange.put("emails", 7);
    strange.put("slack", "data");
    strange.put("type_configs", List.of("RUN_SUCCESS"));
    strange.put("tct", Map.of("duration_minutes", "soon"));
    strange.put("webhooks", "ops");
    assertThat(plan(strange).receivers())
        .isEqualTo(Map.of(AlertEvent.FAILURE, List.of("webhook:ops")));
  }

  @Test
  void aPromiseIsKeptUntilATimeOfItsZone() {
    assertThat(late(Map.of("completed_by_hour", 13))).isEqualTo("2026-11-30T13:00:00Z");
    assertThat(late(Map.of("completed_by_hour", 13, "tz", "Europe/Berlin")))
        .as("13:00 there is 12:00Z, which is over")
        .isEqualTo("2026-12-01T12:00:00Z");
    assertThat(late(Map.of("completed_by_hour", 12))).isEqualTo("2026-12-01T12:00:00Z");
    assertThat(late(Map.of("completed_by_ts", NOON + 1))).isEqualTo("2026-11-30T12:00:00.001Z");
    assertThat(late(Map.of("completed_by_ts", NOON))).isEqualTo("null");
    assertThat(late(Map.of("completed_by_hour", 24))).isEqualTo("null");
    assertThat(late(Map.of("completed_by_hour", 3, "tz", "Mars/Base"))).isEqualTo("null");
  }

  private static String late(Map<String, Object> tct) {
    var alerts = plan(Map.of("webhooks", List.of("ops"), "tct", tct));
    return alerts.lateAt() == null ? "null" : Instant.ofEpochMilli(alerts.lateAt()).toString();
  }

  @Test
  void whatIsKeptOfAPlanIsReadAsItWas() {
    var json = new RunJson();
    for (var alerts :
        List.of(
            new RunAlerts(Map.of(), null, List.of("slack data: none")),
            new RunAlerts(Map.of(AlertEvent.LATE, List.of("webhook:ops")), NOON, List.of()))) {
      assertThat(json.read(json.write(alerts), RunAlerts.class)).isEqualTo(alerts);
    }
  }

  @Test
  void everyEndIsAnEvent() {
    assertThat(AlertEvent.ofEnd(RunStatus.SUCCEEDED)).isEqualTo(AlertEvent.SUCCESS);
    for (var status : List.of(RunStatus.FAILED, RunStatus.STOPPED, RunStatus.TIMED_OUT)) {
      assertThat(AlertEvent.ofEnd(status)).isEqualTo(AlertEvent.FAILURE);
    }
  }

  @Test
  void aPushIsToldWhatNobodyActsOn() {
    var warnings =
        AlertCheck.warnings(
            Map.of(
                "email", List.of("a@b.org"),
                "emails", List.of("a@b.org"),
                "webhooks", List.of("opps"),
                "pagerduties", List.of("night"),
                "type_configs",
                    Map.of(
                        "LONG_RUNNING", Map.of(),
                        "STEP_FAILURE",
                            Map.of("granularity", "STEP", "actions", List.of("cancel"))),
                "tct", Map.of("completed_by_hour", 99)),
            new Channels(false, Set.of("ops"), Set.of()),
            Set.of());
    assertThat(warnings)
        .extracting(DefinitionProblem::pointer)
        .containsExactlyInAnyOrder(
            "/properties/alerting/email",
            "/properties/alerting/emails",
            "/properties/alerting/webhooks",
            "/properties/alerting/pagerduties",
            "/properties/alerting/type_configs/LONG_RUNNING",
            "/properties/alerting/type_configs/STEP_FAILURE/granularity",
            "/properties/alerting/type_configs/STEP_FAILURE/actions",
            "/properties/alerting/tct");
    assertThat(warnings.stream().map(DefinitionProblem::suggestion).filter(Objects::nonNull))
        .containsExactlyInAnyOrder("emails", "ops");
    assertThat(
            AlertCheck.warnings(
                Map.of("webhooks", List.of("ops"), "tct", Map.of("duration_minutes", 5)),
                ALL,
                Set.of()))
        .isEmpty();
  }

  @Test
  void aPushIsToldWhatHasAnotherShapeOrNameWhereverItIs() {
    var warnings =
        AlertCheck.warnings(
            Map.of(
                "webhooks", List.of("ops"),
                "slack", "#data",
                "emails", List.of("Ann Smith <ann@example.org>", "${taem}@example.org"),
                "tct", Map.of("duration_minutes", 5, "zone", "UTC"),
                "type_configs",
                    Map.of(
                        "RUN_SUCCESS",
                        Map.of(
                            "webhook", List.of("ops"),
                            "disabled", "yes",
                            "slack", Map.of("channel", "data"),
                            "actions", List.of("mail")))),
            ALL,
            Set.of("team"));

    assertThat(warnings)
        .extracting(DefinitionProblem::pointer)
        .containsExactlyInAnyOrder(
            "/properties/alerting/slack",
            "/properties/alerting/emails",
            "/properties/alerting/emails",
            "/properties/alerting/tct/zone",
            "/properties/alerting/type_configs/RUN_SUCCESS/webhook",
            "/properties/alerting/type_configs/RUN_SUCCESS/disabled",
            "/properties/alerting/type_configs/RUN_SUCCESS/slack/channel",
            "/properties/alerting/type_configs/RUN_SUCCESS/actions");
    assertThat(warnings)
        .extracting(DefinitionProblem::message)
        .anyMatch(message -> message.contains("{channels: [\"#data\"]}, found \"#data\""))
        .anyMatch(message -> message.contains("names of people aren't written"))
        .anyMatch(message -> message.contains("did you mean ${team}?"));
    assertThat(warnings).extracting(DefinitionProblem::code).containsOnly("W0530");
  }
}
