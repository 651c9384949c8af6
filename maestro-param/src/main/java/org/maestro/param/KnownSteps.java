package org.maestro.param;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.sel.SelException;
import org.maestro.sel.Spelling;
import org.maestro.sel.UnknownNameException;

/** Upstream before any run: nothing has a value yet, and what can never have one is known. */
final class KnownSteps implements Upstream {
  private static final Set<String> FACTS_OF_STEPS =
      Set.of("MAESTRO_STEP_STATUS", "MAESTRO_STEP_END_TIME");

  private final Function<Step, Set<String>> namesOf;
  private final Map<String, Step> steps = new LinkedHashMap<>();

  /** The params of each step; null for a step of which they aren't known. */
  private final Map<String, @Nullable Set<String>> params = new LinkedHashMap<>();

  private final Set<String> signals;
  private final Map<String, String> outside;

  /**
   * @param namesOf the params that a step has
   * @param signals that may start a run
   * @param outside steps around the loop that these are in, each with the loop beside it that leads
   *     here
   */
  KnownSteps(
      Function<Step, Set<String>> namesOf,
      List<Step> steps,
      Set<String> signals,
      Map<String, String> outside) {
    this.namesOf = namesOf;
    steps.forEach(step -> {
      this.steps.put(step.id(), step);
      params.put(step.id(), names(step));
    });
    this.signals = Set.copyOf(signals);
    this.outside = Map.copyOf(outside);
  }

  /** Its template may have further params. */
  static boolean isOpen(Step step) {
    return step instanceof Step.Template || (step instanceof Step.Typed t && t.subType() != null);
  }

  private @Nullable Set<String> names(Step step) {
    return isOpen(step) ? null : namesOf.apply(step);
  }

  /** The step that a name such as {@code step__param} reads; null if it reads none. */
  @Nullable String stepOf(String name) {
    for (var at = name.indexOf("__", 1); at >= 0; at = name.indexOf("__", at + 1)) {
      var owner = name.substring(0, at);
      if (params.containsKey(owner) && has(owner, name.substring(at + 2))) {
        return owner;
      }
    }
    return null;
  }

  @Override
  public @Nullable StepView step(String stepId) {
    return null;
  }

  @Override
  public List<@Nullable Object> fromForeach(String foreachStep, String innerStep, String param) {
    throw new UnknownYetException();
  }

  @Override
  public @Nullable Object fromSubworkflow(String subworkflowStep, String innerStep, String param) {
    throw new UnknownYetException();
  }

  @Override
  public @Nullable Object fromSignalDependency(int index, String param) {
    throw new UnknownYetException();
  }

  @Override
  public @Nullable UnknownNameException refusal(String name) {
    for (var at = name.indexOf("__", 1); at >= 0; at = name.indexOf("__", at + 1)) {
      var owner = name.substring(0, at);
      if (signals.contains(owner)
          || (params.containsKey(owner) && has(owner, name.substring(at + 2)))) {
        return null;
      }
    }
    for (var at = name.indexOf("__", 1); at >= 0; at = name.indexOf("__", at + 1)) {
      var elsewhere = elsewhere(name.substring(0, at), name.substring(at + 2));
      if (elsewhere != null) {
        return new UnknownNameException(name, elsewhere);
      }
    }
    return new UnknownNameException(name, meant(name));
  }

  @Override
  public @Nullable String meant(String name) {
    var known = new ArrayList<String>();
    params.forEach((step, names) -> {
      if (names != null) {
        names.forEach(param -> known.add(step + "__" + param));
      }
    });
    var nearest = Spelling.nearest(name, known);
    if (nearest == null) {
      nearest = known.stream().filter(one -> one.endsWith("__" + name)).findFirst().orElse(null);
    }
    return nearest == null ? null : didYouMean(nearest);
  }

  @Override
  public @Nullable SelException refusal(String stepId, @Nullable String param) {
    if (!params.containsKey(stepId)) {
      var elsewhere = elsewhere(stepId, param == null ? "x" : param);
      return elsewhere == null
          ? refused("step " + stepId, stepId, params.keySet())
          : SelException.unknownName("there is no step " + stepId + " beside this one", elsewhere);
    }
    var names = params.get(stepId);
    return param == null || names == null || has(stepId, param)
        ? null
        : refused("param " + param + " of step " + stepId, param, names);
  }

  /** How to read a step that is there, but not beside the one that reads; null if it is nowhere. */
  private @Nullable String elsewhere(String stepId, String param) {
    var loop = outside.get(stepId);
    if (loop != null) {
      return "step %1$s is outside of the loop %2$s, so pass its result in: give %2$s, beside its loop_params, params: {%3$s: '${%3$s@%1$s}'}, and read ${%3$s} here"
          .formatted(stepId, loop, param);
    }
    for (var step : steps.values()) {
      if (step.inner().stream().anyMatch(inner -> inner.id().equals(stepId))) {
        return "step %2$s is in the loop %1$s: params.getFromForeach('%1$s', '%2$s', '%3$s') has one entry of it for each iteration"
            .formatted(step.id(), stepId, param);
      }
    }
    return null;
  }

  /**
   * Why what a function reads from the iterations of a loop can never be there; null if it may be.
   *
   * @param innerStep null if it isn't known
   * @param param null if it isn't known
   */
  @Nullable SelException refusalInLoop(
      String loopId, @Nullable String innerStep, @Nullable String param) {
    var refusal = refusal(loopId, null);
    if (refusal != null || innerStep == null) {
      return refusal;
    }
    var loop = Objects.requireNonNull(steps.get(loopId));
    if (isOpen(loop)) {
      return null;
    }
    if (loop.inner().isEmpty()) {
      return new SelException(
          "step " + loopId + " is no loop", "write params.getFromStep('" + loopId + "', …)");
    }
    var inner =
        loop.inner().stream().filter(step -> step.id().equals(innerStep)).findFirst().orElse(null);
    if (inner == null) {
      return refused(
          "step " + innerStep + " in the loop " + loopId,
          innerStep,
          loop.inner().stream().map(Step::id).collect(Collectors.toSet()));
    }
    var names = names(inner);
    return param == null || names == null || names.contains(param)
        ? null
        : refused("param " + param + " of step " + innerStep, param, names);
  }

  private boolean has(String stepId, String param) {
    var names = params.get(stepId);
    return names == null || names.contains(param) || FACTS_OF_STEPS.contains(param);
  }

  private static SelException refused(String what, String word, Set<String> known) {
    var nearest = Spelling.nearest(word, known);
    return SelException.unknownName(
        "there is no " + what, nearest == null ? null : didYouMean(nearest));
  }

  private static String didYouMean(String nearest) {
    return "did you mean " + nearest + "?";
  }
}
