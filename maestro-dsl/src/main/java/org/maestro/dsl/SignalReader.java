package org.maestro.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.SignalDependency;
import org.maestro.model.definition.SignalOutput;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

/** Everything about signals in a definition: triggers, a step's dependencies and its outputs. */
final class SignalReader {
  @Limit("signal triggers of a workflow")
  private static final int MOST_TRIGGERS = 100;

  @Limit("signals of one trigger")
  private static final int MOST_SIGNALS = 8;

  private static final int LONGEST_NAME = 512;
  private static final List<String> SYMBOLS = List.of("=", ">", ">=", "<", "<=");

  private final ParamReader params;
  private final Expressions expressions;
  private final boolean checked;

  SignalReader(ParamReader params, Expressions expressions, boolean checked) {
    this.params = params;
    this.expressions = expressions;
    this.checked = checked;
  }

  List<SignalTrigger> triggers(Fields workflow) {
    var items = workflow.list("signal_triggers");
    if (checked && items.size() > MOST_TRIGGERS) {
      workflow
          .at("signal_triggers")
          .report(
              ProblemCode.LIMIT,
              "expected at most "
                  + MOST_TRIGGERS
                  + " signal_triggers, found "
                  + items.size()
                  + "; divide them among workflows that start this one as a subworkflow");
    }
    var triggers = new ArrayList<SignalTrigger>(items.size());
    for (var i = 0; i < items.size(); i++) {
      triggers.add(trigger(items.get(i), workflow.at("signal_triggers").child(i)));
    }
    return triggers;
  }

  private SignalTrigger trigger(Object tree, Place place) {
    var fields = Fields.of(tree, place, "a signal trigger");
    var definitions = new LinkedHashMap<String, SignalTrigger.Entry>();
    var at = fields.at("definitions");
    fields
        .entries("definitions", "signals by name")
        .forEach((name, entry) -> definitions.put(name, entry(name, entry, at.child(name))));
    if (checked) {
      checkSignals(definitions, at);
    }
    var trigger =
        new SignalTrigger(
            definitions,
            params.params(fields, "params"),
            expression(fields, "condition"),
            expression(fields, "dedup_expr"));
    fields.refuseUnknown();
    return trigger;
  }

  private static void checkSignals(Map<String, SignalTrigger.Entry> definitions, Place at) {
    if (definitions.isEmpty() || definitions.size() > MOST_SIGNALS) {
      at.report(
          "expected 1 to "
              + MOST_SIGNALS
              + " signals in a trigger, found "
              + definitions.size()
              + (definitions.isEmpty() ? "; name one" : "; use several triggers"));
    }
    var lengths = new LinkedHashMap<String, Integer>();
    definitions.forEach((name, entry) -> lengths.put(name, entry.joinKeys().size()));
    if (new HashSet<>(lengths.values()).size() > 1) {
      at.report(
          "expected the same number of join_keys for every signal, found "
              + lengths
              + "; the n-th keys of all signals must have equal values");
    }
  }

  private @Nullable String expression(Fields fields, String name) {
    var source = fields.text(name, Integer.MAX_VALUE);
    if (source != null) {
      expressions.check(source, fields.at(name));
    }
    return source;
  }

  private SignalTrigger.Entry entry(String name, @Nullable Object tree, Place place) {
    checkName(name, place);
    if (Scalars.isEmpty(tree)) {
      return new SignalTrigger.Entry(Map.of(), List.of());
    }
    var fields = Fields.of(tree, place, "a signal of a trigger");
    var matches = new LinkedHashMap<String, SignalTrigger.Match>();
    var at = fields.at("match_params");
    fields
        .entries("match_params", "parameters of the signal")
        .forEach((param, match) -> addMatch(matches, param, match, at.child(param)));
    var joinKeys = joinKeys(fields, matches);
    fields.refuseUnknown();
    return new SignalTrigger.Entry(matches, joinKeys);
  }

  private static void addMatch(
      Map<String, SignalTrigger.Match> matches, String param, @Nullable Object tree, Place place) {
    var fields = Fields.of(tree, place, "a match parameter");
    var written = fields.raw("value");
    var number = written instanceof Number ? Scalars.wholeNumber(written) : null;
    var value = written instanceof String text ? text : number;
    if (value == null) {
      place.report(
          "expected \"value\" with text or a whole number, found " + Found.describe(written));
    }
    var operator = operator(fields);
    fields.refuseUnknown();
    if (value != null) {
      matches.put(param, new SignalTrigger.Match(value, operator));
    }
  }

  private static List<String> joinKeys(Fields fields, Map<String, SignalTrigger.Match> matches) {
    var items = fields.list("join_keys");
    var keys = new ArrayList<String>(items.size());
    for (var i = 0; i < items.size(); i++) {
      var place = fields.at("join_keys").child(i);
      var key = Scalars.text(items.get(i));
      if (key == null || key.isBlank()) {
        place.report("expected the name of a parameter, found " + Found.describe(items.get(i)));
      } else if (matches.containsKey(key)) {
        place.report(
            "the join key "
                + Found.quote(key)
                + " is also in match_params; remove it from one of them");
      } else if (keys.contains(key)) {
        place.report("expected every join key once, found " + Found.quote(key) + " again");
      } else {
        keys.add(key);
      }
    }
    return keys;
  }

  private static MatchOperator operator(Fields fields) {
    if (!fields.has("operator")) {
      return MatchOperator.EQUALS;
    }
    var operator =
        fields.raw("operator") instanceof String symbol ? MatchOperator.of(symbol.strip()) : null;
    if (operator == null || operator.isEmpty()) {
      fields
          .at("operator")
          .report(
              "expected one of "
                  + String.join(" ", SYMBOLS)
                  + ", found "
                  + Found.describe(fields.raw("operator")));
      return MatchOperator.EQUALS;
    }
    return operator.get();
  }

  List<SignalDependency> dependencies(Fields step) {
    var items = step.list("signal_dependencies");
    var dependencies = new ArrayList<SignalDependency>(items.size());
    for (var i = 0; i < items.size(); i++) {
      dependencies.add(dependency(items.get(i), step.at("signal_dependencies").child(i)));
    }
    return dependencies;
  }

  private SignalDependency dependency(Object tree, Place place) {
    var fields = Fields.of(tree, place, "a signal dependency");
    var name = fields.requiredText("name", LONGEST_NAME);
    var matches = new LinkedHashMap<String, SignalDependency.Match>();
    var at = fields.at("match_params");
    fields
        .entries("match_params", "parameters of the signal")
        .forEach((key, match) -> addDependencyMatch(matches, key, match, at.child(key)));
    var ranges =
        matches.entrySet().stream()
            .filter(match -> match.getValue().operator() != MatchOperator.EQUALS)
            .map(Map.Entry::getKey)
            .toList();
    if (checked && ranges.size() > 1) {
      at.report(
          "expected at most one parameter with an operator other than =, found "
              + ranges
              + "; use = for the others");
    }
    fields.refuseUnknown();
    return new SignalDependency(name, matches);
  }

  private void addDependencyMatch(
      Map<String, SignalDependency.Match> matches, String key, @Nullable Object tree, Place place) {
    var fields = Fields.of(tree, place, "a match parameter");
    if (!fields.has("param")) {
      fields.reportMissing("param", "a parameter of type STRING or LONG");
    }
    var param = fields.has("param") ? signalParam(fields.raw("param"), fields.at("param")) : null;
    var operator = operator(fields);
    fields.refuseUnknown();
    if (param != null) {
      matches.put(key, new SignalDependency.Match(param, operator));
    }
  }

  /** Signals carry text and whole numbers only: their index knows no other order. */
  private @Nullable Param signalParam(@Nullable Object tree, Place place) {
    var param = params.param(tree, place);
    if (param != null && !isSignalType(param)) {
      place.report(
          "expected the type STRING or LONG in a signal, found " + param.type() + "; convert it");
    }
    return param;
  }

  private static boolean isSignalType(Param param) {
    return param.type() == ParamType.STRING || param.type() == ParamType.LONG;
  }

  List<SignalOutput> outputs(Fields step) {
    var items = step.list("signal_outputs");
    var outputs = new ArrayList<SignalOutput>(items.size());
    for (var i = 0; i < items.size(); i++) {
      var fields = Fields.of(items.get(i), step.at("signal_outputs").child(i), "a signal output");
      var name = fields.requiredText("name", LONGEST_NAME);
      var at = fields.at("params");
      var written = new LinkedHashMap<String, Param>();
      fields
          .entries("params", "parameters of the signal")
          .forEach((key, tree) -> {
            var param = signalParam(tree, at.child(key));
            if (param != null) {
              written.put(key, param);
            }
          });
      outputs.add(new SignalOutput(name, written, fields.raw("payload")));
      fields.refuseUnknown();
    }
    return outputs;
  }

  private static void checkName(String name, Place place) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      place.report(
          "expected a signal name of 1 to "
              + LONGEST_NAME
              + " characters, found "
              + Found.quote(name));
    }
  }
}
