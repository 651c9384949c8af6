package org.maestro.param;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.sel.SelException;
import org.maestro.sel.Spelling;
import org.maestro.sel.UnknownNameException;

/** Upstream before any run: nothing has a value yet, and what can never have one is known. */
final class KnownSteps implements Upstream {
  private static final Set<String> FACTS_OF_STEPS =
      Set.of("MAESTRO_STEP_STATUS", "MAESTRO_STEP_END_TIME");

  /** The params of each step; null for a step of which they aren't known. */
  private final Map<String, @Nullable Set<String>> params = new LinkedHashMap<>();

  private final Set<String> signals;

  /**
   * @param namesOf the params that a step has
   * @param signals that may start a run
   */
  KnownSteps(Function<Step, Set<String>> namesOf, List<Step> steps, Set<String> signals) {
    steps.forEach(step -> params.put(step.id(), isOpen(step) ? null : namesOf.apply(step)));
    this.signals = Set.copyOf(signals);
  }

  /** Its template may have further params. */
  private static boolean isOpen(Step step) {
    return step instanceof Step.Template || (step instanceof Step.Typed t && t.subType() != null);
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
    var known = new ArrayList<String>();
    params.forEach((step, names) -> {
      if (names != null) {
        names.forEach(param -> known.add(step + "__" + param));
      }
    });
    var nearest = Spelling.nearest(name, known);
    return new UnknownNameException(name, nearest == null ? null : meant(nearest));
  }

  @Override
  public @Nullable SelException refusal(String stepId, @Nullable String param) {
    if (!params.containsKey(stepId)) {
      return refused("step " + stepId, stepId, params.keySet());
    }
    var names = params.get(stepId);
    return param == null || names == null || has(stepId, param)
        ? null
        : refused("param " + param + " of step " + stepId, param, names);
  }

  private boolean has(String stepId, String param) {
    var names = params.get(stepId);
    return names == null || names.contains(param) || FACTS_OF_STEPS.contains(param);
  }

  private static SelException refused(String what, String word, Set<String> known) {
    var nearest = Spelling.nearest(word, known);
    return nearest == null
        ? new SelException("there is no " + what)
        : new SelException("there is no " + what, meant(nearest));
  }

  private static String meant(String nearest) {
    return "did you mean " + nearest + "?";
  }
}
