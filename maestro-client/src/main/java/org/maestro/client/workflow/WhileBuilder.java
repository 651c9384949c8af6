package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A loop that goes on while a condition is true. */
public final class WhileBuilder extends JobBuilder<WhileBuilder> {
  private final Map<String, @Nullable Object> loop = new LinkedHashMap<>();

  WhileBuilder(String id, String condition) {
    super(id);
    with("condition", condition);
  }

  @Override
  WhileBuilder self() {
    return this;
  }

  @Override
  String wrapper() {
    return "while";
  }

  /** Adds a loop parameter with its first value. */
  public WhileBuilder loop(String name, Object first) {
    putParam(loop, name, first);
    return with("loop_params", loop);
  }

  /** One job after the other. */
  public WhileBuilder sequential() {
    return with("dag", "sequential");
  }

  /** What is done in every iteration. */
  public WhileBuilder jobs(JobBuilder<?>... jobs) {
    return with("jobs", trees(jobs));
  }
}
