package org.maestro.param;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.sel.SelException;

/** Looks for what is wrong with the params and expressions of a definition before it ever runs. */
final class DryRun {
  private final ParamEvaluator evaluator;
  private final EvaluationSettings settings;
  private final Workflow workflow;
  private final InstanceFacts facts;
  private final long nowMillis;
  private final List<DefinitionProblem> problems = new ArrayList<>();

  DryRun(
      ParamEvaluator evaluator,
      EvaluationSettings settings,
      Workflow workflow,
      String owner,
      long nowMillis) {
    this.evaluator = evaluator;
    this.settings = settings.forDryRun(defaults(settings));
    this.workflow = workflow;
    this.nowMillis = nowMillis;
    this.facts =
        new InstanceFacts(
            workflow.id(),
            1,
            1,
            owner,
            new Initiator.Manual(null),
            RestartPolicy.START_FRESH_NEW_RUN,
            workflow.timeTriggers().isEmpty()
                ? null
                : workflow.timeTriggers().getFirst().timezone(),
            nowMillis);
  }

  private static Map<String, Param> defaults(EvaluationSettings settings) {
    var defaults = new HashMap<String, Param>();
    defaults.put("FROM_DATE", Param.literal(ParamType.STRING, "20210101"));
    defaults.put("TO_DATE", Param.literal(ParamType.STRING, "20210101"));
    defaults.putAll(settings.workflowDefaults());
    defaults.putAll(settings.site().siteDefaults().getOrDefault("dry-run", Map.of()));
    return defaults;
  }

  List<DefinitionProblem> problems() {
    var params = workflowParams();
    look(workflow.steps(), "/steps/", params);
    if (params != null) {
      params.putAll(RunOutcome.SAMPLE.params(nowMillis));
    }
    workflow.handlers().forEach((kind, steps) -> look(steps, "/" + kind.field() + "/", params));
    var reported = problems.size();
    for (var problem : NameCheck.of(merging(evaluator), settings, workflow).problems()) {
      var same = 0;
      while (same < reported && !says(problems.get(same), problem)) {
        same++;
      }
      if (same == reported) {
        problems.add(problem);
      } else if (problems.get(same).offset() == null) {
        problems.set(same, placed(problems.get(same), problem));
      }
    }
    return problems;
  }

  private static DefinitionProblem placed(DefinitionProblem known, DefinitionProblem place) {
    return new DefinitionProblem(
        place.pointer(), known.message(), known.suggestion(), place.code(), place.offset());
  }

  /** Whether the evaluation, which ends at the first name that it misses, has told of this one. */
  private static boolean says(DefinitionProblem known, DefinitionProblem problem) {
    var isThere =
        problem.pointer().equals(known.pointer())
            || problem.pointer().startsWith(known.pointer() + "/");
    var words = problem.message();
    var place = words.indexOf(" (line ");
    var what = words.substring(words.lastIndexOf("]: ", place) + 1, Math.max(0, place));
    return isThere && place > 0 && known.message().contains(what + " (line ");
  }

  private static NameCheck.StepParams merging(ParamEvaluator evaluator) {
    return new NameCheck.StepParams(evaluator::namesOf, evaluator::mergeStep);
  }

  /** What may be wrong, and is accepted. */
  static List<DefinitionProblem> doubts(
      ParamEvaluator evaluator, EvaluationSettings settings, Workflow workflow) {
    var names = NameCheck.of(merging(evaluator), settings.forDryRun(defaults(settings)), workflow);
    return Stream.concat(names.doubts().stream(), SecretCheck.of(workflow).stream()).toList();
  }

  private void look(List<Step> steps, String above, @Nullable Map<String, Param> params) {
    var signals = new HashSet<String>();
    workflow.signalTriggers().forEach(trigger -> signals.addAll(trigger.definitions().keySet()));
    var upstream = new KnownSteps(evaluator::namesOf, steps, signals, Map.of());
    var number = 0;
    for (var step : steps) {
      var pointer = above + number++ + "/" + step.wrapper();
      compileAll(step, pointer);
      if (params != null) {
        evaluate(step, params, upstream, pointer);
      }
    }
  }

  /** The run's params; null if they can't be had, so that the steps would only repeat it. */
  private @Nullable Map<String, Param> workflowParams() {
    try {
      var merged = evaluator.mergeForStart(workflow, Map.of(), ParamSource.LAUNCH);
      // What only a run knows, such as a signal's params, stays a definition: steps may refer to
      // it.
      var params = new LinkedHashMap<>(merged);
      params.putAll(Evaluation.ofRun(settings, facts, merged, nowMillis).all());
      return params;
    } catch (ParamException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  private void evaluate(
      Step step, Map<String, Param> workflowParams, Upstream upstream, String pointer) {
    var found = new ArrayList<DefinitionProblem>();
    var merged = evaluator.mergeStep(step, found);
    if (found.isEmpty()) {
      var scope =
          new StepScope(
              workflowParams, facts, new StepFacts(step.id(), 1, "", 1, 0), upstream, step);
      try {
        Evaluation.ofStep(settings, scope, merged, nowMillis).all();
      } catch (ParamException e) {
        found.addAll(e.problems());
      }
    }
    for (var problem : found) {
      problems.add(
          new DefinitionProblem(
              pointer + problem.pointer(),
              "step [" + step.id() + "]: " + problem.message(),
              problem.suggestion(),
              problem.code(),
              problem.offset()));
    }
  }

  /** Expressions of a step and of those in it that no evaluation here will reach. */
  private void compileAll(Step step, String pointer) {
    step.common()
        .transition()
        .successors()
        .forEach((successor, condition) ->
            compile(condition, pointer + "/transition/successors/" + ParamMerge.escape(successor)));
    if (step instanceof Step.While loop) {
      compile(loop.condition(), pointer + "/condition");
    }
    var number = 0;
    for (var inner : step.inner()) {
      var here = pointer + "/steps/" + number++ + "/" + inner.wrapper();
      compileParams(inner.common().params(), here + "/params");
      compileAll(inner, here);
    }
  }

  private void compileParams(Map<String, Param> params, String pointer) {
    new LinkedHashMap<>(params)
        .forEach((name, param) -> {
          var here = pointer + "/" + ParamMerge.escape(name);
          var expression = param.expression();
          if (expression != null) {
            compile(expression, here);
          }
          compileParams(param.nested(), here);
        });
  }

  private void compile(String expression, String pointer) {
    try {
      settings.expressions().get(expression);
    } catch (SelException e) {
      problems.add(
          new DefinitionProblem(
              pointer,
              "expression [" + expression + "]: " + e.getMessage(),
              null,
              ProblemCode.EXPRESSION.id(),
              e.offset() < 0 ? null : e.offset()));
    }
  }
}
