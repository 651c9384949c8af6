package org.maestro.client.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.FailureMode;

/**
 * What every kind of job may say.
 *
 * @param <T> the kind of job
 */
public abstract sealed class JobBuilder<T extends JobBuilder<T>>
    permits StepBuilder, SubworkflowBuilder, ForeachBuilder, WhileBuilder, TemplateBuilder {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private final List<String> transition = new ArrayList<>();
  private final List<String> needs = new ArrayList<>();
  private final List<Object> tags = new ArrayList<>();
  private final List<Object> waits = new ArrayList<>();
  private final List<Object> signals = new ArrayList<>();

  JobBuilder(String id) {
    fields.put("id", id);
  }

  abstract T self();

  /** The key around it. */
  abstract String wrapper();

  T with(String name, @Nullable Object value) {
    fields.put(name, value);
    return self();
  }

  /** A name for people. */
  public T name(String name) {
    return with("name", name);
  }

  /** What it is for. */
  public T description(String description) {
    return with("description", description);
  }

  /** What its final failure does to the run. */
  public T failureMode(FailureMode mode) {
    return with("failure_mode", mode.name().toLowerCase(Locale.ROOT));
  }

  /** How long it may take: seconds or a duration, may contain {@code ${param}}. */
  public T timeout(String timeout) {
    return with("timeout", timeout);
  }

  /** Adds tags. */
  public T tags(String... names) {
    tags.addAll(List.of(names));
    return self();
  }

  /** Adds a parameter: a literal, or a {@link ParamBuilder}. */
  public T param(String name, Object value) {
    putParam(params, name, value);
    return self();
  }

  static void putParam(Map<String, @Nullable Object> params, String name, Object value) {
    if (value instanceof ParamBuilder param) {
      param.putInto(params, name);
    } else {
      params.put(name, Values.plain(value));
    }
  }

  /** Jobs that follow. */
  public T then(String... jobs) {
    transition.addAll(List.of(jobs));
    return self();
  }

  /** A job that follows if a SEL condition is true. */
  public T thenIf(String condition, String job) {
    transition.add("IF " + condition + " THEN " + job);
    return self();
  }

  /** A job that follows if none of the conditions before is true. */
  public T otherwise(String job) {
    transition.add("OTHERWISE " + job);
    return self();
  }

  /** Jobs that have to end before. */
  public T needs(String... jobs) {
    needs.addAll(List.of(jobs));
    return self();
  }

  /** Signals that have to be there before it starts. */
  public T waitFor(SignalBuilder... wanted) {
    Arrays.stream(wanted).map(SignalBuilder::wanted).forEach(waits::add);
    return self();
  }

  /** Signals that it announces when it has succeeded. */
  public T announces(SignalBuilder... announced) {
    Arrays.stream(announced).map(SignalBuilder::announced).forEach(signals::add);
    return self();
  }

  Map<String, @Nullable Object> tree() {
    var tree = new LinkedHashMap<>(fields);
    // What it sets itself is evaluated after what it is given.
    var outputs = tree.remove("outputs");
    putList(tree, "tags", tags);
    putList(tree, "wait_for", waits);
    putList(tree, "signals", signals);
    if (!params.isEmpty()) {
      tree.put("params", params);
    }
    if (outputs != null) {
      tree.put("outputs", outputs);
    }
    putList(tree, "transition", transition);
    putList(tree, "needs", needs);
    var wrapped = new LinkedHashMap<String, @Nullable Object>();
    wrapped.put(wrapper(), tree);
    return wrapped;
  }

  static void putList(Map<String, @Nullable Object> tree, String name, List<?> items) {
    if (!items.isEmpty()) {
      tree.put(name, items);
    }
  }

  static List<Object> trees(JobBuilder<?>... jobs) {
    return Arrays.stream(jobs).<Object>map(JobBuilder::tree).toList();
  }
}
