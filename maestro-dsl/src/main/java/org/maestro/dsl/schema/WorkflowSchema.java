package org.maestro.dsl.schema;

import static org.maestro.dsl.schema.Shape.any;
import static org.maestro.dsl.schema.Shape.anyOf;
import static org.maestro.dsl.schema.Shape.flag;
import static org.maestro.dsl.schema.Shape.list;
import static org.maestro.dsl.schema.Shape.lowerWords;
import static org.maestro.dsl.schema.Shape.map;
import static org.maestro.dsl.schema.Shape.numberOrText;
import static org.maestro.dsl.schema.Shape.object;
import static org.maestro.dsl.schema.Shape.oneOrMore;
import static org.maestro.dsl.schema.Shape.ref;
import static org.maestro.dsl.schema.Shape.text;
import static org.maestro.dsl.schema.Shape.textOrNumber;
import static org.maestro.dsl.schema.Shape.whole;
import static org.maestro.dsl.schema.Shape.words;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maestro.dsl.yaml.CanonicalJson;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.TagNamespace;

/** JSON Schema (2020-12) of a push: of its JSON form and of its YAML form. */
public final class WorkflowSchema {
  private WorkflowSchema() {}

  /** The schema of the JSON form, as JSON text. */
  public static String json() {
    return schema(
        "json", "A workflow's definition in JSON: the body of a push", jsonRoot(), jsonParts());
  }

  /** The schema of the YAML form, as JSON text. */
  public static String yaml() {
    return schema("yaml", "A workflow's definition in YAML", yamlRoot(), yamlParts());
  }

  private static String schema(String form, String title, Shape root, Map<String, Shape> parts) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    tree.put("$id", "urn:maestro:schema:workflow-" + form);
    tree.put("title", title);
    tree.putAll(root.tree());
    var defs = new LinkedHashMap<String, Object>();
    parts.forEach((name, shape) -> defs.put(name, shape.tree()));
    tree.put("$defs", defs);
    return CanonicalJson.text(tree);
  }

  // What both forms have.

  private static Shape id(String what) {
    return text()
        .says("Names the %s: letters, digits, _ . and -, at most 128 characters.".formatted(what))
        .like("load-orders");
  }

  private static Shape name() {
    return text().says("A name for people, at most 256 characters.");
  }

  private static Shape receivers() {
    return object()
        .field(
            "emails",
            oneOrMore(text())
                .says("Addresses, which may hold ${param} of the run.")
                .like("ada@example.org"))
        .field("webhooks", oneOrMore(text()).says("Names of the operator's webhooks."))
        .field("slack", ref("alerting_slack"))
        .field("pagerduties", oneOrMore(text()).says("Names of the operator's webhooks, too."));
  }

  private static Shape description() {
    return text().says("What it is for. Shown in the user interface.");
  }

  private static Shape timeout() {
    return numberOrText()
        .says(
            "How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to"
                + " parameters of the workflow. At most 120 days.")
        .otherwise("10 days")
        .like("2h", 600, "${limit}min");
  }

  private static Shape tags() {
    return list(ref("tag")).says("Labels. A tag may be a permit that limits what runs at once.");
  }

  private static Shape criticality() {
    return words(List.of("CRITICAL", "HIGH", "MEDIUM", "LOW")).says("How important it is.");
  }

  private static Shape instanceStepConcurrency() {
    return whole(1, 999)
        .says(
            "How many leaf steps of one run may run at once, those of loops and subworkflows too.");
  }

  private static Shape stepConcurrency() {
    return whole(1, 1_000)
        .says("How many steps of all instances together may run at once.")
        .otherwise(20);
  }

  private static Shape stepType() {
    return words(
            Arrays.stream(StepType.values()).filter(StepType::isLeaf).map(StepType::label).toList())
        .says("What runs.");
  }

  private static Shape condition() {
    return anyOf(text(), flag())
        .says("A SEL expression; the loop goes on while it is true. Asked before every iteration.")
        .like("attempt < 10 && !done");
  }

  private static Map<String, Shape> commonParts() {
    var parts = new LinkedHashMap<String, Shape>();
    parts.put(
        "tag",
        anyOf(
            text(),
            object()
                .field("name", text())
                .field("namespace", words(TagNamespace.class))
                .required("name")));
    parts.put(
        "owner",
        anyOf(text(), object().field("name", text()).required("name"))
            .says("Who owns the workflow. Needed at its first push.")
            .like("data-platform"));
    parts.put(
        "run_strategy",
        anyOf(
                words(RunStrategy.Rule.class),
                whole(1, 1_000),
                object()
                    .field("rule", words(RunStrategy.Rule.class))
                    .field("workflow_concurrency", whole(1, 1_000))
                    .required("rule")
                    .strict())
            .says(
                "Which instances may run at the same time: one after the other (sequential), at most"
                    + " so many (parallel, or the number alone), the first or the last only.")
            .otherwise("SEQUENTIAL"));
    parts.put(
        "properties",
        object()
            .field("owner", ref("owner"))
            .field(
                "access_control",
                object()
                    .field("start", list(text()).says("Who else may start it; * is everybody."))
                    .field(
                        "announce",
                        list(text())
                            .says("Whose signals it takes besides its owner's; else everybody's."))
                    .says("Who but the owner and administrators may do what."))
            .field("run_strategy", ref("run_strategy"))
            .field("step_concurrency", stepConcurrency())
            .field("alerting", ref("alerting"))
            .field("alerting_disabled", flag())
            .field("signal_trigger_disabled", flag())
            .field("time_trigger_disabled", flag())
            .field("description", description())
            .field("tags", tags())
            .strict()
            .says("What belongs to the workflow over all its versions."));
    parts.put(
        "alerting",
        receivers()
            .field("tct", ref("alerting_tct"))
            .field(
                "type_configs",
                map(ref("alerting_type"))
                    .says(
                        "Receivers and settings of single events: STEP_FAILURE, RUN_SUCCESS,"
                            + " TCT_VIOLATION."))
            .says("Whom to tell how runs end."));
    parts.put(
        "alerting_tct",
        object()
            .field(
                "duration_minutes",
                numberOrText().says("So many minutes after the run was accepted."))
            .field("completed_by_hour", numberOrText().says("The next time it is so many o'clock."))
            .field("completed_by_ts", numberOrText().says("At this time, in epoch milliseconds."))
            .field("tz", text().says("The zone of that hour; else UTC."))
            .says("By when a run is to be complete; exactly one of the first three."));
    parts.put(
        "alerting_type",
        receivers()
            .field("disabled", flag().says("Nobody is told."))
            .field(
                "actions",
                list(text().says("email, slack or page.")).says("The ways to tell; else all."))
            .says("What holds for one event instead of what holds for all."));
    parts.put(
        "alerting_slack",
        object()
            .field(
                "channels",
                oneOrMore(text())
                    .says("Names of the operator's Slack channels, with # or without."))
            .says("Slack channels that are told."));
    parts.put(
        "git_info",
        object()
            .field("origin", text())
            .field("branch", text())
            .field("sha", text())
            .field("path", text())
            .field("author", text())
            .field("timestamp", textOrNumber())
            .field("uncommitted_changes", flag())
            .strict()
            .says("Where the definition lives."));
    parts.put(
        "json_param",
        object()
            .field("type", words(ParamType.class).says("The type of the value or result."))
            .field("value", any().says("A literal. ${name} in text is replaced."))
            .field("expression", text().says("A SEL expression, instead of a value."))
            .field("mode", words(ParamMode.class).says("Who may still change it."))
            .field("validator", text().says("A SEL condition over param.").like("param > 0"))
            .field("tags", tags())
            .required("type"));
    parts.put(
        "json_time_trigger",
        object()
            .field("type", words(TimeTrigger.Type.class))
            .field("cron", cron())
            .field("expression", predefined())
            .field("interval", interval())
            .field("start", start())
            .field("end", end())
            .field("catch_up", catchUp())
            .field("timezone", timezone())
            .field("fuzzy_max_delay", fuzzyMaxDelay())
            .required("type")
            .strict());
    parts.put(
        "json_signal_trigger",
        object()
            .field("definitions", map(anyOf(ref("json_signal_match"), any())))
            .field("params", map(ref("json_param")))
            .field("condition", text().says("A SEL condition over the signals' parameters."))
            .field("dedup_expr", text().says("A SEL expression; equal results start once."))
            .required("definitions")
            .strict());
    parts.put(
        "json_signal_match",
        object()
            .field(
                "match_params",
                map(
                    object()
                        .field("value", any())
                        .field("operator", operator())
                        .required("value")
                        .strict()))
            .field("join_keys", list(text()).says("Parameters that all signals must share."))
            .strict());
    parts.put(
        "json_signal_dependency",
        object()
            .field("name", text())
            .field(
                "match_params",
                map(
                    object()
                        .field("param", ref("json_param"))
                        .field("operator", operator())
                        .required("param")
                        .strict()))
            .required("name")
            .strict());
    parts.put(
        "json_signal_output",
        object()
            .field("name", text())
            .field("params", map(ref("json_param")))
            .field("payload", any().says("Anything, for whoever reads the signal."))
            .required("name")
            .strict());
    parts.put("json_retry_policy", retryPolicy().strict());
    parts.put("backoff", backoff());
    parts.put(
        "json_transition",
        object()
            .field("predecessors", list(text()).says("Only checked."))
            .field(
                "successors",
                map(anyOf(text(), flag())).says("A condition in SEL for each step that follows."))
            .strict());
    return parts;
  }

  private static Shape retryPolicy() {
    return object()
        .field("error_retry_limit", numberOrText().says("Retries after errors of the job."))
        .field("platform_retry_limit", numberOrText().says("Retries after errors of the platform."))
        .field("timeout_retry_limit", numberOrText().says("Retries after time-outs."))
        .field("backoff", ref("backoff"));
  }

  private static Shape backoff() {
    var backoff = object().field("type", words(RetryPolicy.BackoffType.class));
    for (var kind : List.of("error", "platform", "timeout")) {
      backoff
          .field(kind + "_retry_backoff_in_secs", numberOrText())
          .field(kind + "_retry_exponent", numberOrText())
          .field(kind + "_retry_limit_in_secs", numberOrText());
    }
    return backoff.required("type").strict().says("Seconds between tries.");
  }

  private static Shape operator() {
    return words(List.of("=", ">", ">=", "<", "<=")).otherwise("=");
  }

  private static Shape cron() {
    return text()
        .says("A cron of 5 fields (Unix), or of 6 or 7 (Quartz, seconds first).")
        .like("0 6 * * *");
  }

  private static Shape predefined() {
    return words(List.of("@hourly", "@daily", "@weekly", "@monthly", "@yearly"));
  }

  private static Shape interval() {
    return numberOrText()
        .says("How far apart: seconds or a duration, at least 2 minutes.")
        .like("6h");
  }

  private static Shape start() {
    return textOrNumber()
        .says("Nothing starts before it; an interval counts from it.")
        .like("2026-01-31");
  }

  private static Shape end() {
    return textOrNumber().says("Nothing starts at or after it.").like("2026-12-31");
  }

  private static Shape catchUp() {
    return words(TimeTrigger.CatchUp.class)
        .says("What becomes of ticks that were missed.")
        .otherwise("ALL");
  }

  private static Shape timezone() {
    return text().says("An IANA time zone.").otherwise("UTC").like("Europe/Berlin");
  }

  private static Shape fuzzyMaxDelay() {
    return numberOrText()
        .says("Every workflow fires at its own fixed delay below this.")
        .like("5min");
  }

  // The JSON form.

  private static Shape jsonRoot() {
    return object()
        .field("properties", ref("properties"))
        .field("workflow", ref("workflow"))
        .field("is_active", isActive())
        .field("git_info", ref("git_info"))
        .required("workflow");
  }

  private static Shape handler(HandlerKind kind, String step) {
    var when =
        switch (kind) {
          case ON_FAILURE -> "failed, was killed or timed out";
          case ON_SUCCESS -> "succeeded";
          case ON_END -> "ended, however it did";
        };
    return list(ref(step))
        .says(
            "What runs after a run has "
                + when
                + "; its steps read the outcome as ${run_status}, ${failed_step}, ${failed_error}"
                + " and so on, and don't change it.");
  }

  private static Shape isActive() {
    return flag().says("Whether the new version becomes the active one.").otherwise(true);
  }

  private static Map<String, Shape> jsonParts() {
    var parts = commonParts();
    parts.put(
        "workflow",
        object()
            .field("id", id("workflow"))
            .field("name", name())
            .field("description", description())
            .field("tags", tags())
            .field("timeout", timeout())
            .field("criticality", criticality())
            .field("instance_step_concurrency", instanceStepConcurrency())
            .field("time_triggers", list(ref("json_time_trigger")))
            .field("signal_triggers", list(ref("json_signal_trigger")))
            .field("params", map(ref("json_param")))
            .field("steps", list(ref("json_step")))
            .field("on_failure", handler(HandlerKind.ON_FAILURE, "json_step"))
            .field("on_success", handler(HandlerKind.ON_SUCCESS, "json_step"))
            .field("on_end", handler(HandlerKind.ON_END, "json_step"))
            .required("id", "steps")
            .strict());
    parts.put(
        "json_step",
        anyOf(
            wrapper(
                "step",
                jsonStep()
                    .field("type", stepType())
                    .field("sub_type", subType())
                    .field("sub_type_version", subTypeVersion())
                    .field("retry_policy", ref("json_retry_policy"))
                    .field(
                        "outputs",
                        list(text())
                            .says(
                                "Names of parameters that the job has to report; it fails if it"
                                    + " ends well without."))
                    .required("id", "type")),
            wrapper(
                "subworkflow",
                jsonStep()
                    .field("sync", sync())
                    .field("explicit_params", explicitParams())
                    .required("id")),
            wrapper(
                "foreach",
                jsonStep()
                    .field("concurrency", foreachConcurrency())
                    .field("strict_ordering", strictOrdering())
                    .field("max_failures", maxFailures())
                    .field("steps", list(ref("json_step")))
                    .required("id", "steps")),
            wrapper(
                "while",
                jsonStep()
                    .field("condition", condition())
                    .field("steps", list(ref("json_step")))
                    .required("id", "condition", "steps")),
            wrapper(
                "template",
                jsonStep()
                    .field("sub_type", subType())
                    .field("sub_type_version", subTypeVersion())
                    .required("id", "sub_type"))));
    return parts;
  }

  private static Shape wrapper(String name, Shape content) {
    return object().field(name, content.strict()).required(name).strict();
  }

  private static Shape jsonStep() {
    return object()
        .field("id", id("step"))
        .field("name", name())
        .field("description", description())
        .field("tags", tags())
        .field("failure_mode", failureMode(words(FailureMode.class)))
        .field("timeout", timeout())
        .field("signal_dependencies", list(ref("json_signal_dependency")))
        .field("signal_outputs", list(ref("json_signal_output")))
        .field("params", map(ref("json_param")))
        .field("transition", ref("json_transition"));
  }

  private static Shape failureMode(Shape words) {
    return words
        .says(
            "What its final failure does to the run: stop it, end it once all else has ended, or nothing.")
        .otherwise("FAIL_AFTER_RUNNING");
  }

  private static Shape subType() {
    return text().says("The name of a job template.");
  }

  private static Shape subTypeVersion() {
    return textOrNumber().says("The version of the job template.").otherwise("default");
  }

  private static Shape sync() {
    return flag().says("Whether the step waits for the instance that it starts.").otherwise(true);
  }

  private static Shape explicitParams() {
    return flag()
        .says("Whether only the step's own parameters are handed on, not all of the workflow's.")
        .otherwise(false);
  }

  private static Shape foreachConcurrency() {
    return whole(1, 500).says("How many iterations may run at once.").otherwise(100);
  }

  private static Shape strictOrdering() {
    return flag()
        .says("Whether running iterations may be at most concurrency apart.")
        .otherwise(false);
  }

  private static Shape maxFailures() {
    return numberOrText()
        .says(
            "How many iterations may fail before no more begin: all, a number, or a percentage of"
                + " the iterations. The step fails once the rest has run.")
        .otherwise(0)
        .like("all", 20, "10%");
  }

  // The YAML form.

  private static Shape yamlRoot() {
    return object()
        .field("workflow", ref("workflow"))
        .field("Workflow", ref("workflow"))
        .field("properties", ref("properties"))
        .field("is_active", isActive())
        .field("git_info", ref("git_info"));
  }

  private static Map<String, Shape> yamlParts() {
    var parts = commonParts();
    parts.put(
        "param",
        anyOf(ref("json_param"), any())
            .says(
                "A parameter. Keys may be name, '!name' for a SEL expression, 'name<long>' to give a"
                    + " type, 'name(constant)' to give a mode, or all of it."));
    parts.put("params", map(ref("param")).says("Parameters by name, evaluated in this order."));
    parts.put(
        "workflow",
        object()
            .field("id", id("workflow"))
            .field("name", name())
            .field("description", description())
            .field("owner", ref("owner"))
            .field("run_strategy", anyOf(lowerWords(RunStrategy.Rule.class), ref("run_strategy")))
            .field(
                "workflow_concurrency",
                whole(1, 1_000)
                    .says("How many instances may run at once; makes the strategy parallel."))
            .field("step_concurrency", stepConcurrency())
            .field("instance_step_concurrency", instanceStepConcurrency())
            .field("tags", tags())
            .field("timeout", timeout())
            .field("criticality", criticality())
            .field("triggers", oneOrMore(ref("trigger")).says("What starts instances."))
            .field(
                "time_triggers", list(ref("json_time_trigger")).says("As in JSON; see triggers."))
            .field(
                "signal_triggers",
                list(ref("json_signal_trigger")).says("As in JSON; see triggers."))
            .field("params", ref("params"))
            .field("dag", ref("dag"))
            .field("jobs", list(ref("job")).says("What is to be done."))
            .field("steps", list(any()).says("The JSON form of jobs."))
            .field("on_failure", handler(HandlerKind.ON_FAILURE, "job"))
            .field("on_success", handler(HandlerKind.ON_SUCCESS, "job"))
            .field("on_end", handler(HandlerKind.ON_END, "job"))
            .others(ref("param"))
            .required("id"));
    parts.put(
        "dag",
        anyOf(words(List.of("sequential", "parallel")), map(ref("transition")))
            .says(
                "The edges between the jobs of this level: one after the other, none at all, or"
                    + " transitions by job. A job's own transition wins."));
    parts.put(
        "transition",
        anyOf(oneOrMore(text()), ref("json_transition"))
            .says("What follows: job, IF condition THEN job, OTHERWISE job.")
            .like(List.of("IF x > 5 THEN big", "OTHERWISE small")));
    parts.put("trigger", trigger());
    parts.put(
        "match", map(any()).says("Parameters of the signal and their values, or {'>=': value}."));
    parts.put(
        "job",
        anyOf(
            shortJob(),
            yamlWrapper("job", yamlStep()),
            yamlWrapper("subworkflow", yamlSubworkflow()),
            yamlWrapper("foreach", yamlForeach()),
            yamlWrapper("while", yamlWhile()),
            yamlWrapper("template", yamlTemplate())));
    return parts;
  }

  /** A job without a wrapper may have the fields of any kind of job. */
  private static Shape shortJob() {
    return object()
        .field(
            "type",
            anyOf(
                stepType(), words(List.of("subworkflow", "foreach", "while", "template")), text()))
        .fieldsOf(yamlStep())
        .fieldsOf(yamlSubworkflow())
        .fieldsOf(yamlForeach())
        .fieldsOf(yamlWhile())
        .fieldsOf(yamlTemplate())
        .required("id");
  }

  private static Shape yamlWrapper(String name, Shape content) {
    return object()
        .field(name, content.others(ref("param")).required("id"))
        .required(name)
        .strict();
  }

  private static Shape yamlJob() {
    return object()
        .field("id", id("job"))
        .field("name", name())
        .field("description", description())
        .field("tags", tags())
        .field("failure_mode", failureMode(lowerWords(FailureMode.class)))
        .field("timeout", timeout())
        .field("transition", ref("transition"))
        .field(
            "needs",
            oneOrMore(text()).says("Jobs that have to end before.").like(List.of("extract")))
        .field(
            "wait_for",
            oneOrMore(
                    anyOf(
                        text(),
                        object()
                            .field("signal", text())
                            .field("name", text())
                            .field("match", ref("match"))
                            .field("match_params", object())
                            .strict()))
                .says("Signals that have to be there before it starts.")
                .like(List.of("db/orders")))
        .field(
            "signals",
            oneOrMore(
                    anyOf(
                        text(),
                        object()
                            .field("signal", text())
                            .field("name", text())
                            .field("params", ref("params"))
                            .field("payload", any())
                            .strict()))
                .says("Signals that it announces when it has succeeded."))
        .field(
            "signal_dependencies",
            list(ref("json_signal_dependency")).says("As in JSON; see wait_for."))
        .field("signal_outputs", list(ref("json_signal_output")).says("As in JSON; see signals."))
        .field("params", ref("params"));
  }

  private static Shape outputs() {
    return anyOf(oneOrMore(text()), ref("params"))
        .says("Parameters that the job itself sets: names with types, or first values by name.")
        .like(List.of("rows<long>"));
  }

  private static Shape yamlStep() {
    return yamlJob()
        .field("type", anyOf(stepType(), text().says("The name of a job template.")))
        .field("type_version", subTypeVersion())
        .field("sub_type", subType())
        .field("sub_type_version", subTypeVersion())
        .field("retry", retry())
        .field("retry_policy", ref("json_retry_policy"))
        .field("outputs", outputs());
  }

  private static Shape retry() {
    return anyOf(
            numberOrText(),
            retryPolicy()
                .field("errors", numberOrText().says("Retries after errors of the job."))
                .field("platform", numberOrText().says("Retries after errors of the platform."))
                .field("timeouts", numberOrText().says("Retries after time-outs."))
                .field(
                    "delay", numberOrText().says("Before the first retry: seconds or a duration."))
                .field("exponent", numberOrText().says("By what each delay grows."))
                .field("max_delay", numberOrText().says("The longest delay."))
                .field("backoff", anyOf(words(List.of("exponential", "fixed")), ref("backoff")))
                .strict())
        .says("How often it is tried again.")
        .like(3);
  }

  private static Shape yamlSubworkflow() {
    return yamlJob()
        .field("workflow_id", text().says("The workflow to start; the job's own id if not given."))
        .field(
            "subworkflow_id", text().says("The workflow to start; the job's own id if not given."))
        .field("version", textOrNumber().says("Its version: active, latest, default or a number."))
        .field("subworkflow_version", textOrNumber().says("Its version."))
        .field("workflow_version", textOrNumber().says("Its version."))
        .field("sync", sync())
        .field("explicit_params", explicitParams());
  }

  private static Shape yamlForeach() {
    return yamlJob()
        .field("concurrency", foreachConcurrency())
        .field("job_concurrency", foreachConcurrency())
        .field("strict_ordering", strictOrdering())
        .field("max_failures", maxFailures())
        .field("loop_params", ref("params"))
        .field(
            "ranges",
            map(object()
                    .field("from", textOrNumber().otherwise(0))
                    .field("to", textOrNumber().says("Not included."))
                    .field("increment", textOrNumber().otherwise(1))
                    .required("to")
                    .strict())
                .says("Loop parameters that are ranges of numbers.")
                .like(Map.of("hour", Map.of("from", 0, "to", 24))))
        .field("dag", ref("dag"))
        .field("jobs", list(ref("job")));
  }

  private static Shape yamlWhile() {
    return yamlJob()
        .field("condition", condition())
        .field("loop_params", ref("params"))
        .field("dag", ref("dag"))
        .field("jobs", list(ref("job")));
  }

  private static Shape yamlTemplate() {
    return yamlJob()
        .field("type", text())
        .field("type_version", subTypeVersion())
        .field("sub_type", subType())
        .field("sub_type_version", subTypeVersion())
        .field("outputs", outputs());
  }

  private static Shape trigger() {
    var entry =
        object()
            .field("match", ref("match"))
            .field("match_params", object())
            .field("join_keys", list(text()));
    return object()
        .field("cron", anyOf(cron(), predefined()).says("A cron, or @daily and the like."))
        .field("interval", interval())
        .field("every", interval())
        .field("type", words(TimeTrigger.Type.class))
        .field("expression", predefined())
        .field("start", start())
        .field("end", end())
        .field("catch_up", anyOf(lowerWords(TimeTrigger.CatchUp.class), catchUp()))
        .field("timezone", timezone())
        .field("fuzzy_max_delay", fuzzyMaxDelay())
        .field("signal", text().says("The signal that starts an instance.").like("db/orders"))
        .field(
            "signals",
            anyOf(list(text()), map(anyOf(entry.strict(), any())))
                .says("The signals that together start an instance."))
        .field("definitions", object())
        .field("match", ref("match"))
        .field("match_params", object())
        .field("join_keys", list(text()).says("Parameters that all signals must share."))
        .field("params", ref("params"))
        .field("condition", text().says("A SEL condition over the signals' parameters."))
        .field("dedup_expr", text().says("A SEL expression; equal results start once."))
        .strict();
  }
}
