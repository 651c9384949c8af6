package org.maestro.engine.step.runtime.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.engine.step.runtime.JobRuntimeContract.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.RecordedReports;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.targets.TargetSettings.Named;
import org.maestro.model.definition.StepType;

/** Who gets which attempt. */
class TargetsTest {
  @TempDir Path dataDir;
  private final RecordedReports reports = new RecordedReports();
  private final Map<String, Place> places = new HashMap<>();

  /** Notes what it is told; jobs end when the test says so. */
  private static final class Place implements StepRuntime {
    private final StepReporter reporter;
    private final List<String> told = new CopyOnWriteArrayList<>();

    Place(StepReporter reporter) {
      this.reporter = reporter;
    }

    @Override
    public Set<StepType> types() {
      return Set.of();
    }

    @Override
    public void launch(Launch launch) {
      told.add("launch " + launch.attempt().uuid());
    }

    @Override
    public void attach(Launch launch) {
      told.add("attach " + launch.attempt().uuid());
    }

    @Override
    public void terminate(AttemptRef attempt) {
      told.add("terminate " + attempt.uuid());
      reporter.report(attempt, new JobTerminated());
    }

    void end(Launch launch) {
      reporter.report(launch.attempt(), new JobCompleted(Map.of(), Map.of()));
    }
  }

  private static Named named(
      String type, List<String> owners, List<String> steps, List<String> defaultFor, int most) {
    return new Named(type, owners, List.of("*"), steps, defaultFor, most);
  }

  private static Named plain(String type) {
    return named(type, List.of("*"), List.of(), List.of(), 0);
  }

  /** What runs a type of step, at an engine with these targets. */
  private StepRuntime of(StepType type, Map<String, Named> settings) {
    var all = new TargetSettings(settings);
    var through = new Targets.Reports(reports);
    var targets = new ArrayList<Target>();
    settings
        .keySet()
        .forEach(name -> {
          var place = new Place(through);
          places.put(name, place);
          targets.add(Target.of(name, all, place));
        });
    var made = new Targets(targets, new AttemptFolders(dataDir), reports, List.of());
    return made.listeningTo(through).runtimes().stream()
        .filter(runtime -> runtime.types().contains(type))
        .findFirst()
        .orElseThrow();
  }

  private List<String> told(String target) {
    return places.get(target).told;
  }

  private static Launch launch(StepType type, Map<String, Object> params) {
    return new Launch(
        new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString()),
        type,
        "ann",
        params,
        null);
  }

  @Test
  void whereThereIsNothingToChooseNothingIsBetween() {
    var shell = of(StepType.SHELL, Map.of("process", plain("")));
    var launch = launch(StepType.SHELL, Map.of("target", "the step's own"));

    shell.launch(launch);

    assertThat(told("process")).containsExactly("launch " + launch.attempt().uuid());
  }

  @Test
  void aStepGetsWhatItAsksForElseItsTypesDefault() throws Exception {
    var runtime =
        of(
            StepType.KUBERNETES,
            Map.of(
                "kubernetes", plain(""),
                "gpu", plain("kubernetes"),
                "docker", named("", List.of("*"), List.of("Docker", "Kubernetes"), List.of(), 0)));
    var asking = launch(StepType.KUBERNETES, Map.of("target", "gpu"));
    var other = launch(StepType.KUBERNETES, Map.of());
    runtime.launch(asking);
    runtime.launch(other);

    await("the one", () -> told("gpu").equals(List.of("launch " + asking.attempt().uuid())));
    await(
        "the other", () -> told("kubernetes").equals(List.of("launch " + other.attempt().uuid())));
    assertThat(told("docker")).isEmpty();
  }

  @Test
  void aDefinitionForAClusterRunsOnTheContainerEngineIfTheOperatorSaysSo() throws Exception {
    var runtime =
        of(
            StepType.KUBERNETES,
            Map.of(
                "docker",
                named("", List.of("*"), List.of("Docker", "Titus", "Kubernetes"), List.of(), 0)));
    var launch = launch(StepType.KUBERNETES, Map.of());
    runtime.launch(launch);

    assertThat(told("docker")).containsExactly("launch " + launch.attempt().uuid());
  }

  @Test
  void aRestartedEngineFindsAnAttemptWhereItWasLaunchedWhateverTheDefaultIsByThen()
      throws Exception {
    var first =
        of(
            StepType.KUBERNETES,
            Map.of(
                "a", named("kubernetes", List.of("*"), List.of(), List.of("Kubernetes"), 0),
                "b", plain("kubernetes")));
    var launch = launch(StepType.KUBERNETES, Map.of());
    first.launch(launch);
    await("its launch", () -> told("a").size() == 1);

    var later =
        of(
            StepType.KUBERNETES,
            Map.of(
                "a", plain("kubernetes"),
                "b", named("kubernetes", List.of("*"), List.of(), List.of("Kubernetes"), 0)));
    later.attach(launch);
    await("its new engine", () -> told("a").equals(List.of("attach " + launch.attempt().uuid())));
    assertThat(told("b")).isEmpty();

    var without = of(StepType.KUBERNETES, Map.of("b", plain("kubernetes")));
    without.attach(launch);
    await(
        "the news",
        () ->
            reports.of(launch.attempt()).stream()
                .anyMatch(report ->
                    report instanceof JobProgressed(var text)
                        && text.contains("maestro.runtimes.a")));
    assertThat(told("b")).isEmpty();
  }

  @Test
  void moreThanItTakesWaitTheirTurnAndWhoWaitsCanBeTold() throws Exception {
    var runtime =
        of(StepType.SHELL, Map.of("process", named("", List.of("*"), List.of(), List.of(), 1)));
    var one = launch(StepType.SHELL, Map.of());
    var two = launch(StepType.SHELL, Map.of());
    var three = launch(StepType.SHELL, Map.of());
    runtime.launch(one);
    await("the first", () -> told("process").size() == 1);
    runtime.launch(two);
    await("the second's turn", () -> !reports.of(two.attempt()).isEmpty());
    runtime.launch(three);
    await("the third's turn", () -> !reports.of(three.attempt()).isEmpty());
    assertThat(reports.of(two.attempt()).getFirst().toString()).contains("Waits for room");

    runtime.terminate(two.attempt());
    assertThat(reports.awaitEnd(two.attempt())).isInstanceOf(JobTerminated.class);
    places.get("process").end(one);

    await("the third", () -> told("process").contains("launch " + three.attempt().uuid()));
    assertThat(told("process")).doesNotContain("launch " + two.attempt().uuid());
  }

  @Test
  void whoMayNotUseATargetIsToldAtThePushAndAtTheLaunch() throws Exception {
    var runtime =
        of(
            StepType.KUBERNETES,
            Map.of(
                "kubernetes", plain(""),
                "gpu", named("kubernetes", List.of("bob"), List.of(), List.of(), 0)));
    var launch = launch(StepType.KUBERNETES, Map.of("target", "gpu"));
    runtime.launch(launch);

    assertThat(reports.awaitEnd(launch.attempt()))
        .isInstanceOfSatisfying(
            JobFailed.class,
            failed -> assertThat(failed.message()).contains("maestro.runtimes.gpu.owners"));
    assertThat(
            runtime.problems(
                new LiteralStep(
                    StepType.KUBERNETES, "ann", "wf", Map.of("target", "gpu"), Set.of())))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.ofThisPlace()).isTrue();
          assertThat(problem.field()).isEqualTo("/target");
        });
    assertThat(
            runtime.problems(
                new LiteralStep(
                    StepType.KUBERNETES, "ann", "wf", Map.of("target", "moon"), Set.of())))
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.message()).contains("gpu", "kubernetes", "found \"moon\""));
  }

  @Test
  void whatNoTargetCanBeIsRefusedWhenTheEngineStarts() {
    assertThatThrownBy(() -> new TargetSettings(Map.of("moon", plain(""))))
        .hasMessageContaining("maestro.runtimes.moon.type");
    assertThatThrownBy(() ->
            new TargetSettings(
                Map.of("process", named("", List.of("*"), List.of("Docker"), List.of(), 0))))
        .hasMessageContaining("maestro.runtimes.process.steps");
    assertThatThrownBy(() ->
            of(
                StepType.TITUS,
                Map.of(
                    "docker", named("", List.of("*"), List.of(), List.of("Titus"), 0),
                    "kubernetes", named("", List.of("*"), List.of(), List.of("Titus"), 0))))
        .hasMessageContaining("the default for Titus");
  }
}
