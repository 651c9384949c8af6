package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job that runs something itself. */
public final class StepBuilder extends JobBuilder<StepBuilder> {
  private final Map<String, @Nullable Object> outputs = new LinkedHashMap<>();

  StepBuilder(String id, String type) {
    super(id);
    with("type", type);
  }

  @Override
  StepBuilder self() {
    return this;
  }

  @Override
  String wrapper() {
    return "job";
  }

  /** The version of the job template that its type names. */
  public StepBuilder typeVersion(String version) {
    return with("type_version", version);
  }

  /** The job template that fills in its parameters. */
  public StepBuilder subType(String template) {
    return with("sub_type", template);
  }

  /** The version of that job template. */
  public StepBuilder subTypeVersion(String version) {
    return with("sub_type_version", version);
  }

  /** How often it is tried again after its own errors. */
  public StepBuilder retry(int errors) {
    return with("retry", (long) errors);
  }

  /** How often it is tried again, as a reference to a parameter such as {@code $tries}. */
  public StepBuilder retry(String errors) {
    return with("retry", errors);
  }

  /** How often and when it is tried again. */
  public StepBuilder retry(RetryBuilder retry) {
    return with("retry", retry.tree());
  }

  /** Parameters that it sets itself: names with types, such as {@code rows<long>}. */
  public StepBuilder outputs(String... names) {
    return with("outputs", List.of(names));
  }

  /** A parameter that it sets itself, with its first value. */
  public StepBuilder output(String name, Object first) {
    putParam(outputs, name, first);
    return with("outputs", outputs);
  }
}
