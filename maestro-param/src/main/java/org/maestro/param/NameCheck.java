package org.maestro.param;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.WorkflowGraph;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.sel.Interpolation;
import org.maestro.sel.Reference;
import org.maestro.sel.SelException;
import org.maestro.sel.Spelling;

/**
 * Looks whether what the expressions and texts of a definition's steps read can ever be there, on
 * all levels, without a run and without any value. What every evaluation reads and nobody will ever
 * have is a problem; what only some evaluations read, or what may not be there yet, is a doubt.
 */
final class NameCheck {
  private static final String LOOP_PARAMS = "loop_params";

  private final StepParams merging;
  private final EvaluationSettings settings;
  private final Set<String> signals = new LinkedHashSet<>();
  private final List<DefinitionProblem> problems = new ArrayList<>();
  private final List<DefinitionProblem> doubts = new ArrayList<>();

  private NameCheck(StepParams merging, EvaluationSettings settings, Workflow workflow) {
    this.merging = merging;
    this.settings = settings;
    workflow.signalTriggers().forEach(trigger -> signals.addAll(trigger.definitions().keySet()));
  }

  /** What was found; pointers are into the workflow's document. */
  record Found(List<DefinitionProblem> problems, List<DefinitionProblem> doubts) {}

  /**
   * What a step's params are before anything is evaluated.
   *
   * @param namesOf the names that they may have
   * @param merge merges them, and adds what is wrong with that
   */
  record StepParams(
      Function<Step, Set<String>> namesOf, BiConsumer<Step, List<DefinitionProblem>> merge) {}

  /** Looks at all steps of a definition. */
  static Found of(StepParams merging, EvaluationSettings settings, Workflow workflow) {
    var check = new NameCheck(merging, settings, workflow);
    var names = new RunNames(workflow.params().keySet(), false, Map.of());
    if (workflow.timeout() != null) {
      check.look(names, workflow.timeout(), "/timeout");
    }
    check.look(workflow.steps(), "/steps/", names);
    var afterwards = names.with(RunOutcome.SAMPLE.params(0).keySet(), false, Map.of());
    workflow
        .handlers()
        .forEach((kind, steps) -> check.look(steps, "/" + kind.field() + "/", afterwards));
    return new Found(check.problems, check.doubts);
  }

  /**
   * The params of the run that the steps of one level belong to.
   *
   * @param isOpen whether there may be others
   * @param outside steps of the levels above, each with the loop on its level that leads here
   */
  private record RunNames(Set<String> params, boolean isOpen, Map<String, String> outside) {
    RunNames with(Set<String> more, boolean open, Map<String, String> outer) {
      var all = new LinkedHashSet<>(params);
      all.addAll(more);
      return new RunNames(all, isOpen || open, outer);
    }
  }

  private void look(List<Step> steps, String above, RunNames run) {
    var known = new KnownSteps(merging.namesOf(), steps, signals, run.outside());
    var graph = WorkflowGraph.of(steps);
    var number = 0;
    for (var step : steps) {
      var pointer = above + number++ + "/" + step.wrapper();
      new OfStep(step, pointer, run, known, before(step.id(), graph)).look();
      if (!step.inner().isEmpty()) {
        look(step.inner(), pointer + "/steps/", inside(step, steps, run));
      }
    }
  }

  /** The steps that have ended, or will never begin, when a step begins. */
  private static Set<String> before(String id, WorkflowGraph graph) {
    var found = new LinkedHashSet<String>();
    var next = new ArrayList<>(graph.predecessors(id));
    while (!next.isEmpty()) {
      var one = next.removeLast();
      if (found.add(one)) {
        next.addAll(graph.predecessors(one));
      }
    }
    return found;
  }

  private RunNames inside(Step loop, List<Step> beside, RunNames run) {
    var passed = new LinkedHashSet<>(merging.namesOf().apply(loop));
    passed.remove(LOOP_PARAMS);
    var items = loop.common().params().get(LOOP_PARAMS);
    if (items != null) {
      passed.addAll(items.nested().keySet());
    }
    var outer = new HashMap<>(run.outside());
    beside.forEach(step -> outer.put(step.id(), loop.id()));
    return run.with(passed, items == null || items.expression() != null, outer);
  }

  private boolean hasRun(RunNames run, String name) {
    return run.isOpen()
        || run.params().contains(name)
        || WorkflowDefaults.DEFINITIONS.containsKey(name)
        || settings.workflowDefaults().containsKey(name);
  }

  /** A text in which only params of the run are filled in. */
  private void look(RunNames run, String text, String pointer) {
    for (var name : Interpolation.names(text)) {
      if (!hasRun(run, name) && !signals.stream().anyMatch(name::startsWith)) {
        problems.add(
            new DefinitionProblem(
                pointer,
                "text [%s]: there is no parameter %s of the workflow%s"
                    .formatted(text, name, hint(Spelling.nearest(name, run.params()))),
                null,
                ProblemCode.UNKNOWN_NAME.id()));
      }
    }
  }

  private static boolean asksWhatIsThere(Reference reference) {
    return reference instanceof Reference.Call call && call.function().equals("containsKey");
  }

  private static String hint(@Nullable String nearest) {
    return nearest == null ? "" : "; did you mean " + nearest + "?";
  }

  /**
   * A text or expression.
   *
   * @param at the pointer to it
   * @param what names it in messages
   */
  private record Where(String source, boolean isText, String at, String what) {
    DefinitionProblem problem(String message, ProblemCode code, @Nullable Integer offset) {
      return new DefinitionProblem(at, message, null, code.id(), offset);
    }
  }

  /** The expressions of one step. */
  private final class OfStep {
    private final Step step;
    private final String pointer;
    private final RunNames run;
    private final KnownSteps known;
    private final Set<String> before;
    private final Set<String> own;

    OfStep(Step step, String pointer, RunNames run, KnownSteps known, Set<String> before) {
      this.step = step;
      this.pointer = pointer;
      this.run = run;
      this.known = known;
      this.before = before;
      this.own = merging.namesOf().apply(step);
    }

    void look() {
      var common = step.common();
      params(common.params(), pointer + "/params");
      if (!run.outside().isEmpty()) {
        merged();
      }
      idleScript();
      common
          .transition()
          .successors()
          .forEach((successor, condition) ->
              expression(
                  condition,
                  pointer + "/transition/successors/" + ParamMerge.escape(successor),
                  "condition [" + condition + "]",
                  Set.of()));
      if (step instanceof Step.While loop) {
        var values = common.params().get(LOOP_PARAMS);
        expression(
            loop.condition(),
            pointer + "/condition",
            "condition [" + loop.condition() + "]",
            values == null ? Set.of() : values.nested().keySet());
      }
      if (common.timeout() != null) {
        NameCheck.this.look(run, common.timeout(), pointer + "/timeout");
      }
      if (step instanceof Step.Typed typed && typed.retryPolicy() != null) {
        retries(typed.retryPolicy());
      }
      var number = 0;
      for (var wanted : common.signalDependencies()) {
        var here = pointer + "/signal_dependencies/" + number++;
        text(wanted.name(), here + "/name", "text [" + wanted.name() + "]");
        wanted
            .matchParams()
            .forEach((name, match) ->
                param(name, match.param(), here + "/match_params/" + ParamMerge.escape(name)));
      }
      number = 0;
      for (var output : common.signalOutputs()) {
        var here = pointer + "/signal_outputs/" + number++;
        text(output.name(), here + "/name", "text [" + output.name() + "]");
        params(output.params(), here + "/params");
      }
    }

    /** What the run of a loop would find; outside of loops it is evaluated, and refused. */
    private void merged() {
      var found = new ArrayList<DefinitionProblem>();
      merging.merge().accept(step, found);
      for (var problem : found) {
        doubts.add(
            new DefinitionProblem(
                pointer + problem.pointer(),
                "step [" + step.id() + "]: " + problem.message(),
                problem.suggestion(),
                ProblemCode.LACKS_PARAM.id()));
      }
    }

    /** What a job of another type would run. */
    private void idleScript() {
      if (step instanceof Step.Typed typed
          && typed.subType() == null
          && (typed.stepType() == StepType.NOOP || typed.stepType() == StepType.SLEEP)) {
        for (var name : List.of("script", "command")) {
          if (step.common().params().containsKey(name)) {
            doubts.add(
                new DefinitionProblem(
                    pointer + "/params/" + name,
                    "step [%s]: a step of type %s runs nothing, so %s is just a parameter; did you mean type Shell?"
                        .formatted(step.id(), typed.type(), name),
                    null,
                    ProblemCode.LOOKS_LIKE_FIELD.id()));
          }
        }
      }
    }

    private void retries(RetryPolicy policy) {
      var at = pointer + "/retry_policy";
      var limits = new LinkedHashMap<String, @Nullable String>();
      limits.put("/error_retry_limit", policy.errorRetryLimit());
      limits.put("/platform_retry_limit", policy.platformRetryLimit());
      limits.put("/timeout_retry_limit", policy.timeoutRetryLimit());
      limits.forEach((field, text) -> {
        if (text != null) {
          NameCheck.this.look(run, text, at + field);
        }
      });
    }

    private void params(Map<String, Param> params, String at) {
      params.forEach((name, param) -> param(name, param, at + "/" + ParamMerge.escape(name)));
    }

    private void param(String name, Param param, String at) {
      var what = "param [" + name + "]";
      var expression = param.expression();
      if (expression != null) {
        expression(expression, at, what, Set.of());
        return;
      }
      if (!param.nested().isEmpty()) {
        param
            .nested()
            .forEach((part, inner) -> param(part, inner, at + "/" + ParamMerge.escape(part)));
        return;
      }
      switch (param.value()) {
        case String text -> text(text, at, what);
        case List<?> list ->
            list.forEach(item -> {
              if (item instanceof String text) {
                text(text, at, what);
              }
            });
        case Map<?, ?> map ->
            map.forEach((key, value) -> {
              if (value instanceof String text) {
                text(String.valueOf(key), at, what);
                text(text, at, what);
              }
            });
        case null, default -> {
          // Nothing is filled in.
        }
      }
    }

    private void text(String text, String at, String what) {
      if (text.indexOf('$') >= 0) {
        var where = new Where(text, true, at, what);
        Interpolation.places(text)
            .forEach(
                (name, offset) -> look(new Reference.Name(name, true, offset), where, Set.of()));
      }
    }

    private void expression(String expression, String at, String what, Set<String> more) {
      List<Reference> references;
      try {
        references = settings.expressions().get(expression).references();
      } catch (SelException _) {
        return; // reported by whoever compiles all
      }
      var asks = references.stream().anyMatch(NameCheck::asksWhatIsThere);
      for (var reference : references) {
        if (reference.certain() || !asks) {
          look(reference, new Where(expression, false, at, what), more);
        }
      }
    }

    private void look(Reference reference, Where where, Set<String> more) {
      var problem =
          switch (reference) {
            case Reference.Name(var name, _, _) ->
                more.contains(name) ? null : ofName(name, where.isText());
            case Reference.Call call -> ofCall(call);
          };
      if (problem != null) {
        var offset = Math.max(0, reference.offset());
        var place = problem.at(where.source(), offset);
        var message = "step [%s]: %s: %s".formatted(step.id(), where.what(), place.getMessage());
        if (reference.certain()) {
          problems.add(where.problem(message, ProblemCode.UNKNOWN_NAME, offset));
        } else {
          doubts.add(where.problem(message, ProblemCode.NAME_IN_BRANCH, offset));
        }
        return;
      }
      var read =
          switch (reference) {
            case Reference.Name(var name, _, _) -> known.stepOf(name);
            case Reference.Call call -> readStep(call);
          };
      if (read != null && !read.equals(step.id()) && !before.contains(read)) {
        doubts.add(
            where.problem(
                "step [%1$s]: %2$s reads step [%3$s] without waiting for it, so there may be nothing to read; add an edge from %3$s to %1$s, such as needs: [%3$s] in %1$s"
                    .formatted(step.id(), where.what(), read),
                ProblemCode.NOT_AWAITED,
                null));
      }
    }

    private @Nullable SelException ofName(String name, boolean inText) {
      if (own.contains(name) || KnownSteps.isOpen(step) || hasRun(run, name)) {
        return null;
      }
      String suggestion;
      if (name.indexOf("__", 1) > 0) {
        var refusal = known.refusal(name);
        if (refusal == null) {
          return null;
        }
        suggestion = refusal.suggestion();
      } else {
        var nearest = Spelling.nearest(name, readable());
        suggestion = nearest == null ? known.meant(name) : "did you mean " + nearest + "?";
      }
      return new SelException(
          "there is no parameter " + name,
          suggestion == null && inText ? Interpolation.JUST_TEXT : suggestion);
    }

    private Set<String> readable() {
      var all = new LinkedHashSet<>(own);
      all.addAll(run.params());
      return all;
    }

    private @Nullable SelException ofCall(Reference.Call call) {
      ParamFunction function;
      try {
        function = ParamFunction.of(call.function());
      } catch (SelException e) {
        return e;
      }
      var arguments = call.arguments();
      return switch (function) {
        case GET -> first(call, this::ofRunParam);
        case GET_FROM_STEP ->
            arguments.size() == 2 && arguments.getFirst() != null
                ? known.refusal(arguments.getFirst(), arguments.get(1))
                : null;
        case GET_FROM_FOREACH ->
            arguments.size() == 3 && arguments.getFirst() != null
                ? known.refusalInLoop(arguments.getFirst(), arguments.get(1), arguments.get(2))
                : null;
        case GET_FROM_SUBWORKFLOW -> first(call, name -> known.refusal(name, null));
        case GET_OR_DEFAULT,
            CONTAINS_KEY,
            GET_FROM_INSTANCE,
            GET_FROM_SIGNAL,
            GET_FROM_SIGNAL_OR_DEFAULT,
            GET_FROM_SIGNAL_DEPENDENCY,
            NEXT_UNIQUE_ID,
            GET_EXECUTION_ENVIRONMENT ->
            null;
      };
    }

    private @Nullable SelException first(
        Reference.Call call, Function<String, @Nullable SelException> check) {
      var name = call.arguments().isEmpty() ? null : call.arguments().getFirst();
      return name == null ? null : check.apply(name);
    }

    private @Nullable SelException ofRunParam(String name) {
      if (hasRun(run, name)) {
        return null;
      }
      var nearest = Spelling.nearest(name, run.params());
      var what = "there is no workflow parameter " + name;
      return nearest == null
          ? new SelException(what)
          : new SelException(what, "did you mean " + nearest + "?");
    }

    /** The step beside this one that a function reads. */
    private @Nullable String readStep(Reference.Call call) {
      return switch (ParamFunction.of(call.function())) {
        case GET_FROM_STEP -> call.arguments().size() == 2 ? call.arguments().getFirst() : null;
        case GET_FROM_FOREACH, GET_FROM_SUBWORKFLOW -> call.arguments().getFirst();
        case GET,
            GET_OR_DEFAULT,
            CONTAINS_KEY,
            GET_FROM_INSTANCE,
            GET_FROM_SIGNAL,
            GET_FROM_SIGNAL_OR_DEFAULT,
            GET_FROM_SIGNAL_DEPENDENCY,
            NEXT_UNIQUE_ID,
            GET_EXECUTION_ENVIRONMENT ->
            null;
      };
    }
  }
}
