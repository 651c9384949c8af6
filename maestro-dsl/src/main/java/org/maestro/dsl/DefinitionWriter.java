package org.maestro.dsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.SignalDependency;
import org.maestro.model.definition.SignalOutput;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.Transition;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

/**
 * Writes the model as the JSON tree that {@link DefinitionReader} reads: snake_case, fields in a
 * fixed order, what is absent or empty left out. Reading the tree gives an equal model.
 */
public final class DefinitionWriter {
  private DefinitionWriter() {}

  /** A workflow, as under {@code workflow} in a push. */
  public static Map<String, Object> tree(Workflow workflow) {
    var tree = new Tree();
    tree.put("id", workflow.id());
    tree.put("name", workflow.name());
    tree.put("description", workflow.description());
    tree.putList("tags", workflow.tags(), DefinitionWriter::tree);
    tree.putNumber("timeout", workflow.timeout());
    tree.put("criticality", workflow.criticality());
    tree.put("instance_step_concurrency", workflow.instanceStepConcurrency());
    tree.putList("time_triggers", workflow.timeTriggers(), DefinitionWriter::tree);
    tree.putList("signal_triggers", workflow.signalTriggers(), DefinitionWriter::tree);
    tree.putMap("params", workflow.params(), DefinitionWriter::tree);
    tree.putAll("steps", workflow.steps(), DefinitionWriter::tree);
    workflow
        .handlers()
        .forEach((kind, steps) -> tree.putAll(kind.field(), steps, DefinitionWriter::tree));
    return tree.fields;
  }

  /** Properties, as under {@code properties} in a push. */
  public static Map<String, Object> tree(Properties properties) {
    var tree = new Tree();
    tree.put("owner", owner(properties));
    tree.put("access_control", properties.accessControl());
    var strategy = properties.runStrategy();
    tree.put("run_strategy", strategy == null ? null : tree(strategy));
    tree.put("step_concurrency", properties.stepConcurrency());
    tree.put("alerting", properties.alerting());
    tree.put("alerting_disabled", properties.alertingDisabled());
    tree.put("signal_trigger_disabled", properties.signalTriggerDisabled());
    tree.put("time_trigger_disabled", properties.timeTriggerDisabled());
    tree.put("description", properties.description());
    var tags = properties.tags();
    if (tags != null) {
      tree.putAll("tags", tags, DefinitionWriter::tree);
    }
    return tree.fields;
  }

  private static @Nullable Object owner(Properties properties) {
    var attributes = properties.ownerAttributes();
    var owner = properties.owner();
    if (owner == null || attributes == null || attributes.isEmpty()) {
      return owner;
    }
    var tree = new Tree();
    tree.put("name", owner);
    tree.fields.putAll(attributes);
    return tree.fields;
  }

  /** A run strategy in its long form. */
  public static Map<String, Object> tree(RunStrategy strategy) {
    var tree = new Tree();
    tree.put("rule", strategy.rule().name());
    tree.put("workflow_concurrency", strategy.workflowConcurrency());
    return tree.fields;
  }

  /** A tag in its long form. */
  public static Map<String, Object> tree(Tag tag) {
    var tree = new Tree();
    tree.put("name", tag.name());
    tree.put("namespace", name(tag.namespace()));
    tree.fields.putAll(tag.attributes());
    return tree.fields;
  }

  /** Parameters by name, in order. */
  public static Map<String, Object> tree(Map<String, Param> params) {
    var tree = new LinkedHashMap<String, Object>();
    params.forEach((name, param) -> tree.put(name, tree(param)));
    return tree;
  }

  /** A parameter, with its result if it has one. */
  public static Map<String, Object> tree(Param param) {
    var tree = new Tree();
    tree.put("type", param.type().name());
    tree.put(
        "value",
        param.type() == ParamType.MAP && param.value() != null
            ? tree(param.nested())
            : param.value());
    tree.put("expression", param.expression());
    tree.put("mode", name(param.mode()));
    tree.put("internal_mode", name(param.internalMode()));
    tree.put("source", name(param.source()));
    tree.put("validator", param.validator());
    tree.putList("tags", param.tags(), DefinitionWriter::tree);
    tree.put("evaluated_result", param.evaluatedResult());
    tree.put("evaluated_time", param.evaluatedTime());
    return tree.fields;
  }

  /** A step with its wrapper. */
  public static Map<String, Object> tree(Step step) {
    var tree = new Tree();
    var common = step.common();
    tree.put("id", common.id());
    if (step instanceof Step.Typed typed) {
      tree.put("type", typed.type());
      tree.put("sub_type", typed.subType());
      tree.put("sub_type_version", typed.subTypeVersion());
    } else if (step instanceof Step.Template template) {
      tree.put("sub_type", template.subType());
      tree.put("sub_type_version", template.subTypeVersion());
    }
    tree.put("name", common.name());
    tree.put("description", common.description());
    tree.putList("tags", common.tags(), DefinitionWriter::tree);
    tree.put("failure_mode", name(common.failureMode()));
    tree.putNumber("timeout", common.timeout());
    putOwnFields(tree, step);
    tree.putList("signal_dependencies", common.signalDependencies(), DefinitionWriter::tree);
    tree.putList("signal_outputs", common.signalOutputs(), DefinitionWriter::tree);
    tree.putMap("params", common.params(), DefinitionWriter::tree);
    if (step instanceof Step.Typed typed && !typed.outputs().isEmpty()) {
      tree.put("outputs", typed.outputs());
    }
    if (!common.transition().equals(Transition.NONE)) {
      tree.put("transition", tree(common.transition()));
    }
    if (!step.inner().isEmpty()) {
      tree.putAll("steps", step.inner(), DefinitionWriter::tree);
    }
    var wrapped = new LinkedHashMap<String, Object>();
    wrapped.put(step.wrapper(), tree.fields);
    return wrapped;
  }

  private static void putOwnFields(Tree tree, Step step) {
    switch (step) {
      case Step.Typed typed -> {
        var policy = typed.retryPolicy();
        tree.put("retry_policy", policy == null ? null : tree(policy));
      }
      case Step.Subworkflow subworkflow -> {
        tree.put("sync", subworkflow.sync());
        tree.put("explicit_params", subworkflow.explicitParams());
      }
      case Step.Foreach foreach -> {
        tree.put("concurrency", foreach.concurrency());
        tree.put("strict_ordering", foreach.strictOrdering());
        var maxFailures = foreach.maxFailures();
        tree.put("max_failures", maxFailures == null ? null : maxFailures.written());
      }
      case Step.While loop -> tree.put("condition", loop.condition());
      case Step.Template _ -> {}
    }
  }

  /** A transition. */
  public static Map<String, Object> tree(Transition transition) {
    var tree = new Tree();
    if (!transition.predecessors().isEmpty()) {
      tree.put("predecessors", transition.predecessors());
    }
    tree.put("successors", transition.successors());
    return tree.fields;
  }

  /** A retry policy. */
  public static Map<String, Object> tree(RetryPolicy policy) {
    var tree = new Tree();
    tree.putNumber("error_retry_limit", policy.errorRetryLimit());
    tree.putNumber("platform_retry_limit", policy.platformRetryLimit());
    tree.putNumber("timeout_retry_limit", policy.timeoutRetryLimit());
    var backoff = policy.backoff();
    tree.put("backoff", backoff == null ? null : tree(backoff));
    return tree.fields;
  }

  private static Map<String, Object> tree(RetryPolicy.Backoff backoff) {
    var tree = new Tree();
    tree.put("type", backoff.type().name());
    tree.putNumber("error_retry_backoff_in_secs", backoff.errorRetryBackoffInSecs());
    tree.putNumber("error_retry_exponent", backoff.errorRetryExponent());
    tree.putNumber("error_retry_limit_in_secs", backoff.errorRetryLimitInSecs());
    tree.putNumber("platform_retry_backoff_in_secs", backoff.platformRetryBackoffInSecs());
    tree.putNumber("platform_retry_exponent", backoff.platformRetryExponent());
    tree.putNumber("platform_retry_limit_in_secs", backoff.platformRetryLimitInSecs());
    tree.putNumber("timeout_retry_backoff_in_secs", backoff.timeoutRetryBackoffInSecs());
    tree.putNumber("timeout_retry_exponent", backoff.timeoutRetryExponent());
    tree.putNumber("timeout_retry_limit_in_secs", backoff.timeoutRetryLimitInSecs());
    return tree.fields;
  }

  /** A time trigger. */
  public static Map<String, Object> tree(TimeTrigger trigger) {
    var tree = new Tree();
    tree.put("type", trigger.type().name());
    tree.put("cron", trigger.cron());
    tree.put("expression", trigger.expression());
    tree.putNumber("interval", trigger.interval());
    tree.put("start", trigger.start());
    tree.put("end", trigger.end());
    tree.put("catch_up", name(trigger.catchUp()));
    tree.put("timezone", trigger.timezone());
    tree.putNumber("fuzzy_max_delay", trigger.fuzzyMaxDelay());
    return tree.fields;
  }

  /** A signal trigger. */
  public static Map<String, Object> tree(SignalTrigger trigger) {
    var tree = new Tree();
    var definitions = new LinkedHashMap<String, Object>();
    trigger.definitions().forEach((name, entry) -> definitions.put(name, tree(entry)));
    tree.put("definitions", definitions);
    tree.putMap("params", trigger.params(), DefinitionWriter::tree);
    tree.put("condition", trigger.condition());
    tree.put("dedup_expr", trigger.dedupExpr());
    return tree.fields;
  }

  private static Map<String, Object> tree(SignalTrigger.Entry entry) {
    var tree = new Tree();
    tree.putMap(
        "match_params",
        entry.matchParams(),
        match -> {
          var fields = new Tree();
          fields.put("value", match.value());
          fields.put("operator", match.operator().symbol());
          return fields.fields;
        });
    if (!entry.joinKeys().isEmpty()) {
      tree.put("join_keys", entry.joinKeys());
    }
    return tree.fields;
  }

  /** A signal dependency. */
  public static Map<String, Object> tree(SignalDependency dependency) {
    var tree = new Tree();
    tree.put("name", dependency.name());
    tree.putMap(
        "match_params",
        dependency.matchParams(),
        match -> {
          var fields = new Tree();
          fields.put("param", tree(match.param()));
          fields.put("operator", match.operator().symbol());
          return fields.fields;
        });
    return tree.fields;
  }

  /** A signal output. */
  public static Map<String, Object> tree(SignalOutput output) {
    var tree = new Tree();
    tree.put("name", output.name());
    tree.putMap("params", output.params(), DefinitionWriter::tree);
    tree.put("payload", output.payload());
    return tree.fields;
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }

  /** An object in the making; what is absent is left out. */
  private static final class Tree {
    final Map<String, Object> fields = new LinkedHashMap<>();

    void put(String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value);
      }
    }

    /** Text that is a plain number is written as one, as people write it. */
    void putNumber(String name, @Nullable String text) {
      var number = text == null ? null : Scalars.wholeNumber(text);
      put(name, number != null && number.toString().equals(text) ? number : text);
    }

    <T> void putAll(String name, List<T> items, Function<T, Object> writer) {
      fields.put(name, items.stream().map(writer).toList());
    }

    <T> void putList(String name, List<T> items, Function<T, Object> writer) {
      if (!items.isEmpty()) {
        putAll(name, items, writer);
      }
    }

    <T> void putMap(String name, Map<String, T> entries, Function<T, Object> writer) {
      if (!entries.isEmpty()) {
        var map = new LinkedHashMap<String, Object>();
        entries.forEach((key, entry) -> map.put(key, writer.apply(entry)));
        fields.put(name, map);
      }
    }
  }
}
