package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.sel.Spelling;
import org.maestro.service.problem.ApiException;

/**
 * Looks at the params that a caller hands over: a run may get params that its definition doesn't
 * declare, but one that nothing in the definition reads is ignored. Where its name is nearly that
 * of a declared one it is refused, else the caller is told.
 */
final class GivenParams {
  private final Workflow workflow;
  private final Set<String> declared = new LinkedHashSet<>();
  private final Predicate<String> isDefault;

  /**
   * @param known names that the run has besides those of its definition
   * @param isDefault whether every run has a param of that name
   */
  GivenParams(Workflow workflow, Set<String> known, Predicate<String> isDefault) {
    this.workflow = workflow;
    this.isDefault = isDefault;
    declared.addAll(workflow.params().keySet());
    declared.addAll(known);
  }

  /**
   * Refuses step ids that don't exist, and params that nothing reads.
   *
   * @param mayBeNew whether those are let through whose names resemble no declared one
   * @throws ApiException 400 with every problem
   */
  void check(
      Map<String, Param> runParams, Map<String, Map<String, Param>> stepParams, boolean mayBeNew) {
    var problems = new ArrayList<DefinitionProblem>();
    var steps = workflow.steps().stream().map(Step::id).toList();
    for (var name : unread(runParams.keySet(), declared)) {
      addMisspelt(name, declared, "/run_params", mayBeNew, problems);
    }
    stepParams.forEach((stepId, params) -> {
      var at = "/step_run_params/" + escaped(stepId);
      if (!steps.contains(stepId)) {
        problems.add(
            new DefinitionProblem(
                at,
                "workflow \"%s\" has no step \"%s\" at its top; it has %s"
                    .formatted(workflow.id(), stepId, steps),
                Spelling.nearest(stepId, steps)));
        return;
      }
      var own =
          workflow.steps().stream()
              .filter(step -> step.id().equals(stepId))
              .findFirst()
              .map(step -> step.common().params().keySet())
              .orElse(Set.of());
      for (var name : unread(params.keySet(), own)) {
        addMisspelt(name, own, at, mayBeNew, problems);
      }
    });
    if (!problems.isEmpty()) {
      throw ApiException.invalid(
          problems.stream().anyMatch(p -> p.message().contains("has no step"))
              ? "no-such-step"
              : "no-such-param",
          problems.getFirst().pointer().substring(1) + ": " + problems.getFirst().message(),
          problems);
    }
  }

  /**
   * The params of the workflow's signal triggers that nothing reads and whose names are nearly
   * those of declared ones.
   *
   * @return problems with pointers into the workflow's document
   */
  List<DefinitionProblem> misspeltInTriggers() {
    var problems = new ArrayList<DefinitionProblem>();
    for (int i = 0; i < workflow.signalTriggers().size(); i++) {
      var at = "/signal_triggers/" + i + "/params";
      for (var name : unread(workflow.signalTriggers().get(i).params().keySet(), declared)) {
        addMisspelt(name, declared, at, true, problems);
      }
    }
    return problems;
  }

  private void addMisspelt(
      String name,
      Collection<String> expected,
      String at,
      boolean mayBeNew,
      List<DefinitionProblem> problems) {
    var meant = meant(name, expected);
    if (meant != null || !mayBeNew) {
      problems.add(
          new DefinitionProblem(
              at + "/" + escaped(name),
              "expected a param that something reads, found \"%s\", which nothing in workflow \"%s\" does"
                  .formatted(name, workflow.id()),
              meant));
    }
  }

  /** The declared name that was meant; as in {@code dya} for {@code day}. */
  private static @Nullable String meant(String name, Collection<String> expected) {
    var nearest = Spelling.nearest(name, expected);
    return nearest != null
        ? nearest
        : expected.stream()
            .filter(other -> sorted(other).equals(sorted(name)))
            .findFirst()
            .orElse(null);
  }

  private static String sorted(String name) {
    return name.toLowerCase(Locale.ROOT)
        .chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** What a caller should know of run params that are accepted. */
  List<String> warnings(Map<String, Param> runParams) {
    return unread(runParams.keySet(), declared).stream()
        .map(name ->
            "the run param \"%s\" is not declared, and nothing in the definition reads it"
                .formatted(name))
        .toList();
  }

  private List<String> unread(Set<String> names, Set<String> expected) {
    var unread = new ArrayList<>(names);
    unread.removeAll(expected);
    unread.removeIf(isDefault);
    if (unread.isEmpty() || workflow.levels().values().stream().anyMatch(GivenParams::handsOver)) {
      return List.of();
    }
    var tree = DefinitionWriter.tree(workflow);
    unread.removeIf(
        name -> isRead(Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)"), tree));
    return unread;
  }

  /** Children may read whatever their parents were given. */
  private static boolean handsOver(List<Step> steps) {
    return steps.stream()
        .anyMatch(step ->
            (step instanceof Step.Subworkflow child && !child.explicitParams())
                || step instanceof Step.Template
                || (step instanceof Step.Typed typed && typed.subType() != null)
                || handsOver(step.inner()));
  }

  private static boolean isRead(Pattern name, @Nullable Object tree) {
    return switch (tree) {
      case String text -> name.matcher(text).find();
      case Map<?, ?> map -> map.values().stream().anyMatch(value -> isRead(name, value));
      case List<?> list -> list.stream().anyMatch(value -> isRead(name, value));
      case null, default -> false;
    };
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
