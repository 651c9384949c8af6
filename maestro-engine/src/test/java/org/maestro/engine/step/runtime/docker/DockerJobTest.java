package org.maestro.engine.step.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.container.PullPolicy;
import org.maestro.engine.step.runtime.container.Quantity;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

class DockerJobTest {
  private static final DockerSettings SETTINGS = DockerSettings.at("unix:///run/x.sock");

  private static DockerJob read(StepType type, Map<String, Object> params) {
    return DockerJob.of(
        new Launch(new AttemptRef("wf", 1, 1, "step", 1, "uuid"), type, "ada", params, null),
        SETTINGS,
        "docker");
  }

  @Test
  void aStepThatSaysNothingGetsTheLeast() {
    var job = read(StepType.DOCKER, Map.of("docker", Map.of("image", "busybox")));

    assertThat(job)
        .isEqualTo(
            new DockerJob(
                "busybox:latest",
                PullPolicy.IF_NOT_PRESENT,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                "65534:65534",
                Map.of(),
                "none",
                1_000_000_000L,
                512L << 20,
                256,
                0));
  }

  private static List<StepProblem> problems(StepType type, Map<String, Param> fields) {
    var name = type == StepType.TITUS ? "titus" : "docker";
    return DockerJob.problems(
        LiteralStep.of(type, "ada", "wf", Map.of(name, Param.literal(ParamType.MAP, fields))),
        SETTINGS,
        "docker");
  }

  private static Param text(String text) {
    return Param.literal(ParamType.STRING, text);
  }

  @Test
  void allThatIsWrongLiterallyIsFoundBeforeItRuns() {
    var found =
        problems(
            StepType.DOCKER,
            Map.of(
                "image", text("Python 3"),
                "memory", text("-5"),
                "cpu", text("many"),
                "network", text("lan"),
                "mounts", Param.literal(ParamType.STRING_MAP, Map.of("/data", "nowhere"))));

    assertThat(found)
        .extracting(StepProblem::field, StepProblem::ofThisPlace)
        .containsExactlyInAnyOrder(
            tuple("/docker/image", false),
            tuple("/docker/memory", false),
            tuple("/docker/cpu", false),
            tuple("/docker/network", true),
            tuple("/docker/mounts", true));
  }

  @Test
  void whatIsFilledInLaterIsNotJudgedBeforeItRuns() {
    var found =
        problems(
            StepType.DOCKER,
            Map.of(
                "image", text("${image}"),
                "memory", Param.expression(ParamType.STRING, "size"),
                "command", Param.literal(ParamType.STRING_ARRAY, List.of("echo", "$x")),
                "pids", text("none")));

    assertThat(found).extracting(StepProblem::field).containsExactly("/docker/pids");
  }

  @Test
  void whatAnotherPlatformMayTakeIsOfThisPlace() {
    var found = problems(StepType.TITUS, Map.of("image", text("a"), "iam_role", text("r")));

    assertThat(found)
        .extracting(StepProblem::field, StepProblem::ofThisPlace)
        .containsExactly(tuple("/titus/iam_role", true));
  }

  @Test
  void aTitusStepIsReadAsTitusAndAsKubernetesSayIt() {
    Map<String, Object> fields =
        Map.of(
            "image", "team/etl:3",
            "command", List.of("python"),
            "args", List.of("load.py"),
            "cpu", "500m",
            "memory", "1Gi",
            "disk", "10G",
            "app_name", "etl",
            "owner_email", "ada@example.org");

    for (var name : List.of("titus", "kubernetes")) {
      var job = read(StepType.TITUS, Map.of(name, fields));
      assertThat(job.entrypoint()).containsExactly("python");
      assertThat(job.command()).containsExactly("load.py");
      assertThat(job.nanoCpus()).isEqualTo(500_000_000L);
      assertThat(job.memoryBytes()).isEqualTo(1L << 30);
    }
    assertThat(
            read(StepType.TITUS, Map.of("titus", Map.of("image", "a", "entrypoint", "echo $HOME")))
                .entrypoint())
        .containsExactly("/bin/sh", "-c", "echo $HOME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "busybox",
        "python:3.14-slim",
        "registry.example.org:5000/team/etl:v1",
        "docker.io/library/busybox@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void namesOfImagesAreTaken(String name) {
    assertThat(read(StepType.DOCKER, Map.of("docker", Map.of("image", name))).image())
        .startsWith(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UPPER", "a b", "../x", "x:", "x@sha256:12", "--privileged", "http://x/y"})
  void whatIsNoNameOfAnImageIsRefused(String name) {
    assertThatThrownBy(() -> read(StepType.DOCKER, Map.of("docker", Map.of("image", name))))
        .hasMessageContaining("docker.image: expected [registry/]name[:tag]");
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "1k, 1024",
    "64Mi, 67108864",
    "64m, 67108864",
    "2G, 2000000000",
    "0.5Gi, 536870912"
  })
  void amountsOfMemory(String text, long bytes) {
    assertThat(Quantity.bytes(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e9", "1 Gi", "many", "99999999999999Ti", "NaN"})
  void whatIsNoAmount(String text) {
    assertThat(Quantity.bytes(text)).isEmpty();
    assertThat(Quantity.nanoCpus(text)).isEmpty();
  }

  @Test
  void whatAnEngineSaysIsMadeReadable() {
    assertThat(
            EngineMessage.plain(
                "Status 500: {\"cause\":\"x\",\"message\":\"no \\\"such\\\" thing\",\"response\":500}"))
        .isEqualTo("no \"such\" thing");
    assertThat(EngineMessage.plain("Connection refused\n")).isEqualTo("Connection refused");
  }
}
