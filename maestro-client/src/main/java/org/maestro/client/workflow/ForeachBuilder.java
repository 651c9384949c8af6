package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A loop over the combinations of its loop parameters. */
public final class ForeachBuilder extends JobBuilder<ForeachBuilder> {
  private final Map<String, @Nullable Object> loop = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> ranges = new LinkedHashMap<>();

  ForeachBuilder(String id) {
    super(id);
    with("loop_params", loop);
  }

  @Override
  ForeachBuilder self() {
    return this;
  }

  @Override
  String wrapper() {
    return "foreach";
  }

  /** How many iterations may run at once. */
  public ForeachBuilder concurrency(int concurrency) {
    return with("concurrency", (long) concurrency);
  }

  /** Whether running iterations may be at most the concurrency apart. */
  public ForeachBuilder strictOrdering(boolean strict) {
    return with("strict_ordering", strict);
  }

  /** How many iterations may fail before no more begin. */
  public ForeachBuilder maxFailures(int count) {
    return with("max_failures", (long) count);
  }

  /** The same as {@code all} or as a percentage of the iterations such as {@code 10%}. */
  public ForeachBuilder maxFailures(String most) {
    return with("max_failures", most);
  }

  /** Adds a loop parameter: a list, an expression, or a reference such as {@code ${dates@days}}. */
  public ForeachBuilder loop(String name, Object values) {
    putParam(loop, name, values);
    return this;
  }

  /** Adds a loop parameter that counts; {@code to} isn't included. */
  public ForeachBuilder range(String name, long from, long to, long increment) {
    var range = new LinkedHashMap<String, @Nullable Object>();
    range.put("from", from);
    range.put("to", to);
    range.put("increment", increment);
    ranges.put(name, range);
    return with("ranges", ranges);
  }

  /** One job after the other. */
  public ForeachBuilder sequential() {
    return with("dag", "sequential");
  }

  /** What is done in every iteration. */
  public ForeachBuilder jobs(JobBuilder<?>... jobs) {
    return with("jobs", trees(jobs));
  }
}
