package org.maestro.param;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.model.start.Initiator;
import org.maestro.sel.SelException;

/** The functions of {@code params} in expressions. */
final class ParamFunctions {
  private final EvaluationSettings settings;
  private final InstanceFacts facts;
  private final @Nullable StepScope step;
  private final Evaluation scope;

  ParamFunctions(
      EvaluationSettings settings,
      InstanceFacts facts,
      @Nullable StepScope step,
      Evaluation scope) {
    this.settings = settings;
    this.facts = facts;
    this.step = step;
    this.scope = scope;
  }

  @Nullable Object call(String function, List<@Nullable Object> arguments) {
    return switch (ParamFunction.of(function)) {
      case GET -> get(text(function, arguments, 0, 1));
      case GET_OR_DEFAULT -> getOrDefault(text(function, arguments, 0, 2), arguments.get(1));
      case CONTAINS_KEY -> scope.runScope().hasRunParam(text(function, arguments, 0, 1));
      case GET_FROM_STEP ->
          arguments.size() == 1
              ? ownField(text(function, arguments, 0, 1))
              : stepParam(text(function, arguments, 0, 2), text(function, arguments, 1, 2));
      case GET_FROM_INSTANCE -> instanceField(text(function, arguments, 0, 1));
      case GET_FROM_SIGNAL ->
          arguments.size() == 1
              ? signal(text(function, arguments, 0, 1))
              : signal(text(function, arguments, 0, 2), text(function, arguments, 1, 2));
      case GET_FROM_SIGNAL_OR_DEFAULT -> signalOrDefault(function, arguments);
      case GET_FROM_SIGNAL_DEPENDENCY ->
          signalDependency(number(function, arguments.getFirst()), text(function, arguments, 1, 2));
      case GET_FROM_FOREACH ->
          inStep(function, text(function, arguments, 0, 3), null)
              .upstream()
              .fromForeach(
                  text(function, arguments, 0, 3),
                  text(function, arguments, 1, 3),
                  text(function, arguments, 2, 3));
      case GET_FROM_SUBWORKFLOW ->
          found(
              inStep(function, text(function, arguments, 0, 3), null)
                  .upstream()
                  .fromSubworkflow(
                      text(function, arguments, 0, 3),
                      text(function, arguments, 1, 3),
                      text(function, arguments, 2, 3)),
              "param "
                  + arguments.get(2)
                  + " of step "
                  + arguments.get(1)
                  + " in the subworkflow "
                  + arguments.get(0));
      case NEXT_UNIQUE_ID -> settings.site().uniqueIds().getAsLong();
      case GET_EXECUTION_ENVIRONMENT -> settings.site().executionEnvironment();
    };
  }

  private Object get(String name) {
    var run = scope.runScope();
    if (!run.hasRunParam(name)) {
      var nearest = run.nearest(name);
      var what = "there is no workflow parameter " + name;
      throw SelException.unknownName(
          what, nearest == null ? null : "did you mean " + nearest + "?");
    }
    return run.runParam(name);
  }

  private @Nullable Object getOrDefault(String name, @Nullable Object other) {
    var run = scope.runScope();
    return run.hasRunParam(name) ? run.runParam(name) : other;
  }

  // ------------------------------------------------------------------ steps

  private StepScope inStep(String function) {
    if (settings.dryRun()) {
      throw new UnknownYetException();
    }
    if (step == null) {
      throw new SelException("params." + function + " can be used in steps only");
    }
    return step;
  }

  /** Looks first whether there can ever be such a step. */
  private StepScope inStep(String function, String stepId, @Nullable String param) {
    if (settings.dryRun() && step != null) {
      var refusal = step.upstream().refusal(stepId, param);
      if (refusal != null) {
        throw refusal;
      }
    }
    return inStep(function);
  }

  private Object ownField(String field) {
    var own = inStep("getFromStep");
    return switch (StepField.of(field)) {
      case STEP_ID -> own.step().stepId();
      case STEP_INSTANCE_ID -> own.step().stepInstanceId();
      case STEP_INSTANCE_UUID -> own.step().stepUuid();
      case STEP_ATTEMPT_ID -> own.step().attemptId();
      case STEP_TYPE_INFO -> typeInfo(own.definition());
      case MAESTRO_STEP_ERROR_RETRIES -> own.step().errorRetries();
    };
  }

  private static String typeInfo(@Nullable Step definition) {
    return switch (definition) {
      case null -> throw new SelException("step_type_info is known in the step's params only");
      case Step.Typed typed ->
          typed.subType() == null ? typed.type() : typed.type() + ":" + typed.subType();
      case Step.Subworkflow _, Step.Foreach _, Step.While _, Step.Template _ ->
          definition.stepType().label();
    };
  }

  private Object stepParam(String stepId, String param) {
    var around = inStep("getFromStep", stepId, param);
    var what = "param " + param + " of step " + stepId;
    if (stepId.equals(around.step().stepId())) {
      return found(scope.ownParam(param), what);
    }
    var view = around.upstream().step(stepId);
    if (view == null) {
      throw new SelException("there is no step " + stepId + " before this one");
    }
    return switch (param) {
      case "MAESTRO_STEP_STATUS" -> view.status().name();
      case "MAESTRO_STEP_END_TIME" -> found(view.endTime(), "end time of step " + stepId);
      default -> {
        var value = view.params().get(param);
        yield found(value == null ? null : value.evaluatedResult(), what);
      }
    };
  }

  private static Object found(@Nullable Object value, String what) {
    if (value == null) {
      throw new SelException("there is no " + what);
    }
    return value;
  }

  // ------------------------------------------------------------------ the instance

  private @Nullable Object instanceField(String field) {
    return switch (InstanceField.of(field)) {
      case INITIATOR_TIMEZONE ->
          facts.initiator() instanceof Initiator.Time time ? time.timezone() : null;
      case INITIATOR_TYPE -> settings.dryRun() ? "VALIDATION" : facts.initiator().typeName();
      case INITIATOR_RUNNER_NAME ->
          facts.initiator() instanceof Initiator.Manual manual ? manual.user() : null;
      case RUN_POLICY -> facts.policy().name();
      case OWNER -> facts.owner();
      case FIRST_TIME_TRIGGER_TIMEZONE -> facts.firstTimeTriggerTimezone();
      case WORKFLOW_ID -> facts.workflowId();
      case WORKFLOW_INSTANCE_ID -> facts.instanceId();
      case WORKFLOW_RUN_ID -> facts.runId();
    };
  }

  // ------------------------------------------------------------------ signals

  /**
   * A param of a signal that started the run; null if there is none. The initiator has the params
   * of each matched signal under its name.
   */
  static @Nullable Object signalParam(InstanceFacts facts, String signal, String param) {
    return facts.initiator() instanceof Initiator.Signal initiator
            && initiator.signalIdMap().containsKey(signal)
            && initiator.params().get(signal) instanceof Map<?, ?> params
        ? params.get(param)
        : null;
  }

  private Initiator.@Nullable Signal initiator() {
    if (settings.dryRun()) {
      throw new UnknownYetException();
    }
    return facts.initiator() instanceof Initiator.Signal signal ? signal : null;
  }

  private Object signal(String param) {
    var initiator = initiator();
    return found(
        initiator == null ? null : initiator.params().get(param),
        "param " + param + " of the signal trigger; was this run started by a signal?");
  }

  private Object signal(String signal, String param) {
    var initiator = initiator();
    return found(
        initiator == null ? null : signalParam(facts, signal, param),
        "param " + param + " of signal " + signal + "; was this run started by that signal?");
  }

  private @Nullable Object signalOrDefault(String function, List<@Nullable Object> arguments) {
    if (settings.dryRun()) {
      return arguments.getLast();
    }
    var initiator = initiator();
    var value =
        arguments.size() == 2
            ? initiator == null ? null : initiator.params().get(text(function, arguments, 0, 2))
            : signalParam(facts, text(function, arguments, 0, 3), text(function, arguments, 1, 3));
    return value == null ? arguments.getLast() : value;
  }

  private Object signalDependency(int index, String param) {
    return found(
        inStep("getFromSignalDependency").upstream().fromSignalDependency(index, param),
        "param " + param + " of the signal that met dependency " + index);
  }

  // ------------------------------------------------------------------ arguments

  private static String text(
      String function, List<@Nullable Object> arguments, int index, int count) {
    if (arguments.size() != count) {
      throw new SelException(
          "expected %d argument(s) of params.%s, found %d"
              .formatted(count, function, arguments.size()));
    }
    if (!(arguments.get(index) instanceof String text)) {
      throw new SelException(
          "expected a string as argument %d of params.%s".formatted(index + 1, function));
    }
    return text;
  }

  private static int number(String function, @Nullable Object argument) {
    try {
      return Integer.parseInt(String.valueOf(argument));
    } catch (NumberFormatException _) {
      throw new SelException(
          "expected a number as argument 1 of params.%s, found %s".formatted(function, argument));
    }
  }
}
