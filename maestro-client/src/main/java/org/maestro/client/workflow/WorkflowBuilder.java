package org.maestro.client.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.client.json.JsonText;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.RunStrategy;

/** A workflow's definition in the making. */
public final class WorkflowBuilder {
  private final String id;
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> beside = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> properties = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private final List<Object> tags = new ArrayList<>();
  private final List<Object> triggers = new ArrayList<>();
  private final List<Object> jobs = new ArrayList<>();
  private final Map<String, List<Object>> handlers = new LinkedHashMap<>();

  WorkflowBuilder(String id) {
    this.id = id;
    fields.put("id", id);
  }

  private WorkflowBuilder with(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** A name for people. */
  public WorkflowBuilder name(String name) {
    return with("name", name);
  }

  /** What it is for. */
  public WorkflowBuilder description(String description) {
    return with("description", description);
  }

  /** Who owns it; needed at its first push. */
  public WorkflowBuilder owner(String owner) {
    return with("owner", owner);
  }

  /** Who owns it, with anything that authentication needs to know. */
  public WorkflowBuilder owner(String name, Map<String, ?> attributes) {
    var owner = new LinkedHashMap<String, @Nullable Object>();
    owner.put("name", name);
    owner.putAll(attributes);
    return with("owner", Values.plain(owner));
  }

  /** Which instances may run at the same time. */
  public WorkflowBuilder runStrategy(RunStrategy.Rule rule) {
    return with("run_strategy", rule.name().toLowerCase(Locale.ROOT));
  }

  /** How many instances may run at the same time; alone it makes the strategy PARALLEL. */
  public WorkflowBuilder workflowConcurrency(int instances) {
    return with("workflow_concurrency", (long) instances);
  }

  /** How many steps of all instances together may run at the same time. */
  public WorkflowBuilder stepConcurrency(int steps) {
    return with("step_concurrency", (long) steps);
  }

  /** How many leaf steps of one run may run at the same time. */
  public WorkflowBuilder instanceStepConcurrency(int steps) {
    return with("instance_step_concurrency", (long) steps);
  }

  /** How long a run may take: seconds or a duration, may contain {@code ${param}}. */
  public WorkflowBuilder timeout(String timeout) {
    return with("timeout", timeout);
  }

  /** CRITICAL, HIGH, MEDIUM or LOW. */
  public WorkflowBuilder criticality(String criticality) {
    return with("criticality", criticality);
  }

  /** Adds tags. */
  public WorkflowBuilder tags(String... names) {
    tags.addAll(List.of(names));
    return this;
  }

  /** Adds a tag with a namespace or other attributes. */
  public WorkflowBuilder tag(String name, Map<String, ?> attributes) {
    var tag = new LinkedHashMap<String, @Nullable Object>();
    tag.put("name", name);
    tag.putAll(attributes);
    tags.add(tag);
    return this;
  }

  /** Adds a parameter: a literal, or a {@link ParamBuilder}. */
  public WorkflowBuilder param(String name, Object value) {
    JobBuilder.putParam(params, name, value);
    return this;
  }

  /** Adds what starts instances. */
  public WorkflowBuilder trigger(TriggerBuilder trigger) {
    triggers.add(trigger.tree());
    return this;
  }

  /** One job after the other. */
  public WorkflowBuilder sequential() {
    return with("dag", "sequential");
  }

  /** No edges but those that jobs name. */
  public WorkflowBuilder parallel() {
    return with("dag", "parallel");
  }

  /** Adds jobs. */
  public WorkflowBuilder jobs(JobBuilder<?>... more) {
    jobs.addAll(JobBuilder.trees(more));
    return this;
  }

  /** Adds jobs that run after a run has failed, was killed or timed out. */
  public WorkflowBuilder onFailure(JobBuilder<?>... more) {
    return handler(HandlerKind.ON_FAILURE, more);
  }

  /** Adds jobs that run after a run has succeeded. */
  public WorkflowBuilder onSuccess(JobBuilder<?>... more) {
    return handler(HandlerKind.ON_SUCCESS, more);
  }

  /** Adds jobs that run after a run has ended, however it did. */
  public WorkflowBuilder onEnd(JobBuilder<?>... more) {
    return handler(HandlerKind.ON_END, more);
  }

  private WorkflowBuilder handler(HandlerKind kind, JobBuilder<?>... more) {
    handlers.computeIfAbsent(kind.field(), key -> new ArrayList<>()).addAll(JobBuilder.trees(more));
    return this;
  }

  /** Sets a property by its name in JSON, such as {@code alerting}. */
  public WorkflowBuilder property(String name, Object value) {
    properties.put(name, Values.plain(value));
    return this;
  }

  /** Whether the new version becomes the active one; it does if this isn't said. */
  public WorkflowBuilder active(boolean active) {
    beside.put("is_active", active);
    return this;
  }

  /** Where the definition lives: origin, branch, sha, path, author and so on. */
  public WorkflowBuilder gitInfo(Map<String, ?> gitInfo) {
    beside.put("git_info", Values.plain(gitInfo));
    return this;
  }

  /** Anything else that is kept with the version. */
  public WorkflowBuilder extraInfo(String name, Object value) {
    beside.put(name, Values.plain(value));
    return this;
  }

  /** The YAML form as maps, lists, texts, numbers and flags. */
  public Map<String, @Nullable Object> tree() {
    var workflow = new LinkedHashMap<>(fields);
    JobBuilder.putList(workflow, "tags", tags);
    JobBuilder.putList(workflow, "triggers", triggers);
    if (!params.isEmpty()) {
      workflow.put("params", params);
    }
    workflow.put("jobs", jobs);
    workflow.putAll(handlers);
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("workflow", workflow);
    if (!properties.isEmpty()) {
      tree.put("properties", properties);
    }
    tree.putAll(beside);
    return tree;
  }

  /**
   * The definition as YAML, of the kind that is JSON as well: for a file, or for a push. Whether
   * all of it is valid says {@code maestro validate} or the server.
   */
  public String toYaml() {
    return JsonText.of(tree());
  }

  /** The workflow's id. */
  public String id() {
    return id;
  }
}
