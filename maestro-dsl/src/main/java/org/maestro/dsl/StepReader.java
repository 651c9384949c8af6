package org.maestro.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.MaxFailures;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Transition;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.sel.Spelling;

/** Steps with their wrappers, and the steps inside loops. */
final class StepReader {
  @Limit("iterations of a foreach at a time")
  private static final long MOST_CONCURRENCY = 500;

  private static final String MAX_FAILURES = "max_failures";
  private static final int LONGEST_TYPE = 256;
  private static final List<String> WRAPPERS =
      List.of("step", "subworkflow", "foreach", "while", "template");

  private final ParamReader params;
  private final SignalReader signals;
  private final Expressions expressions;
  private final RetryPolicyReader retryPolicies;
  private final StepRules rules;
  private final boolean checked;

  StepReader(
      ParamReader params,
      SignalReader signals,
      Expressions expressions,
      StepRules rules,
      boolean checked) {
    this.params = params;
    this.signals = signals;
    this.expressions = expressions;
    this.retryPolicies = new RetryPolicyReader(checked);
    this.rules = rules;
    this.checked = checked;
  }

  /**
   * The steps of a workflow or loop.
   *
   * @param what the parent in messages, such as {@code the workflow}
   */
  List<Step> steps(Fields parent, String what) {
    return steps(parent, "steps", what);
  }

  /** The steps that run after the outcome of a run is known. */
  Map<HandlerKind, List<Step>> handlers(Fields workflow) {
    var handlers = new EnumMap<HandlerKind, List<Step>>(HandlerKind.class);
    for (var kind : HandlerKind.values()) {
      if (workflow.has(kind.field())) {
        handlers.put(kind, steps(workflow, kind.field(), kind.field()));
      }
    }
    return handlers;
  }

  private List<Step> steps(Fields parent, String field, String what) {
    var items = parent.requiredList(field);
    var at = parent.at(field);
    var written = parent.raw(field);
    if (checked
        && parent.isObject()
        && items.isEmpty()
        && (written == null || written instanceof List)) {
      at.report("expected at least one step in " + what + ", found none; add one");
    }
    var steps = new ArrayList<Step>(items.size());
    var places = new ArrayList<Place>(items.size());
    for (var i = 0; i < items.size(); i++) {
      var wrapped = wrapped(items.get(i), at.child(i));
      if (wrapped != null) {
        steps.add(step(wrapped));
        places.add(wrapped.fields.place());
      }
    }
    rules.addLevel(steps, places);
    return steps;
  }

  private record Wrapped(String wrapper, Fields fields) {}

  private static @Nullable Wrapped wrapped(@Nullable Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> map)) {
      place.report(
          "expected a step such as {\"step\": {\"id\": \"a\", \"type\": \"NoOp\"}}, found "
              + Found.describe(tree));
      return null;
    }
    if (map.size() != 1) {
      place.report(
          "expected an object with one of the keys "
              + String.join(", ", WRAPPERS)
              + " around a step, found the keys "
              + map.keySet()
              + (map.containsKey("id") ? "; write {\"step\": {…}}" : ""));
      return null;
    }
    var key = String.valueOf(map.keySet().iterator().next());
    var wrapper = key.toLowerCase(Locale.ROOT);
    if (!WRAPPERS.contains(wrapper)) {
      var suggestion = key.equalsIgnoreCase("job") ? "step" : Spelling.nearest(key, WRAPPERS);
      place
          .child(key)
          .report(
              "expected one of "
                  + String.join(", ", WRAPPERS)
                  + " around a step, found "
                  + Found.quote(key)
                  + (suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?"),
              suggestion);
      return null;
    }
    var what = "a " + (wrapper.equals("step") ? "step" : wrapper + " step");
    return new Wrapped(wrapper, Fields.of(map.get(key), place.child(key), what));
  }

  private Step step(Wrapped wrapped) {
    var fields = wrapped.fields;
    // Its id and depth-first place are taken before those of the steps inside it.
    var id = fields.requiredText("id", Names.LONGEST_ID);
    rules.addId(id, fields.at("id"));
    var common = common(id, fields);
    if (checked && !wrapped.wrapper.equals("step")) {
      SecretRules.check(common.params(), fields.at("params"), null);
    }
    Step step =
        switch (wrapped.wrapper) {
          case "step" -> typed(common, fields);
          case "subworkflow" -> subworkflow(common, fields);
          case "foreach" -> foreach(common, fields);
          case "while" -> whileLoop(common, fields);
          default -> template(common, fields);
        };
    fields.refuseUnknown();
    return step;
  }

  private Step.Common common(String id, Fields fields) {
    return new Step.Common(
        id,
        fields.words("name", Names.LONGEST_NAME),
        fields.words("description", Names.LONGEST_DESCRIPTION),
        fields.has("transition") ? transition(fields) : Transition.NONE,
        fields.choice("failure_mode", FailureMode.class),
        TagReader.tags(fields, "tags"),
        Numbers.timeout(fields, "timeout", checked),
        signals.dependencies(fields),
        signals.outputs(fields),
        params.params(fields, "params"));
  }

  private Transition transition(Fields step) {
    var fields = Fields.of(step.raw("transition"), step.at("transition"), "a transition");
    var predecessors = new ArrayList<String>();
    var items = fields.list("predecessors");
    for (var i = 0; i < items.size(); i++) {
      var id = Scalars.text(items.get(i));
      if (id == null) {
        fields
            .at("predecessors")
            .child(i)
            .report("expected the id of a step, found " + Found.describe(items.get(i)));
      } else {
        predecessors.add(id);
      }
    }
    var successors = new LinkedHashMap<String, String>();
    fields
        .entries("successors", "conditions by step id, such as {\"b\": \"true\"},")
        .forEach(
            (id, tree) -> successors.put(id, condition(tree, fields.at("successors").child(id))));
    fields.refuseUnknown();
    return new Transition(predecessors, successors);
  }

  private String condition(@Nullable Object tree, Place place) {
    var condition = tree instanceof String || tree instanceof Boolean ? Scalars.text(tree) : null;
    if (condition == null) {
      place.report(
          "expected a condition such as \"true\" or \"x > 5\", found " + Found.describe(tree));
      return "true";
    }
    expressions.check(condition, place);
    return condition;
  }

  private Step typed(Step.Common common, Fields fields) {
    if (!fields.has("type")) {
      fields.reportMissing("type", "such as NoOp, Shell or Http");
    }
    var type = type(fields);
    var subType = fields.text("sub_type", LONGEST_TYPE);
    var version = fields.text("sub_type_version", LONGEST_TYPE);
    var retries = retryPolicies.policy(fields);
    if (checked && subType == null && type == StepType.SHELL) {
      refuseMisspeltScript(common, fields, "script", "command");
    }
    if (checked && subType == null && type == StepType.PYTHON) {
      refuseMisspeltScript(common, fields, "script", "module");
    }
    if (checked) {
      SecretRules.check(common.params(), fields.at("params"), type);
    }
    if (checked && type == StepType.HTTP) {
      HttpHeaders.check(common.params().get("http"), fields.at("params").child("http"));
    }
    return new Step.Typed(
        common,
        type == null ? StepType.NOOP.label() : type.label(),
        subType,
        version,
        retries,
        outputs(common, fields));
  }

  /** Params that the job has to report; each is declared with its type in {@code params}. */
  private List<String> outputs(Step.Common common, Fields fields) {
    var names = new ArrayList<String>();
    var items = fields.list("outputs");
    for (var i = 0; i < items.size(); i++) {
      var name = items.get(i);
      var at = fields.at("outputs").child(i);
      if (!(name instanceof String text)) {
        at.report("expected the name of a parameter, found " + Found.describe(name));
      } else if (checked && !common.params().containsKey(text)) {
        var nearest = Spelling.nearest(text, common.params().keySet());
        at.report(
            "expected the name of a parameter in params, found "
                + Found.quote(text)
                + (nearest == null
                    ? "; add it there, with its type"
                    : "; did you mean \"" + nearest + "\"?"),
            nearest);
      } else if (checked && names.contains(text)) {
        at.report("expected every output once, found " + Found.quote(text) + " again");
      } else {
        names.add(text);
      }
    }
    return names;
  }

  /** A job that has nothing to execute, and a parameter that may have been meant to be it. */
  private static void refuseMisspeltScript(
      Step.Common common, Fields fields, String one, String other) {
    var names = common.params().keySet();
    if (names.contains(one) || names.contains(other)) {
      return;
    }
    for (var name : names) {
      var meant = Spelling.nearest(name, List.of(one, other));
      if (meant != null) {
        fields
            .at("params")
            .child(name)
            .report(
                "expected the parameter %s or %s, found ".formatted(one, other)
                    + Found.quote(name)
                    + "; did you mean \""
                    + meant
                    + "\"?",
                meant);
      }
    }
  }

  private static @Nullable StepType type(Fields fields) {
    var name = fields.text("type", LONGEST_TYPE);
    if (name == null) {
      return null;
    }
    var type = StepType.of(name);
    if (type.isPresent() && type.get().isLeaf()) {
      return type.get();
    }
    var suggestion = Spelling.nearest(name, labels());
    fields
        .at("type")
        .report(
            type.map(wrapper ->
                    "the type "
                        + wrapper.label()
                        + " is a wrapper; write {\""
                        + wrapper.label()
                        + "\": {…}} instead of {\"step\": {…}}")
                .orElseGet(() -> unknownType(name, suggestion)),
            suggestion);
    return null;
  }

  private static String unknownType(String name, @Nullable String suggestion) {
    return "expected a step type, one of "
        + String.join(", ", labels())
        + ", found "
        + Found.quote(name)
        + (name.equalsIgnoreCase("Join")
            ? "; any step with several predecessors joins them, so remove this one"
            : suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?");
  }

  private static List<String> labels() {
    return Arrays.stream(StepType.values()).filter(StepType::isLeaf).map(StepType::label).toList();
  }

  private Step subworkflow(Step.Common common, Fields fields) {
    var target = common.params().get("subworkflow_id");
    if (checked && target == null && !mentions(fields, "subworkflow_id")) {
      fields
          .at("params")
          .report(
              "expected the parameter subworkflow_id, found "
                  + common.params().keySet()
                  + "; add \"subworkflow_id\": {\"value\": \"…\", \"type\": \"STRING\"}");
    } else if (checked && target != null && target.type() != ParamType.STRING) {
      fields
          .at("params")
          .child("subworkflow_id")
          .report("expected subworkflow_id to be a STRING, found a " + target.type());
    }
    return new Step.Subworkflow(
        common, fields.flag("sync", true), fields.flag("explicit_params", false));
  }

  private Step foreach(Step.Common common, Fields fields) {
    var concurrency = fields.wholeNumber("concurrency", 1, MOST_CONCURRENCY);
    var strict = fields.flag("strict_ordering", false);
    var maxFailures = maxFailures(fields);
    if (checked) {
      checkLoopParams(common, fields, true);
    }
    var inner = steps(fields, "the loop " + Found.quote(common.id()));
    return new Step.Foreach(common, concurrency, strict, maxFailures, inner);
  }

  private static @Nullable MaxFailures maxFailures(Fields fields) {
    if (!fields.has(MAX_FAILURES)) {
      return null;
    }
    var written = fields.raw(MAX_FAILURES);
    var whole = Scalars.wholeNumber(written);
    var read = MaxFailures.read(whole == null ? written : whole);
    if (read.isEmpty()) {
      var meant = MaxFailures.meant(written);
      fields
          .at(MAX_FAILURES)
          .report(
              "expected "
                  + MaxFailures.EXPECTED
                  + ", found "
                  + Found.describe(written)
                  + (meant == null ? "" : "; did you mean \"" + meant + "\"?"),
              meant);
    }
    return read.orElse(null);
  }

  private Step whileLoop(Step.Common common, Fields fields) {
    var condition = "false";
    if (fields.raw("condition") instanceof Boolean constant) {
      condition = constant.toString();
    } else {
      condition = fields.requiredText("condition", Integer.MAX_VALUE);
    }
    if (!condition.isBlank()) {
      expressions.check(condition, fields.at("condition"));
    }
    if (fields.has(MAX_FAILURES)) {
      fields
          .at(MAX_FAILURES)
          .report(
              "a while ends with the first iteration that fails, because each goes on from the one"
                  + " before; remove max_failures, or loop with a foreach");
    }
    if (checked) {
      checkLoopParams(common, fields, false);
    }
    return new Step.While(common, condition, steps(fields, "the loop " + Found.quote(common.id())));
  }

  /** A foreach walks over arrays; a while carries scalars from one iteration to the next. */
  private static void checkLoopParams(Step.Common common, Fields fields, boolean arrays) {
    var at = fields.at("params").child("loop_params");
    var loop = common.params().get("loop_params");
    if (loop == null) {
      if (arrays && !mentions(fields, "loop_params")) {
        fields
            .at("params")
            .report(
                "expected the parameter loop_params, a MAP of arrays, found "
                    + common.params().keySet()
                    + "; add it");
      }
      return;
    }
    if (loop.type() != ParamType.MAP) {
      at.report("expected loop_params to be a MAP, found a " + loop.type());
      return;
    }
    if (arrays && loop.expression() == null && isEmpty(fields)) {
      at.report("expected at least one array in loop_params, found none; add one");
    }
    loop.nested()
        .forEach((name, param) -> {
          if (isArray(param) != arrays) {
            at.child("value")
                .child(name)
                .child("type")
                .report(
                    "expected "
                        + (arrays ? "an array type such as LONG_ARRAY" : "a scalar type")
                        + " in loop_params, found "
                        + param.type()
                        + (arrays ? "; write a list, as in [a, b]" : ""));
          }
        });
  }

  /** Whether a parameter is written, even if it couldn't be read. */
  private static boolean mentions(Fields step, String param) {
    return step.raw("params") instanceof Map<?, ?> map && map.containsKey(param);
  }

  private static boolean isEmpty(Fields step) {
    return step.raw("params") instanceof Map<?, ?> params
        && params.get("loop_params") instanceof Map<?, ?> loop
        && loop.get("value") instanceof Map<?, ?> value
        && value.isEmpty();
  }

  private static boolean isArray(Param param) {
    return switch (param.type()) {
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> true;
      case STRING, LONG, DOUBLE, BOOLEAN, STRING_MAP, MAP -> false;
    };
  }

  private Step template(Step.Common common, Fields fields) {
    if (checked && !fields.has("sub_type")) {
      fields.reportMissing("sub_type", "the name of a job template");
    }
    return new Step.Template(
        common,
        fields.text("sub_type", LONGEST_TYPE),
        fields.text("sub_type_version", LONGEST_TYPE));
  }
}
