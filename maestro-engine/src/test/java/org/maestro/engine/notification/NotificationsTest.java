package org.maestro.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** What people are told when runs end, by real servers that take it. */
class NotificationsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Map<String, Object> TELL_OPS =
      Map.of("alerting", Map.of("webhooks", List.of("ops")));

  @TempDir static Path dir;

  private static WebhookReceiver receiver;
  private static GreenMail mail;

  /** Takes connections and never answers. */
  private static ServerSocket hanging;

  /** Where nobody listens until a test does. */
  private static int free;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() throws IOException {
    receiver = new WebhookReceiver();
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.setUser("maestro", "maestro", "a-secret-word");
    mail.start();
    hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      free = probe.getLocalPort();
    }
    var settings =
        new ArrayList<>(
            List.of(
                "maestro.step.shell.data-dir=" + dir.resolve("steps"),
                "maestro.notify.public-url=https://maestro.example.org",
                "maestro.notify.look-every=200ms",
                "maestro.notify.timeout=3s",
                "maestro.notify.lease=20s",
                "maestro.notify.attempts=3",
                "maestro.notify.first-pause=100ms",
                "maestro.notify.smtp.host=127.0.0.1",
                "maestro.notify.smtp.port=" + mail.getSmtp().getPort(),
                "maestro.notify.smtp.from=maestro@example.org",
                "maestro.notify.smtp.tls=none",
                "maestro.notify.smtp.username=maestro",
                "maestro.notify.smtp.password=a-secret-word",
                "maestro.notify.slack.data.url=" + receiver.url("/slack")));
    settings.addAll(webhook("ops", receiver.url("/ops")));
    settings.addAll(webhook("moved", receiver.url("/moved")));
    settings.addAll(webhook("hangs", "http://127.0.0.1:" + hanging.getLocalPort() + "/"));
    settings.addAll(webhook("away", "http://127.0.0.1:" + free + "/away"));
    engine = TestEngine.start(DATABASE, settings.toArray(String[]::new));
    client = new EngineClient(engine);
  }

  private static List<String> webhook(String name, String url) {
    return List.of(
        "maestro.notify.webhooks." + name + ".url=" + url,
        "maestro.notify.webhooks." + name + ".secret=" + WebhookReceiver.SECRET);
  }

  @AfterAll
  static void stop() throws IOException {
    engine.close();
    receiver.close();
    mail.stop();
    hanging.close();
    DATABASE.close();
  }

  private static Map<String, Object> fails(String id) {
    return workflow(id, shell("load", "echo no such file >&2; exit 3", List.of(), NO_RETRY));
  }

  private static List<WebhookReceiver.Delivered> told(String workflowId, int count) {
    awaitUntil(
        workflowId + " has told",
        () -> receiver.about(workflowId).size() >= count,
        () -> receiver.about(workflowId) + " " + rows(workflowId));
    return receiver.about(workflowId);
  }

  private static List<String> rows(String workflowId) {
    return DATABASE
        .jdbc()
        .sql(
            """
            SELECT event || ' ' || receiver || ' ' || status
              FROM notification
             WHERE workflow_id = ?
             ORDER BY instance_id, run_id, event, receiver
            """)
        .param(workflowId)
        .query(String.class)
        .list();
  }

  private static void awaitRows(String workflowId, String... rows) {
    awaitUntil(
        workflowId + " has " + List.of(rows),
        () -> rows(workflowId).equals(List.of(rows)),
        () -> rows(workflowId).toString());
  }

  private static List<?> notifications(RunName run) {
    return (List<?>) engine.call("GET", run.path() + "/notifications", null).at("notifications");
  }

  @Test
  void aRunThatFailsTellsAWebhookWhatFailedFirst() {
    client.push(fails("fails"), TELL_OPS);
    var run = client.start("fails");
    assertThat(client.ended(run)).isEqualTo("FAILED");
    var told = told("fails", 1).getFirst();
    assertThat(told.isSigned()).isTrue();
    assertThat(told.path()).isEqualTo("/ops");
    assertThat(told.id()).startsWith("msg_");
    assertThat(told.body()).containsEntry("type", "run.failed");
    assertThat(told.data())
        .containsEntry("run", "fails#1.1")
        .containsEntry("status", "FAILED")
        .containsEntry("owner", "tester")
        .containsEntry("link", "https://maestro.example.org/workflows/fails/instances/1/runs/1");
    assertThat(String.valueOf(told.data().get("text")))
        .contains("fails#1.1 failed", "Failed first: step \"load\"", "no such file");
    awaitRows("fails", "FAILURE webhook:ops SENT");
    assertThat(notifications(run))
        .singleElement()
        .satisfies(one ->
            assertThat(((Map<?, ?>) one).get("id"))
                .as("the id it was sent with")
                .isEqualTo(told.id()));
    assertThat(engine.call("GET", run.path() + "/why", null).text())
        .contains("webhook:ops was told of STEP_FAILURE");

    var again = client.restart(run, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(again)).isEqualTo("FAILED");
    assertThat(told("fails", 2).getLast().data()).containsEntry("run", "fails#1.2");
    assertThat(told("fails", 2).getLast().id()).isNotEqualTo(told.id());
  }

  @Test
  void successIsToldWhereItIsAskedForAndAStopIsAFailure() {
    client.push(
        workflow("works", noop("a")),
        Map.of(
            "alerting",
            Map.of("webhooks", List.of("ops"), "type_configs", Map.of("RUN_SUCCESS", Map.of()))));
    client.ended(client.start("works"));
    assertThat(told("works", 1).getFirst().body()).containsEntry("type", "run.succeeded");

    client.push(workflow("silent", noop("a")), TELL_OPS);
    client.ended(client.start("silent"));
    client.push(workflow("stops", sleep("s", 60)), TELL_OPS);
    var run = client.start("stops");
    client.reached(run, "s", "RUNNING");
    client.action(run, "stop");
    assertThat(String.valueOf(told("stops", 1).getFirst().data().get("text")))
        .contains("stops#1.1 was stopped");
    assertThat(rows("silent")).isEmpty();
  }

  @Test
  void nobodyIsToldOfIterationsHandlersAndWhatIsDisabled() {
    client.push(
        workflow(
            "loops",
            Map.of("on_failure", List.of(shell("also", "exit 1", List.of(), NO_RETRY))),
            List.of(
                foreach(
                    "each",
                    Map.of("i", Map.of("type", "LONG_ARRAY", "value", List.of(1, 2, 3))),
                    List.of(shell("s", "exit 1", List.of(), NO_RETRY)),
                    List.of()))),
        TELL_OPS);
    client.ended(client.start("loops"));
    told("loops", 1);
    client.push(
        fails("hushed"),
        Map.of("alerting", Map.of("webhooks", List.of("ops")), "alerting_disabled", true));
    client.ended(client.start("hushed"));
    awaitRows("loops", "FAILURE webhook:ops SENT");
    assertThat(rows("hushed")).isEmpty();
    assertThat(
            DATABASE
                .jdbc()
                .sql("SELECT count(*) FROM notification WHERE workflow_id LIKE 'maestro_%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aRunWhoseParamsCannotBeEvaluatedTellsThat() {
    client.push(
        workflow(
            "unborn",
            Map.of(
                "params",
                Map.of(
                    "n",
                    Map.of("type", "LONG", "expression", "10 / given"),
                    "given",
                    Map.of("type", "LONG", "value", 1, "mode", "MUTABLE"))),
            List.of(noop("a"))),
        Map.of(
            "alerting",
            Map.of("webhooks", List.of("ops"), "emails", List.of("${given}@example.org"))));
    var answer =
        client.tryStart(
            "unborn",
            Map.of(
                "persist_failed_run",
                true,
                "run_params",
                Map.of("given", Map.of("type", "LONG", "value", 0))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(String.valueOf(told("unborn", 1).getFirst().data().get("text")))
        .contains("unborn#1.1 failed");
    var run = new RunName("unborn", 1, 1);
    assertThat(engine.call("GET", run.path() + "/notifications", null).text())
        .contains("the params of the run could not be evaluated");
    assertThat(client.instance(run).get("timeline").toString()).contains("Not told: e-mail");
  }

  @Test
  void anEmailHasTheSameTextAndAStableId() throws MessagingException, IOException {
    client.push(
        workflow(
            "mails",
            Map.of(
                "params",
                Map.of("team", param("STRING", "<b>data</b>"), "who", param("STRING", "ada"))),
            List.of(shell("load", "echo '<script>&' >&2; exit 3", List.of(), NO_RETRY))),
        Map.of("alerting", Map.of("emails", List.of("${who}@example.org", "${team}@example.org"))));
    var run = client.start("mails");
    client.ended(run);
    awaitRows("mails", "FAILURE email:ada@example.org SENT");
    var received =
        Arrays.stream(mail.getReceivedMessages())
            .filter(one -> subject(one).contains("mails#1.1"))
            .toList();
    assertThat(received).hasSize(1);
    var one = received.getFirst();
    assertThat(one.getSubject()).isEqualTo("mails#1.1 failed");
    assertThat(Arrays.toString(one.getFrom())).isEqualTo("[maestro@example.org]");
    assertThat(one.getContentType()).startsWith("text/plain");
    assertThat(String.valueOf(one.getContent()))
        .contains("Failed first", "<script>&", "https://maestro.example.org/workflows/mails/");
    var id = ((Map<?, ?>) notifications(run).getFirst()).get("id");
    assertThat(one.getMessageID()).isEqualTo("<" + id + "@example.org>");
    assertThat(client.instance(run).get("timeline").toString())
        .contains("Not told: e-mail ${team}@example.org");
    assertThat(engine.call("GET", run.path() + "/why", null).text())
        .contains("Not told: e-mail ${team}@example.org");
  }

  private static String subject(jakarta.mail.Message message) {
    try {
      return message.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void slackShowsWhatUsersWroteAsPlainText() {
    client.push(
        workflow(
            "slacks",
            shell("load", "echo '<!channel> *x* & more' >&2; exit 3", List.of(), NO_RETRY)),
        Map.of("alerting", Map.of("slack", Map.of("channels", List.of("#data")))));
    client.ended(client.start("slacks"));
    awaitRows("slacks", "FAILURE slack:data SENT");
    var body =
        receiver.delivered.stream()
            .filter(one -> one.path().equals("/slack"))
            .filter(one -> one.body().get("text").equals("slacks#1.1 failed"))
            .findFirst()
            .orElseThrow()
            .body();
    assertThat(body).containsEntry("mrkdwn", false);
    var blocks = (List<?>) body.get("blocks");
    var text = (Map<?, ?>) ((Map<?, ?>) blocks.getFirst()).get("text");
    assertThat(text.get("type")).isEqualTo("plain_text");
    assertThat((String) text.get("text")).contains("&lt;!channel&gt; *x* &amp; more");
    assertThat(blocks.getLast().toString())
        .contains("<https://maestro.example.org/workflows/slacks/instances/1/runs/1|");
  }

  @Test
  void aReceiverThatHangsHoldsUpNoOther() {
    client.push(
        fails("hung"),
        Map.of(
            "alerting",
            Map.of("webhooks", List.of("hangs", "ops")),
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 20)));
    for (var i = 0; i < 12; i++) {
      client.start("hung");
    }
    assertThat(told("hung", 12)).hasSize(12);
    assertThat(rows("hung")).doesNotContain("FAILURE webhook:hangs SENT");
  }

  @Test
  @Timeout(120)
  void whatNobodyTakesIsTriedAgainGivenUpShownAndSentAgainByHand() throws Exception {
    client.push(fails("lost"), Map.of("alerting", Map.of("webhooks", List.of("away"))));
    var run = client.start("lost");
    client.ended(run);
    awaitRows("lost", "FAILURE webhook:away FAILED");
    var failed = engine.call("GET", "/api/v3/notifications?first=1", null);
    assertThat(failed.status()).as(failed.text()).isEqualTo(200);
    var one = (Map<?, ?>) ((List<?>) failed.at("elements")).getFirst();
    assertThat(one.get("workflow_id")).isEqualTo("lost");
    assertThat(one.get("attempts")).isEqualTo(3L);
    assertThat((String) one.get("error")).contains("ConnectException");
    assertThat(engine.call("GET", run.path() + "/why", null).text())
        .contains("maestro notification retry " + one.get("id"));
    var retry = "/api/v3/notifications/" + one.get("id") + "/actions/retry";
    try (var there = new WebhookReceiver(free)) {
      assertThat(engine.call("POST", retry, null).status()).isEqualTo(200);
      awaitRows("lost", "FAILURE webhook:away SENT");
      assertThat(there.delivered).singleElement().extracting("id").isEqualTo(one.get("id"));
    }
    assertThat(engine.call("POST", retry, null).status()).isEqualTo(409);
    assertThat(engine.call("POST", "/api/v3/notifications/msg_none/actions/retry", null).status())
        .isEqualTo(404);
  }

  @Test
  void whoAnswersWithALongPageHasTakenIt() {
    receiver.answerNext("/ops", 200);
    client.push(fails("talks"), TELL_OPS);
    client.ended(client.start("talks"));
    awaitRows("talks", "FAILURE webhook:ops SENT");
    assertThat(receiver.about("talks")).hasSize(1);
  }

  @Test
  void redirectsAreNotFollowed() {
    receiver.answerNext("/moved", 302);
    client.push(fails("moves"), Map.of("alerting", Map.of("webhooks", List.of("moved"))));
    client.ended(client.start("moves"));
    awaitRows("moves", "FAILURE webhook:moved SENT");
    assertThat(receiver.about("moves")).hasSize(2).extracting("path").containsOnly("/moved");
    assertThat(receiver.about("moves"))
        .extracting("id")
        .as("one message")
        .hasSameElementsAs(List.of(receiver.about("moves").getFirst().id()));
  }

  @Test
  void aRunThatIsLateTellsSoOnceAtThatTime() {
    var until = System.currentTimeMillis() + 4_000;
    var property =
        Map.<String, Object>of(
            "alerting",
            Map.of(
                "webhooks",
                List.of("ops"),
                "tct",
                Map.of("completed_by_ts", until),
                "type_configs",
                Map.of("STEP_FAILURE", Map.of("disabled", true))));
    client.push(workflow("late", sleep("s", 60)), property);
    client.push(workflow("intime", noop("s")), property);
    var late = client.start("late");
    var inTime = client.start("intime");
    client.ended(inTime);
    assertThat(notifications(late)).as("what will be told as it stands").hasSize(1);
    assertThat(notifications(inTime)).as("it will not").isEmpty();
    assertThat(rows("late")).containsExactly("LATE webhook:ops WAITING");
    assertThat(rows("intime")).containsExactly("LATE webhook:ops WAITING");
    var told = told("late", 1).getFirst();
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(until);
    assertThat(told.body()).containsEntry("type", "run.late");
    assertThat(String.valueOf(told.data().get("text")))
        .contains("late#1.1 is late: it was to be complete by", "and runs");
    awaitRows("late", "LATE webhook:ops SENT");
    awaitRows("intime");
    client.action(late, "stop");
    client.ended(late);
    assertThat(rows("late")).hasSize(1);
    assertThat(receiver.about("intime")).isEmpty();
  }

  @Test
  void aPushIsToldOfChannelsThatNobodyHasSetUp() {
    var answer =
        engine.call(
            "POST",
            "/api/v3/workflows",
            Map.of(
                "properties",
                Map.of("owner", "tester", "alerting", Map.of("webhooks", List.of("opps"))),
                "workflow",
                workflow("typo", noop("a"))));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("warnings").toString())
        .contains("/properties/alerting/webhooks", "there are away, hangs, moved, ops", "ops");
    assertThat(answer.text()).doesNotContain("whsec_");
  }

  @Test
  void whatIsToldOfAWorkflowGoesWithIt() {
    client.push(fails("gone"), TELL_OPS);
    client.ended(client.start("gone"));
    told("gone", 1);
    awaitRows("gone", "FAILURE webhook:ops SENT");
    assertThat(engine.call("DELETE", "/api/v3/workflows/gone", null).status()).isBetween(200, 299);
    awaitRows("gone");
  }
}
