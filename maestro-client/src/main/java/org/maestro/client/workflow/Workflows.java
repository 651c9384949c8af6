package org.maestro.client.workflow;

import org.maestro.model.definition.StepType;
import org.maestro.model.param.ParamType;

/** Where building starts; meant for static import. */
public final class Workflows {
  private Workflows() {}

  /** A workflow without anything in it yet. */
  public static WorkflowBuilder workflow(String id) {
    return new WorkflowBuilder(id);
  }

  /** A job of a step type. */
  public static StepBuilder job(String id, StepType type) {
    return new StepBuilder(id, type.label());
  }

  /** A job of a step type or, if there is none of that name, of a job template. */
  public static StepBuilder job(String id, String type) {
    return new StepBuilder(id, type);
  }

  /** A job that starts the workflow of the same id, or another one. */
  public static SubworkflowBuilder subworkflow(String id) {
    return new SubworkflowBuilder(id);
  }

  /** A loop over the combinations of its loop parameters. */
  public static ForeachBuilder foreach(String id) {
    return new ForeachBuilder(id);
  }

  /** A loop that goes on while a SEL condition is true. */
  public static WhileBuilder whileLoop(String id, String condition) {
    return new WhileBuilder(id, condition);
  }

  /** A job of a job template. */
  public static TemplateBuilder template(String id, String subType) {
    return new TemplateBuilder(id, subType);
  }

  /**
   * A literal whose type is that of the Java value: text, numbers, flags, lists and maps of them.
   */
  public static ParamBuilder value(Object value) {
    return new ParamBuilder(null, value, null);
  }

  /** A literal of a type. */
  public static ParamBuilder value(ParamType type, Object value) {
    return new ParamBuilder(type, value, null);
  }

  /** A SEL expression whose result is text. */
  public static ParamBuilder sel(String expression) {
    return sel(ParamType.STRING, expression);
  }

  /** A SEL expression with a result of a type. */
  public static ParamBuilder sel(ParamType type, String expression) {
    return new ParamBuilder(type, null, expression);
  }

  /** A trigger that fires by a cron, or by {@code @daily} and the like. */
  public static TimeTriggerBuilder cron(String cron) {
    return new TimeTriggerBuilder("cron", cron);
  }

  /** A trigger that fires again and again after a duration such as {@code 6h}. */
  public static TimeTriggerBuilder every(String interval) {
    return new TimeTriggerBuilder("interval", interval);
  }

  /** A trigger that fires when signals have arrived; name them with {@code on}. */
  public static SignalTriggerBuilder signals() {
    return new SignalTriggerBuilder();
  }

  /** A signal: what a trigger or job waits for, or what a job announces. */
  public static SignalBuilder signal(String name) {
    return new SignalBuilder(name);
  }

  /** How often a job is tried again after its own errors. */
  public static RetryBuilder retries(int errors) {
    return new RetryBuilder(errors);
  }
}
