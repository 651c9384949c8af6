package org.maestro.engine.step.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.step.runtime.JobRuntimeContract.await;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.Kind;
import org.maestro.engine.step.runtime.secret.SecretSettings;
import org.maestro.engine.step.runtime.secret.Secrets;
import org.maestro.model.definition.StepType;

/** What is a cluster's own, besides what all jobs have in common. */
class KubernetesRuntimeTest {
  @TempDir Path dataDir;
  @TempDir Path shared;
  private KubernetesRig rig;
  private final RecordedReports reports = new RecordedReports();

  @BeforeEach
  void open() throws Exception {
    rig = new KubernetesRig(dataDir, shared);
  }

  @AfterEach
  void close() {
    if (rig != null) {
      rig.close();
    }
  }

  private static String job(Launch launch) {
    return JobManifest.nameOf(launch.attempt());
  }

  private List<String> news(Launch launch) {
    return reports.of(launch.attempt()).stream()
        .filter(JobProgressed.class::isInstance)
        .map(report -> ((JobProgressed) report).message())
        .toList();
  }

  private JobFailed failure(Launch launch) throws Exception {
    var end = reports.awaitEnd(launch.attempt());
    assertThat(end).isInstanceOf(JobFailed.class);
    return (JobFailed) end;
  }

  @Test
  void secretsAndTheTokenAreInASecretOfTheJobAloneAndMaskedInTheLog() throws Exception {
    Files.createDirectories(dataDir.resolve("secrets/db"));
    Files.writeString(dataDir.resolve("secrets/db/password"), "open-sesame");
    rig.with(
        new Secrets(
            new SecretSettings(
                Map.of(
                    "warehouse",
                    new SecretSettings.Scope(
                        List.of("owner"),
                        List.of(),
                        null,
                        dataDir.resolve("secrets"),
                        null,
                        null))),
            Map.of()));
    var launch =
        rig.launch(
            Map.of(
                "command",
                List.of(
                    "sh",
                    "-c",
                    "echo pw=$DB_PASSWORD; until [ -e $SHARED/go ]; do sleep 0.05; done"),
                "env",
                Map.of(
                    "SHARED",
                    shared.toString(),
                    "DB_PASSWORD",
                    new SecretText("${secret://warehouse/db/password}"))));
    rig.runtime(reports).launch(launch);
    reports.awaitStart(launch.attempt());

    var shown = rig.cluster().client().getKubernetesSerialization().asJson(rig.cluster().jobs());
    assertThat(shown).doesNotContain("open-sesame").doesNotContain(rig.token(launch));
    var secret =
        rig.cluster()
            .client()
            .secrets()
            .inNamespace(FakeCluster.NAMESPACE)
            .withName(job(launch))
            .get();
    assertThat(secret.getStringData())
        .containsOnlyKeys("DB_PASSWORD", "MAESTRO_ATTEMPT_TOKEN")
        .containsEntry("DB_PASSWORD", "open-sesame");
    assertThat(secret.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> {
          assertThat(owner.getName()).isEqualTo(job(launch));
          assertThat(owner.getUid())
              .isEqualTo(rig.cluster().jobs().getFirst().getMetadata().getUid());
        });
    Files.createFile(shared.resolve("go"));
    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(rig.folder(launch).stdout()).hasContent("pw=***");
  }

  @Test
  void anImageThatCannotBePulledIsToldAndGivenUpAfterAWhile() throws Exception {
    var launch = rig.launch(Map.of("image", "nowhere.example.org/none:1"));
    rig.runtime(reports).launch(launch);

    var failed = failure(launch);
    assertThat(failed.kind()).isEqualTo(Kind.PLATFORM);
    assertThat(failed.message())
        .contains("The image nowhere.example.org/none:1 can't be pulled", "given up after 2 s");
    assertThat(news(launch)).anyMatch(text -> text.contains("failed to pull and unpack image"));
    await("its Job to go", () -> rig.cluster().jobs().isEmpty());
  }

  @Test
  void aPodWithoutAPlaceIsToldInTheSchedulersWordsAndGivenUpAfterAWhile() throws Exception {
    rig.cluster().unschedulable = "0/3 nodes are available: 3 Insufficient memory.";
    var launch = rig.launch(Map.of("command", List.of("true")));
    rig.runtime(reports).launch(launch);

    await(
        "the news",
        () -> news(launch).stream().anyMatch(text -> text.contains("3 Insufficient memory.")));
    assertThat(failure(launch).message())
        .contains("No node can take the pod yet", "given up after 2 s");
  }

  @Test
  void aQuotaThatIsUsedUpIsTold() throws Exception {
    rig.cluster().quota =
        "exceeded quota: team, requested: pods=1, used: pods=10, limited: pods=10";
    var launch = rig.launch(Map.of("command", List.of("true")));
    rig.runtime(reports).launch(launch);

    await(
        "the news",
        () ->
            news(launch).stream()
                .anyMatch(text -> text.contains("exceeded quota: team, requested: pods=1")));
    assertThat(failure(launch).kind()).isEqualTo(Kind.PLATFORM);
  }

  private Launch running() throws Exception {
    var launch = rig.script("echo there; until [ -e $SHARED/go ]; do sleep 0.05; done");
    rig.runtime(reports).launch(launch);
    reports.awaitStart(launch.attempt());
    return launch;
  }

  private static ContainerStatusBuilder terminated(int code, String reason) {
    return new ContainerStatusBuilder()
        .withName("job")
        .withState(
            new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .endTerminated()
                .build());
  }

  @Test
  void whatRanOutOfMemorySaysSo() throws Exception {
    var launch = running();
    rig.cluster()
        .status(
            job(launch),
            status -> status.withContainerStatuses(terminated(137, "OOMKilled").build()));

    var failed = failure(launch);
    assertThat(failed.kind()).isEqualTo(Kind.USER);
    assertThat(failed.message()).startsWith("ran out of memory");
    assertThat(failed.artifacts().get("maestro_kubernetes").toString())
        .contains("out_of_memory=true");
  }

  @Test
  void whoIsPreemptedFailsByThePlatform() throws Exception {
    var launch = running();
    rig.cluster()
        .status(
            job(launch),
            status ->
                status
                    .withConditions(
                        new PodConditionBuilder()
                            .withType("DisruptionTarget")
                            .withStatus("True")
                            .withReason("PreemptionByScheduler")
                            .withMessage("preempting to accommodate a higher priority pod")
                            .build())
                    .withContainerStatuses(terminated(143, "Error").build()));

    var failed = failure(launch);
    assertThat(failed.kind()).isEqualTo(Kind.PLATFORM);
    assertThat(failed.message()).contains("preempted by a pod that goes before it");
    await("its Job to go", () -> rig.cluster().jobs().isEmpty());
  }

  @Test
  void aClusterThatGoesAwayChangesNothingAndWhatItMissedIsFound() throws Exception {
    var launch = running();
    rig.cluster().goAway();
    Files.createFile(shared.resolve("go"));
    rig.cluster().comeBack();

    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);
    assertThat(rig.folder(launch).stdout()).hasContent("there");
  }

  @Test
  void theOperatorsTemplateIsWhatNoStepCanChange() throws Exception {
    var template = dataDir.resolve("pod.yaml");
    Files.writeString(
        template,
        """
        apiVersion: v1
        kind: PodTemplate
        template:
          metadata:
            annotations: {team: data}
          spec:
            serviceAccountName: jobs
            nodeSelector: {pool: batch}
            tolerations: [{key: batch, operator: Exists}]
            securityContext: {runAsUser: 1234}
            containers:
              - name: job
                volumeMounts: [{name: cache, mountPath: /cache}]
            volumes: [{name: cache, emptyDir: {}}]
        """);
    rig.with(
        rig.settings()
            .with(rig.settings().limits(), template)
            .onlyFor(
                List.of("*"), List.of("*"), List.of("pool", "zone"), Map.of("owner", "theirs")));
    var launch =
        rig.launch(
            Map.of(
                "command",
                List.of("true"),
                "user",
                "65534:65534",
                "node_selector",
                Map.of("pool", "gpu", "zone", "a")));
    rig.runtime(reports).launch(launch);
    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);

    var job = rig.cluster().jobs().getFirst();
    var pod = job.getSpec().getTemplate();
    var container = pod.getSpec().getContainers().getFirst();
    assertThat(pod.getMetadata().getAnnotations()).containsEntry("team", "data");
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("jobs");
    assertThat(pod.getSpec().getNodeSelector()).isEqualTo(Map.of("pool", "batch", "zone", "a"));
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(1234);
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getTolerations()).hasSize(1);
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(container.getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .containsExactlyInAnyOrder("/cache", "/tmp");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getLimits().get("memory").getNumericalAmount())
        .isEqualByComparingTo("67108864");
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getMetadata().getLabels())
        .containsEntry("org.maestro/attempt", launch.attempt().uuid())
        .containsEntry("org.maestro/run", "2");
  }

  @Test
  void theClustersOwnTimeOutIsBeyondTheEngines() throws Exception {
    var plain = rig.launch(Map.of("command", List.of("true")));
    var launch =
        new Launch(
            plain.attempt(),
            plain.type(),
            plain.owner(),
            plain.params(),
            null,
            System.currentTimeMillis() + 60_000);
    rig.runtime(reports).launch(launch);
    assertThat(reports.awaitEnd(launch.attempt())).isInstanceOf(JobCompleted.class);

    assertThat(rig.cluster().jobs().getFirst().getSpec().getActiveDeadlineSeconds())
        .isBetween(350L, 361L);
  }

  @Test
  void theJobOfADeadAttemptIsCollected() throws Exception {
    rig.with(
        rig.settings()
            .withTimes(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1)));
    var launch = rig.script("echo there; while :; do sleep 0.05; done");
    var first = rig.runtime(reports);
    first.launch(launch);
    reports.awaitStart(launch.attempt());
    first.close();

    rig.runtime(new RecordedReports()); // nobody attaches it

    await("its Job to go", () -> rig.cluster().jobs().isEmpty());
  }

  @Test
  void whatIsWrongLiterallyIsSaidAtOnceAndAsOfThisPlace() {
    rig.with(
        rig.settings()
            .onlyFor(List.of("ann"), List.of("registry.example.org/*"), List.of(), Map.of()));
    var step =
        new LiteralStep(
            StepType.KUBERNETES,
            "bob",
            "wf",
            Map.of(
                "kubernetes",
                Map.of(
                    "image",
                    "busybox",
                    "memory",
                    "1Ti",
                    "node_selector",
                    Map.of("pool", "gpu"),
                    "nonsense",
                    1)),
            Set.of());

    var problems = rig.runtime(reports).problems(step);

    assertThat(problems).allMatch(problem -> problem.ofThisPlace());
    assertThat(problems.toString())
        .contains(
            "owner \"bob\" may not run containers here",
            "maestro.runtimes.kubernetes.owners",
            "\"busybox\" isn't allowed here",
            "at most 128Mi",
            "steps may not select nodes by \"pool\"",
            "there is no such field");
  }
}
