package org.maestro.param;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Allowance;
import org.maestro.sel.Interpolation;
import org.maestro.sel.ResultType;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.Spelling;
import org.maestro.sel.UnknownNameException;

/**
 * One pass over one scope: each param is evaluated when it is first needed, at most once, and
 * problems are collected. Not for use by several threads.
 *
 * <p>Names in a run's scope: its own params, then the defaults, then {@code signal__param}. Names
 * in a step's scope: {@code step__param} and {@code signal__param}, then the step's params that are
 * already evaluated, then the run's, then the step's other params. So a step's param {@code i} with
 * the expression {@code i + 1} counts on from the run's {@code i}.
 */
final class Evaluation implements Scope {
  /** Params that may wait for each other; each is evaluated within the one that needs it. */
  @Limit("parameters that need each other in a row")
  private static final int LONGEST_CHAIN = 100;

  /** A param that failed and was reported: what depends on it fails without another report. */
  private static final class BrokenReference extends RuntimeException {
    BrokenReference() {
      super("depends on a parameter that could not be evaluated", null, false, false);
    }
  }

  private final EvaluationSettings settings;
  private final InstanceFacts facts;
  private final long nowMillis;
  private final Map<String, Param> definitions;

  /** The run around a step; null in the run's own scope. */
  private final @Nullable Evaluation run;

  private final @Nullable StepScope step;
  private final String pointer;

  /** Whether evaluated params are known to meet their validators. */
  private final boolean checked;

  /** For everything that is evaluated here and in the run around it. */
  private final Allowance allowance;

  private final Map<String, Param> results = new LinkedHashMap<>();
  private final LinkedHashSet<String> inProgress = new LinkedHashSet<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private final List<DefinitionProblem> problems = new ArrayList<>();

  /** About how many characters the results have as JSON. */
  private long length;

  /** Characters of the parts of params that are being evaluated. */
  private long held;

  /** Names that hide all others: the {@code param} of a validator, the values of a loop. */
  private Map<String, Object> foremost = Map.of();

  private Evaluation(
      EvaluationSettings settings,
      InstanceFacts facts,
      long nowMillis,
      Map<String, Param> definitions,
      @Nullable Evaluation run,
      @Nullable StepScope step,
      String pointer,
      boolean checked,
      Allowance allowance) {
    this.settings = settings;
    this.facts = facts;
    this.nowMillis = nowMillis;
    this.definitions = definitions;
    this.run = run;
    this.step = step;
    this.pointer = pointer;
    this.checked = checked;
    this.allowance = allowance;
  }

  /** The scope of a run; params that are already evaluated stay as they are. */
  static Evaluation ofRun(
      EvaluationSettings settings,
      InstanceFacts facts,
      Map<String, Param> definitions,
      long nowMillis) {
    return new Evaluation(
        settings, facts, nowMillis, definitions, null, null, "/params", false, allowance(settings));
  }

  /** The scope of a run that has been evaluated. */
  static Evaluation ofEvaluatedRun(
      EvaluationSettings settings, InstanceFacts facts, Map<String, Param> params, long nowMillis) {
    return new Evaluation(
        settings, facts, nowMillis, params, null, null, "/params", true, allowance(settings));
  }

  /** The scope of a step attempt. */
  static Evaluation ofStep(
      EvaluationSettings settings, StepScope step, Map<String, Param> definitions, long nowMillis) {
    var run = ofEvaluatedRun(settings, step.instance(), step.workflowParams(), nowMillis);
    return new Evaluation(
        settings,
        step.instance(),
        nowMillis,
        definitions,
        run,
        step,
        "/params",
        false,
        run.allowance);
  }

  private static Allowance allowance(EvaluationSettings settings) {
    return new Allowance(settings.runtime().limits());
  }

  /** The same scope with names that hide all others. */
  Evaluation with(Map<String, Object> names) {
    foremost = names;
    return this;
  }

  // ------------------------------------------------------------------ all params

  /**
   * Every param evaluated, in the order of their definitions; then the defaults that were read.
   *
   * @throws ParamException with every problem
   */
  Map<String, Param> all() {
    var all = new LinkedHashMap<String, Param>();
    for (var name : definitions.keySet()) {
      try {
        all.put(name, evaluate(name));
      } catch (BrokenReference | UnknownYetException _) {
        // reported where it happened, or nothing to report before there is a run
      }
      if ((allowance.isSpent() || isFull()) && !problems.isEmpty()) {
        break; // the others would say the same
      }
    }
    if (!problems.isEmpty()) {
      throw new ParamException(problems);
    }
    results.forEach(all::putIfAbsent);
    return all;
  }

  private boolean isFull() {
    return length + held > EvaluationSettings.LONGEST;
  }

  /** Keeps a result, if there is room for it beside the others. */
  private Param keep(String name, Param result) {
    if (!checked) { // else it was let in before, and is only looked at
      length += name.length() + 4 + Values.jsonLength(result);
      requireRoom();
    }
    results.put(name, result);
    return result;
  }

  /** Takes room for a part of a param that is being evaluated. */
  private void hold(long characters) {
    held += characters;
    requireRoom();
  }

  private void requireRoom() {
    if (isFull()) {
      throw new IllegalArgumentException(
          "expected the evaluated params to be at most %,d characters together as JSON, found about %,d with this one"
              .formatted(EvaluationSettings.LONGEST, length + held));
    }
  }

  private int room() {
    return (int) Math.max(0, EvaluationSettings.LONGEST - length - held);
  }

  private Param evaluate(String name) {
    var known = results.get(name);
    if (known != null) {
      return known;
    }
    if (broken.contains(name)) {
      throw new BrokenReference();
    }
    if (!inProgress.add(name)) {
      return fail(
          name,
          "the definition of [" + name + "] contains a cyclic reference chain: " + chain(name));
    }
    var heldBefore = held;
    try {
      requireShortChain();
      var definition = Objects.requireNonNull(definitions.get(name));
      var result = evaluated(definition, pointer + "/" + ParamMerge.escape(name));
      held = heldBefore; // the whole counts, not its parts
      return keep(name, result);
    } catch (SelException | UnknownNameException | IllegalArgumentException e) {
      return fail(name, e);
    } catch (BrokenReference | UnknownYetException e) {
      broken.add(name);
      throw e;
    } finally {
      held = heldBefore;
      inProgress.remove(name);
    }
  }

  private void requireShortChain() {
    if (inProgress.size() > LONGEST_CHAIN) {
      throw new IllegalArgumentException(
          "expected a chain of at most %d params that refer to each other, found a longer one: %s -> … -> %s; compute several of them in one expression"
              .formatted(LONGEST_CHAIN, inProgress.getFirst(), inProgress.getLast()));
    }
  }

  private Param fail(String name, String message) {
    broken.add(name);
    problems.add(new DefinitionProblem(pointer + "/" + ParamMerge.escape(name), message, null));
    throw new BrokenReference();
  }

  private Param fail(String name, RuntimeException cause) {
    broken.add(name);
    var definition = Objects.requireNonNull(definitions.get(name));
    var text = definition.expression() == null ? definition.value() : definition.expression();
    var offset = cause instanceof SelException problem ? problem.offsetIn(text) : -1;
    problems.add(
        new DefinitionProblem(
            pointer + "/" + ParamMerge.escape(name),
            "param [" + name + "]: " + cause.getMessage(),
            null,
            isUnknownName(cause) ? ProblemCode.UNKNOWN_NAME.id() : null,
            offset < 0 ? null : offset));
    throw new BrokenReference();
  }

  /** Also of a part of a param. */
  private static boolean isUnknownName(Throwable cause) {
    return switch (cause) {
      case UnknownNameException _ -> true;
      case SelException problem -> problem.isUnknownName();
      default -> cause.getCause() != null && isUnknownName(cause.getCause());
    };
  }

  private String chain(String name) {
    return String.join(" -> ", inProgress) + " -> " + name;
  }

  private Param evaluated(Param definition, String at) {
    var param =
        definition.isEvaluated()
            ? definition
            : definition.evaluated(value(definition, at), nowMillis);
    var validator = definition.validator();
    // before a run only constants are checked: what is computed may come out differently in a run
    var due =
        settings.dryRun()
            ? definition.expression() == null
            : !(checked && definition.isEvaluated());
    if (validator != null && due) {
      Validators.check(validator, Objects.requireNonNull(param.evaluatedResult()), this::holds);
    }
    return param;
  }

  private boolean holds(String validator, Object result) {
    var outer = foremost;
    foremost = Map.of("param", result);
    try {
      return truth(result instanceof List<?> ? Validators.forArrays(validator) : validator);
    } finally {
      foremost = outer;
    }
  }

  /** The result of one definition in this scope. */
  Object value(Param definition, String at) {
    var expression = definition.expression();
    if (expression != null) {
      return ResultType.convert(
          definition.type().name(),
          settings.expressions().get(expression).evaluate(this, settings.runtime(), allowance));
    }
    var value = definition.value();
    if (value == null) {
      throw new IllegalArgumentException("expected a value or an expression, found neither");
    }
    return switch (definition.type()) {
      case STRING -> interpolate(Values.cast(ParamType.STRING, value).toString());
      case STRING_ARRAY -> interpolate((List<?>) Values.cast(ParamType.STRING_ARRAY, value));
      case STRING_MAP -> interpolate((Map<?, ?>) Values.cast(ParamType.STRING_MAP, value));
      case MAP -> parts(definition.nested(), at);
      case LONG, DOUBLE, BOOLEAN, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY ->
          Values.cast(definition.type(), value);
    };
  }

  private Object parts(Map<String, Param> nested, String at) {
    var result = new LinkedHashMap<String, Object>();
    nested.forEach((name, part) -> {
      try {
        var here = at + "/" + ParamMerge.escape(name);
        var value = Objects.requireNonNull(evaluated(part, here).evaluatedResult());
        hold(Values.jsonLength(value));
        result.put(name, value);
      } catch (SelException | UnknownNameException | IllegalArgumentException e) {
        throw new IllegalArgumentException("[" + name + "]: " + e.getMessage(), e);
      }
    });
    return result;
  }

  private List<Object> interpolate(List<?> texts) {
    var result = new ArrayList<Object>(texts.size());
    for (var text : texts) {
      result.add(held((String) text));
    }
    return result;
  }

  private String held(String text) {
    var part = interpolate(text);
    hold(part.length());
    return part;
  }

  private Map<String, String> interpolate(Map<?, ?> texts) {
    var result = new LinkedHashMap<String, String>();
    texts.forEach((key, text) -> result.put(held((String) key), held((String) text)));
    return result;
  }

  /** A text with {@code $name} and {@code ${name}} filled in. */
  String interpolate(String text) {
    return text.indexOf('$') < 0 ? text : Interpolation.interpolate(text, this::get, room());
  }

  /** A boolean expression. */
  boolean truth(String expression) {
    return (Boolean)
        ResultType.convert(
            "BOOLEAN",
            settings.expressions().get(expression).evaluate(this, settings.runtime(), allowance));
  }

  // ------------------------------------------------------------------ names

  @Override
  public @Nullable Object get(String name) {
    var first = foremost.get(name);
    if (first != null) {
      return first;
    }
    return run == null ? inRun(name) : inStep(name, run);
  }

  private @Nullable Object inRun(String name) {
    if (hasRunParam(name)) {
      return runParam(name);
    }
    var reference = reference(name);
    if (reference != null) {
      return reference;
    }
    throw unknown(name);
  }

  private @Nullable Object inStep(String name, Evaluation around) {
    var reference = reference(name);
    if (reference != null) {
      return reference;
    }
    var known = results.get(name);
    if (known != null) {
      return known.evaluatedResult();
    }
    var fact = fact(name);
    if (fact != null && !(name.equals("loop_index") && around.hasRunParam(name))) {
      return fact;
    }
    if (around.hasRunParam(name)) {
      return around.runParam(name);
    }
    if (definitions.containsKey(name)) {
      return evaluate(name).evaluatedResult();
    }
    throw unknown(name);
  }

  /** A reserved name of the step; being read makes it one of the results. */
  private @Nullable Object fact(String name) {
    if (step == null) {
      return null;
    }
    var type = step.stepType();
    var reserved = StepDefaults.reserved(type, name);
    if (reserved == null) {
      return null;
    }
    var value =
        Objects.requireNonNull(StepDefaults.value(type, name, step.instance(), step.step()));
    keep(name, shown(reserved, value));
    return value;
  }

  boolean hasRunParam(String name) {
    return definitions.containsKey(name)
        || WorkflowDefaults.DEFINITIONS.containsKey(name)
        || settings.workflowDefaults().containsKey(name);
  }

  /** The value of a run's param or of a default, which becomes one of the results. */
  Object runParam(String name) {
    return Objects.requireNonNull(paramOfRun(name).evaluatedResult());
  }

  /** A run's param or a default, evaluated. */
  Param paramOfRun(String name) {
    if (definitions.containsKey(name)) {
      return evaluate(name);
    }
    var known = results.get(name);
    if (known != null) {
      return known;
    }
    var site = settings.workflowDefaults().get(name);
    var result = site != null ? siteDefault(name, site) : systemDefault(name);
    return keep(name, result);
  }

  /** As above; empty if it can't be evaluated. */
  Optional<Param> ifValid(String name) {
    try {
      return Optional.of(paramOfRun(name));
    } catch (SelException | IllegalArgumentException | BrokenReference _) {
      return Optional.empty();
    }
  }

  private Param siteDefault(String name, Param definition) {
    if (!inProgress.add(name)) {
      throw new IllegalArgumentException(
          "the default [" + name + "] contains a cyclic reference chain: " + chain(name));
    }
    try {
      return evaluated(definition, pointer + "/" + ParamMerge.escape(name));
    } finally {
      inProgress.remove(name);
    }
  }

  private Param systemDefault(String name) {
    return shown(
        Objects.requireNonNull(WorkflowDefaults.definition(name)),
        WorkflowDefaults.value(name, facts, this::runParam));
  }

  /** A default of the system as a literal. */
  private Param shown(Param definition, Object value) {
    return new Param(
            definition.type(),
            value,
            null,
            definition.mode(),
            null,
            ParamSource.SYSTEM_DEFAULT,
            null,
            List.of(),
            null,
            null)
        .evaluated(value, nowMillis);
  }

  private UnknownNameException unknown(String name) {
    if (settings.dryRun() && name.contains("__")) {
      var refusal = step == null ? null : step.upstream().refusal(name);
      if (refusal != null) {
        return refusal;
      }
      throw new UnknownYetException();
    }
    var nearest = nearest(name);
    if (nearest == null) {
      return new UnknownNameException(name, step == null ? null : step.upstream().meant(name));
    }
    return new UnknownNameException(name, "did you mean " + nearest + "?");
  }

  /** What somebody may have meant: a param here or of the run around, else one of the defaults. */
  @Nullable String nearest(String name) {
    var declared = new LinkedHashSet<>(definitions.keySet());
    declared.addAll(foremost.keySet());
    if (run != null) {
      declared.addAll(run.definitions.keySet());
    }
    var nearest = Spelling.nearest(name, declared);
    if (nearest != null) {
      return nearest;
    }
    var defaults = new LinkedHashSet<>(WorkflowDefaults.DEFINITIONS.keySet());
    defaults.addAll(settings.workflowDefaults().keySet());
    return Spelling.nearest(name, defaults);
  }

  // ------------------------------------------------------------------ step__param, signal__param

  /**
   * What {@code a__b} refers to. Ids may end and names may begin with an underscore, so {@code
   * a___b} is tried both ways; it is an error if both mean something.
   */
  private @Nullable Object reference(String name) {
    var at = name.indexOf("__", 1);
    if (at < 0) {
      return null;
    }
    Object found = null;
    var meaning = "";
    for (; at >= 0 && at + 2 < name.length(); at = name.indexOf("__", at + 1)) {
      var owner = name.substring(0, at);
      var param = name.substring(at + 2);
      var value = ofStep(owner, param);
      if (value != null) {
        if (found != null) {
          throw new IllegalArgumentException(
              "%s is ambiguous: it may mean %s or param %s of step %s; write params.getFromStep('%s', '%s')"
                  .formatted(name, meaning, param, owner, owner, param));
        }
        found = value;
        meaning = "param " + param + " of step " + owner;
      }
    }
    return found != null ? found : ofSignal(name);
  }

  private @Nullable Object ofStep(String owner, String param) {
    if (step == null || run == null) {
      return null;
    }
    if (owner.equals(step.step().stepId())) {
      return definitions.containsKey(param) ? evaluate(param).evaluatedResult() : fact(param);
    }
    var view = step.upstream().step(owner);
    return view == null ? null : valueOf(view, param);
  }

  private static @Nullable Object valueOf(Upstream.StepView view, String param) {
    var found = view.params().get(param);
    return found == null ? null : found.evaluatedResult();
  }

  private @Nullable Object ofSignal(String name) {
    for (var at = name.indexOf("__", 1); at >= 0; at = name.indexOf("__", at + 1)) {
      var value = ParamFunctions.signalParam(facts, name.substring(0, at), name.substring(at + 2));
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  // ------------------------------------------------------------------ params.function(...)

  @Override
  public @Nullable Object call(String function, List<@Nullable Object> arguments) {
    return new ParamFunctions(settings, facts, step, this).call(function, arguments);
  }

  /** The whole scope that {@code params.get} reads: the run's. */
  Evaluation runScope() {
    return run == null ? this : run;
  }

  /** A param of this very step for {@code params.getFromStep}; null if there is none. */
  @Nullable Object ownParam(String param) {
    return definitions.containsKey(param) ? evaluate(param).evaluatedResult() : fact(param);
  }
}
