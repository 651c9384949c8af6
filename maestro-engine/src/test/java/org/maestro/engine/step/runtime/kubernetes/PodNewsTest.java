package org.maestro.engine.step.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maestro.engine.step.runtime.kubernetes.PodNews.Hope;
import org.maestro.engine.step.runtime.kubernetes.PodNews.Standing;

/** States as clusters write them. */
class PodNewsTest {
  private static Pod pod(String status) {
    var pod =
        new KubernetesSerialization()
            .unmarshal(
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"job\",\"image\":\"ghcr.io/team/train:7\"}]},\"status\":"
                    + status
                    + "}",
                Pod.class);
    return new PodBuilder(pod).build();
  }

  private static String container(String state) {
    return "{\"phase\":\"Pending\",\"containerStatuses\":[{\"name\":\"side\",\"state\":{\"running\":{}}},{\"name\":\"job\",\"state\":"
        + state
        + "}]}";
  }

  private static Standing.Waiting waiting(String status) {
    assertThat(PodNews.of(pod(status))).isInstanceOf(Standing.Waiting.class);
    return (Standing.Waiting) PodNews.of(pod(status));
  }

  @Test
  void whatGoesOnByItselfIsNotToldOf() {
    assertThat(waiting("{\"phase\":\"Pending\"}")).isEqualTo(new Standing.Waiting(Hope.SOON, null));
    assertThat(waiting(container("{\"waiting\":{\"reason\":\"ContainerCreating\"}}")))
        .isEqualTo(new Standing.Waiting(Hope.SOON, null));
  }

  @Test
  void theSchedulersWordsAreTold() {
    var found =
        waiting(
            "{\"phase\":\"Pending\",\"conditions\":[{\"type\":\"PodScheduled\",\"status\":\"False\",\"reason\":\"Unschedulable\",\"message\":\"0/3 nodes are available: 3 Insufficient nvidia.com/gpu.\"}]}");

    assertThat(found.hope()).isEqualTo(Hope.ROOM);
    assertThat(found.why())
        .isEqualTo(
            "No node can take the pod yet: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.");
  }

  @Test
  void anImageThatCannotBePulledIsNamedWithWhatToCheck() {
    var found =
        waiting(
            container(
                "{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"rpc error: code = NotFound\"}}"));

    assertThat(found.hope()).isEqualTo(Hope.REPAIR);
    assertThat(found.why())
        .contains("ghcr.io/team/train:7", "rpc error: code = NotFound", "Check its name and tag");
    assertThat(waiting(container("{\"waiting\":{\"reason\":\"InvalidImageName\"}}")).hope())
        .isEqualTo(Hope.NONE);
  }

  @Test
  void aQuotaIsWaitedForAndSoIsOtherTrouble() {
    var event = new EventBuilder().withReason("FailedCreate");
    assertThat(
            PodNews.of(
                event.withMessage("Error creating: pods is forbidden: exceeded quota: q").build()))
        .get()
        .extracting(Standing.Waiting::hope)
        .isEqualTo(Hope.ROOM);
    assertThat(PodNews.of(event.withMessage("Error creating: admission webhook denied").build()))
        .get()
        .extracting(Standing.Waiting::hope)
        .isEqualTo(Hope.REPAIR);
    assertThat(PodNews.of(new EventBuilder().withReason("SuccessfulDelete").build()))
        .isEqualTo(Optional.empty());
  }

  @Test
  void theExitStatusOfTheStepsContainerCounts() {
    assertThat(
            PodNews.of(
                pod(
                    container(
                        "{\"terminated\":{\"exitCode\":3,\"reason\":\"Error\",\"message\":\"{}\"}}"))))
        .isEqualTo(new Standing.Ended(3, false, "{}", null));
    assertThat(
            PodNews.of(
                pod(container("{\"terminated\":{\"exitCode\":137,\"reason\":\"OOMKilled\"}}"))))
        .isEqualTo(new Standing.Ended(137, true, "", null));
  }

  @Test
  void aProgramThatIsNotInTheImageIsTheUsersAsAShellSaysIt() {
    var message = "failed to create task: exec: \\\"nope\\\": executable file not found in $PATH";
    assertThat(
            PodNews.of(
                pod(
                    container(
                        "{\"terminated\":{\"exitCode\":128,\"reason\":\"StartError\",\"message\":\""
                            + message
                            + "\"}}"))))
        .isEqualTo(new Standing.Ended(127, false, "", message.replace("\\\"", "\"")));
  }

  @Test
  void whatTheClusterEndsIsThePlatforms() {
    var preempted =
        "{\"phase\":\"Failed\",\"conditions\":[{\"type\":\"DisruptionTarget\",\"status\":\"True\",\"reason\":\"PreemptionByScheduler\",\"message\":\"default-scheduler: preempting to accommodate a higher priority pod\"}],\"containerStatuses\":[{\"name\":\"job\",\"state\":{\"terminated\":{\"exitCode\":143,\"reason\":\"Error\"}}}]}";
    assertThat(PodNews.of(pod(preempted)))
        .isInstanceOfSatisfying(
            Standing.Lost.class,
            lost ->
                assertThat(lost.why())
                    .startsWith("preempted by a pod")
                    .contains("higher priority"));
    assertThat(
            PodNews.of(
                pod(
                    "{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":\"The node was low on resource: memory.\"}")))
        .isInstanceOfSatisfying(
            Standing.Lost.class,
            lost -> assertThat(lost.why()).startsWith("evicted by its node").contains("low on"));
    assertThat(
            PodNews.of(
                pod(
                    "{\"phase\":\"Failed\",\"reason\":\"OutOfcpu\",\"message\":\"Pod was rejected: Node didn't have enough resource\"}")))
        .isInstanceOf(Standing.Lost.class);
  }

  @Test
  void whoEndsWellWhileBeingEvictedHasEndedWell() {
    var done =
        "{\"phase\":\"Succeeded\",\"conditions\":[{\"type\":\"DisruptionTarget\",\"status\":\"True\",\"reason\":\"EvictionByEvictionAPI\"}],\"containerStatuses\":[{\"name\":\"job\",\"state\":{\"terminated\":{\"exitCode\":0,\"reason\":\"Completed\"}}}]}";
    assertThat(PodNews.of(pod(done))).isEqualTo(new Standing.Ended(0, false, "", null));
  }
}
