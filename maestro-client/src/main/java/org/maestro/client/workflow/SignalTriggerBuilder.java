package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trigger that fires when all of its signals have arrived. */
public final class SignalTriggerBuilder implements TriggerBuilder {
  private final Map<String, @Nullable Object> signals = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private @Nullable String condition;
  private @Nullable String dedupExpr;

  SignalTriggerBuilder() {}

  /** Adds signals, each with what it has to match. */
  public SignalTriggerBuilder on(SignalBuilder... wanted) {
    for (var signal : wanted) {
      signals.put(signal.name(), signal.entry());
    }
    return this;
  }

  /** A parameter of the trigger, for the instances that it starts. */
  public SignalTriggerBuilder param(String name, Object value) {
    JobBuilder.putParam(params, name, value);
    return this;
  }

  /** A SEL condition over the signals' parameters. */
  public SignalTriggerBuilder condition(String sel) {
    condition = sel;
    return this;
  }

  /** A SEL expression; of those with equal results only one instance starts. */
  public SignalTriggerBuilder dedupExpr(String sel) {
    dedupExpr = sel;
    return this;
  }

  @Override
  public Map<String, @Nullable Object> tree() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("signals", signals);
    if (!params.isEmpty()) {
      tree.put("params", params);
    }
    if (condition != null) {
      tree.put("condition", condition);
    }
    if (dedupExpr != null) {
      tree.put("dedup_expr", dedupExpr);
    }
    return tree;
  }
}
