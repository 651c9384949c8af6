package org.maestro.dsl;

import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Workflow;
import org.maestro.model.document.Limit;

/** One version's content. */
final class WorkflowReader {
  @Limit("instance_step_concurrency")
  private static final long MOST_LEAF_STEPS = 999;

  private final ParamForm form;

  /** How it is read: {@code WRITTEN} checks everything, {@code STORED} only shapes. */
  WorkflowReader(ParamForm form) {
    this.form = form;
  }

  Workflow workflow(@Nullable Object tree, Place place) {
    var checked = form.isChecked();
    var expressions = new Expressions(checked);
    var params = new ParamReader(form, expressions);
    var signals = new SignalReader(params, expressions, checked);
    var rules = new StepRules();
    var fields = Fields.of(tree, place, "a workflow");
    var id = fields.requiredText("id", checked ? Names.LONGEST_ID : Integer.MAX_VALUE);
    if (checked && !id.isBlank()) {
      Names.checkWorkflowId(id, fields.at("id"));
    }
    var steps = new StepReader(params, signals, expressions, rules, checked);
    var workflow =
        new Workflow(
            id,
            fields.words("name", Names.LONGEST_NAME),
            fields.words("description", Names.LONGEST_DESCRIPTION),
            TagReader.tags(fields, "tags"),
            Numbers.timeout(fields, "timeout", checked),
            new TimeTriggerReader(checked).triggers(fields),
            signals.triggers(fields),
            criticality(fields),
            fields.wholeNumber("instance_step_concurrency", 1, MOST_LEAF_STEPS),
            params.params(fields, "params"),
            steps.steps(fields, "the workflow"),
            steps.handlers(fields));
    fields.refuseUnknown();
    if (checked) {
      rules.check(fields.at("steps"));
      SecretRules.check(workflow.params(), fields.at("params"), null);
    }
    return workflow;
  }

  private enum Criticality {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
  }

  private static @Nullable String criticality(Fields fields) {
    var criticality = fields.choice("criticality", Criticality.class);
    return criticality == null ? null : criticality.name();
  }
}
