package org.maestro.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.output.Json;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.Why;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopSummary;
import org.maestro.model.signal.SignalDetail;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartBody;
import org.maestro.model.start.StartBody;

class RecordsTest {

  private static <T> T read(Class<T> type, String json) {
    return Records.read(type, Json.read(json));
  }

  @Test
  void fieldsAreReadByTheirNamesInJson() {
    var run =
        read(
            RunSummary.class,
            """
            {"workflow_id": "hello", "workflow_instance_id": 7, "status": "FAILED", "start_time": 5,
             "initiator": {"type": "MANUAL", "user": "ann"}}
            """);
    assertThat(run.workflowId()).isEqualTo("hello");
    assertThat(run.workflowInstanceId()).isEqualTo(7);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.startTime()).isEqualTo(5);
    assertThat(run.initiator()).isEqualTo(new Initiator.Manual("ann"));
  }

  @Test
  void whatAnOlderServerDoesNotSayIsNullEmptyOrZero() {
    var run = read(InstanceView.class, "{}");
    assertThat(run.workflowId()).isEmpty();
    assertThat(run.workflowRunId()).isZero();
    assertThat(run.startTime()).isNull();
    assertThat(run.timeline()).isEmpty();
    assertThat(run.params()).isEmpty();
    assertThat(run.runtimeWorkflow()).isNull();
    assertThat(run.runConfig().runtimeTags()).isEmpty();
    assertThat(Records.read(InstanceView.class, null)).isEqualTo(run);
  }

  @Test
  void whatANewerServerSaysBreaksNothing() {
    var run =
        read(
            RunSummary.class,
            """
            {"status": "DREAMING", "initiator": {"type": "MOON"}, "mood": {"is": "good"},
             "workflow_id": "hello", "create_time": "soon"}
            """);
    assertThat(run.workflowId()).isEqualTo("hello");
    assertThat(run.status()).isNull();
    assertThat(run.initiator()).isNull();
    assertThat(run.createTime()).isZero();
  }

  @Test
  void recordsStandInListsAndMapsOfWords() {
    var summary =
        read(
            LoopSummary.class,
            """
            {"counts": {"FAILED": 2, "SUCCEEDED": 5, "DREAMING": 1}, "rate_per_second": 1.5,
             "failures": [{"signature": "it broke", "count": 2, "samples": [3, 9]}]}
            """);
    assertThat(summary.counts())
        .isEqualTo(Map.of(IterationStatus.FAILED, 2L, IterationStatus.SUCCEEDED, 5L));
    assertThat(summary.ratePerSecond()).isEqualTo(1.5);
    assertThat(summary.failures().getFirst().samples()).containsExactly(3L, 9L);

    var run =
        read(
            InstanceView.class,
            "{\"aggregated_info\": {\"step_aggregated_views\": {\"a\": {\"status\": \"RUNNING\"}}}}");
    assertThat(run.aggregatedInfo()).isNotNull();
    assertThat(run.aggregatedInfo().stepAggregatedViews().get("a").status())
        .isEqualTo(StepStatus.RUNNING);
  }

  @Test
  void membersThatHaveNoNameOfTheirOwnAreKept() {
    var why =
        read(Why.class, "{\"reasons\": [{\"code\": \"ENDED\", \"message\": \"-\", \"at\": 5}]}");
    assertThat(why.reasons().getFirst().details()).isEqualTo(Map.of("at", 5L));
    var version =
        read(
            WorkflowDefinition.class,
            "{\"metadata\": {\"workflow_version_id\": 3, \"message\": \"why\"}}");
    assertThat(version.metadata().extraInfo()).isEqualTo(Map.of("message", "why"));
    var detail = read(SignalDetail.class, "{\"name\": \"db/a\", \"seq_id\": 7, \"gates\": []}");
    assertThat(detail.signal().name()).isEqualTo("db/a");
  }

  private record Picky(String word) {
    Picky {
      if (!word.isEmpty()) {
        throw new IllegalArgumentException("expected no word");
      }
    }
  }

  @Test
  void whatCanNotBeReadIsToldAsSuch() {
    assertThatThrownBy(() -> read(Picky.class, "{\"word\": \"x\"}"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("expected Picky in the answer of the server")
        .hasMessageContaining("expected no word");
  }

  private record Body(String name, @Nullable Long step, List<Object> values) {}

  @Test
  void aBodyIsSentWithoutWhatIsNotGiven() {
    assertThat(Json.compact(Records.tree(new Body("a", null, List.of(1L, "x")))))
        .isEqualTo("{\"name\":\"a\",\"values\":[1,\"x\"]}");
    var start =
        new StartBody(
            new StartBody.By("manual"), null, "r", null, Map.of("n", 5L), null, null, null);
    assertThat(Json.compact(Records.tree(start)))
        .isEqualTo(
            "{\"initiator\":{\"type\":\"manual\"},\"request_id\":\"r\",\"run_params\":{\"n\":5}}");
    var restart =
        new RestartBody(
            null,
            null,
            "r",
            "RESTART_FROM_BEGINNING",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertThat(Json.compact(Records.tree(restart)))
        .isEqualTo("{\"request_id\":\"r\",\"restart_policy\":\"RESTART_FROM_BEGINNING\"}");
  }
}
