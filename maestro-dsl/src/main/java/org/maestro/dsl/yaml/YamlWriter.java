package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.SignalDependency;
import org.maestro.model.definition.SignalOutput;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.Transition;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

/**
 * Writes definitions as YAML. What is written reads back as the same definition, down to the order
 * of parameters; where the YAML form has no words for something, JSON's are used in YAML's syntax.
 */
public final class YamlWriter {
  /** Whether levels say that nothing but what is written is an edge. */
  private final boolean isExplicit;

  private YamlWriter(boolean isExplicit) {
    this.isExplicit = isExplicit;
  }

  /** The YAML text of a push. */
  public static String text(PushRequest push) {
    var wanted = CanonicalJson.text(push);
    for (var isExplicit : new boolean[] {false, true}) {
      var text = YamlEmitter.text(new YamlWriter(isExplicit).push(push));
      var read = Definitions.read(text, "written.yaml");
      if (read.isGood() && read.json().equals(wanted)) {
        return text;
      }
    }
    return YamlEmitter.text(CanonicalJson.tree(push));
  }

  private Map<String, Object> push(PushRequest push) {
    var tree = new LinkedHashMap<String, Object>();
    var properties = push.properties();
    tree.put("workflow", workflow(push.workflow(), properties));
    if (properties != null) {
      var others = DefinitionWriter.tree(properties);
      var hasAny = !others.isEmpty();
      others.keySet().removeAll(YamlFields.PROPERTIES);
      if (!hasAny || !others.isEmpty()) {
        tree.put("properties", others);
      }
    }
    if (!push.active()) {
      tree.put("is_active", false);
    }
    var gitInfo = push.gitInfo();
    if (gitInfo != null) {
      tree.put("git_info", gitInfo);
    }
    push.extraInfo().forEach(tree::putIfAbsent);
    return tree;
  }

  private Map<String, Object> workflow(Workflow workflow, @Nullable Properties properties) {
    var tree = new LinkedHashMap<String, Object>();
    var json = DefinitionWriter.tree(workflow);
    copy(json, tree, "id", "name", "description");
    if (properties != null) {
      var all = DefinitionWriter.tree(properties);
      copy(all, tree, "owner");
      var strategy = properties.runStrategy();
      if (strategy != null) {
        tree.put("run_strategy", strategy.rule().name().toLowerCase(Locale.ROOT));
        put(tree, "workflow_concurrency", strategy.workflowConcurrency());
      }
      copy(all, tree, "step_concurrency");
    }
    copy(json, tree, "instance_step_concurrency", "timeout");
    if (workflow.criticality() != null) {
      tree.put("criticality", workflow.criticality().toLowerCase(Locale.ROOT));
    }
    putTags(tree, workflow.tags());
    var triggers = new ArrayList<Object>();
    workflow.timeTriggers().forEach(trigger -> triggers.add(trigger(trigger)));
    workflow.signalTriggers().forEach(trigger -> triggers.add(trigger(trigger)));
    putList(tree, "triggers", triggers);
    putParams(tree, "params", workflow.params());
    putJobs(tree, workflow.steps());
    workflow
        .handlers()
        .forEach((kind, steps) -> tree.put(kind.field(), steps.stream().map(this::job).toList()));
    return tree;
  }

  private static void copy(Map<String, Object> from, Map<String, Object> to, String... names) {
    for (var name : names) {
      put(to, name, from.get(name));
    }
  }

  private static void put(Map<String, Object> tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value);
    }
  }

  private static void putList(Map<String, Object> tree, String name, List<?> items) {
    if (!items.isEmpty()) {
      tree.put(name, items);
    }
  }

  private static void putTags(Map<String, Object> tree, List<Tag> tags) {
    putList(
        tree,
        "tags",
        tags.stream()
            .<Object>map(
                tag -> tag.equals(Tag.of(tag.name())) ? tag.name() : DefinitionWriter.tree(tag))
            .toList());
  }

  private static Object trigger(TimeTrigger trigger) {
    var json = DefinitionWriter.tree(trigger);
    var tree = new LinkedHashMap<String, Object>();
    put(tree, "cron", json.get("cron"));
    put(tree, "cron", json.get("expression"));
    copy(json, tree, "interval", "timezone", "start", "end");
    if (trigger.catchUp() != null) {
      tree.put("catch_up", trigger.catchUp().name().toLowerCase(Locale.ROOT));
    }
    copy(json, tree, "fuzzy_max_delay");
    return tree;
  }

  private static Object trigger(SignalTrigger trigger) {
    var tree = new LinkedHashMap<String, Object>();
    if (trigger.definitions().size() == 1) {
      trigger
          .definitions()
          .forEach((name, entry) -> {
            tree.put("signal", name);
            tree.putAll(entry(entry));
          });
    } else {
      var signals = new LinkedHashMap<String, Object>();
      trigger.definitions().forEach((name, entry) -> signals.put(name, entry(entry)));
      tree.put("signals", signals);
    }
    putParams(tree, "params", trigger.params());
    put(tree, "condition", trigger.condition());
    put(tree, "dedup_expr", trigger.dedupExpr());
    return tree;
  }

  private static Map<String, Object> entry(SignalTrigger.Entry entry) {
    var tree = new LinkedHashMap<String, Object>();
    var matches = new LinkedHashMap<String, Object>();
    entry
        .matchParams()
        .forEach(
            (name, match) -> matches.put(name, compared(match.operator().symbol(), match.value())));
    if (!matches.isEmpty()) {
      tree.put("match", matches);
    }
    putList(tree, "join_keys", entry.joinKeys());
    return tree;
  }

  private static Object compared(String operator, Object operand) {
    return operator.equals("=") ? operand : Map.of(operator, operand);
  }

  private void putJobs(Map<String, Object> tree, List<Step> steps) {
    if (isExplicit) {
      tree.put("dag", "parallel");
    }
    tree.put("jobs", steps.stream().map(this::job).toList());
  }

  private Object job(Step step) {
    var job = new LinkedHashMap<String, Object>();
    var json = inside(DefinitionWriter.tree(step));
    var common = step.common();
    copy(json, job, "id", "type", "sub_type", "sub_type_version", "name", "description");
    putTags(job, common.tags());
    if (common.failureMode() != null) {
      job.put("failure_mode", common.failureMode().name().toLowerCase(Locale.ROOT));
    }
    copy(json, job, "timeout");
    putList(job, "wait_for", common.signalDependencies().stream().map(YamlWriter::wait).toList());
    var params = new LinkedHashMap<>(common.params());
    switch (step) {
      case Step.Typed typed -> putRetry(job, typed.retryPolicy());
      case Step.Subworkflow subworkflow -> {
        if (takeText(params, "subworkflow_id", job, "subworkflow_id")) {
          takeText(params, "subworkflow_version", job, "version");
        }
        putUnless(job, "sync", subworkflow.sync(), true);
        putUnless(job, "explicit_params", subworkflow.explicitParams(), false);
      }
      case Step.Foreach foreach -> {
        put(job, "concurrency", foreach.concurrency());
        putUnless(job, "strict_ordering", foreach.strictOrdering(), false);
        var maxFailures = foreach.maxFailures();
        put(job, "max_failures", maxFailures == null ? null : maxFailures.written());
        takeLoop(params, job, true);
      }
      case Step.While loop -> {
        job.put("condition", loop.condition());
        takeLoop(params, job, false);
      }
      case Step.Template _ -> {}
    }
    var outputs = takeOutputs(step, params);
    putParams(job, "params", params);
    putList(job, "outputs", outputs);
    putList(job, "signals", common.signalOutputs().stream().map(YamlWriter::signal).toList());
    putTransition(job, common.transition());
    if (!step.inner().isEmpty()) {
      putJobs(job, step.inner());
    }
    return step.stepType().isLeaf() && StepType.of(String.valueOf(job.get("type"))).isPresent()
        ? job
        : Map.of(step.wrapper(), job);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> inside(Map<String, Object> wrapped) {
    return (Map<String, Object>) wrapped.values().iterator().next();
  }

  private static void putUnless(
      Map<String, Object> tree, String name, boolean value, boolean otherwise) {
    if (value != otherwise) {
      tree.put(name, value);
    }
  }

  /** Makes a field of the first parameter, if it is the one that the field stands for. */
  private static boolean takeText(
      Map<String, Param> params, String name, Map<String, Object> job, String field) {
    var first = params.isEmpty() ? null : params.entrySet().iterator().next();
    if (first == null
        || !first.getKey().equals(name)
        || !(first.getValue().value() instanceof String text)
        || !first.getValue().equals(Param.literal(ParamType.STRING, text))) {
      return false;
    }
    job.put(field, text);
    params.remove(name);
    return true;
  }

  private static void takeLoop(
      Map<String, Param> params, Map<String, Object> job, boolean isForeach) {
    var first = params.isEmpty() ? null : params.entrySet().iterator().next();
    if (first != null
        && first.getKey().equals("loop_params")
        && first.getValue().equals(Param.literal(ParamType.MAP, first.getValue().nested()))) {
      var loop = new LinkedHashMap<String, Object>();
      first.getValue().nested().forEach((name, param) -> putParam(loop, name, param, isForeach));
      job.put("loop_params", loop);
      params.remove("loop_params");
    }
  }

  /** What a job has to report, as names with types; what they are else is seen to be the same. */
  private static List<String> takeOutputs(Step step, Map<String, Param> params) {
    var names = new ArrayList<String>();
    if (step instanceof Step.Typed typed) {
      for (var name : typed.outputs()) {
        var param = params.remove(name);
        if (param != null) {
          names.add(name + "<" + ParamKey.typeName(param.type()) + ">");
        }
      }
    }
    return names;
  }

  private static void putRetry(Map<String, Object> job, @Nullable RetryPolicy policy) {
    if (policy == null) {
      return;
    }
    var json = DefinitionWriter.tree(policy);
    var limit = json.get("error_retry_limit");
    job.put("retry", json.size() == 1 && limit != null ? limit : json);
  }

  private static Object wait(SignalDependency dependency) {
    if (dependency.matchParams().isEmpty()) {
      return dependency.name();
    }
    var tree = new LinkedHashMap<String, Object>();
    tree.put("signal", dependency.name());
    var matches = new LinkedHashMap<String, Object>();
    dependency
        .matchParams()
        .forEach((name, match) -> {
          var param = new LinkedHashMap<String, Object>();
          putParam(param, name, match.param(), false);
          param.forEach(
              (key, value) -> matches.put(key, compared(match.operator().symbol(), value)));
        });
    tree.put("match", matches);
    return tree;
  }

  private static Object signal(SignalOutput output) {
    var payload = output.payload();
    if (output.params().isEmpty() && payload == null) {
      return output.name();
    }
    var tree = new LinkedHashMap<String, Object>();
    tree.put("signal", output.name());
    putParams(tree, "params", output.params());
    put(tree, "payload", payload);
    return tree;
  }

  private static void putTransition(Map<String, Object> job, Transition transition) {
    if (!transition.predecessors().isEmpty()) {
      job.put("transition", DefinitionWriter.tree(transition));
      return;
    }
    var items = new ArrayList<String>();
    transition
        .successors()
        .forEach((id, condition) ->
            items.add(condition.equals("true") ? id : "IF " + condition + " THEN " + id));
    putList(job, "transition", items);
  }

  private static void putParams(Map<String, Object> tree, String name, Map<String, Param> params) {
    if (!params.isEmpty()) {
      var block = new LinkedHashMap<String, Object>();
      params.forEach((key, param) -> putParam(block, key, param, false));
      tree.put(name, block);
    }
  }

  private static void putParam(
      Map<String, Object> block, String name, Param param, boolean isForeach) {
    if (param.validator() != null || !param.tags().isEmpty()) {
      block.put(name, DefinitionWriter.tree(param));
      return;
    }
    var mode = param.mode() == null ? "" : "(" + param.mode().name().toLowerCase(Locale.ROOT) + ")";
    var type = "<" + ParamKey.typeName(param.type()) + ">";
    var expression = param.expression();
    if (expression != null) {
      var isNeeded = isForeach || Types.ofExpression(expression) != param.type();
      block.put("!" + name + (isNeeded ? type : "") + mode, expression);
      return;
    }
    var value = value(param);
    var isNeeded = typeOf(name, value) != param.type();
    block.put(name + (isNeeded ? type : "") + mode, value);
  }

  private static Object value(Param param) {
    if (param.type() != ParamType.MAP) {
      return param.value() == null ? "" : param.value();
    }
    var nested = new LinkedHashMap<String, Object>();
    param.nested().forEach((name, inner) -> putParam(nested, name, inner, false));
    return nested;
  }

  /** The type that a reader would take a literal for; null if it would take it for no literal. */
  private static @Nullable ParamType typeOf(String name, Object value) {
    var node = Node.of(value);
    return Types.isLongForm(node) ? null : ParamTranslator.inferred(name, node);
  }
}
