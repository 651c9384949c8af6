package org.maestro.client.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.MatchOperator;

/** A signal: matched where it is waited for, filled where it is announced. */
public final class SignalBuilder {
  private final String name;
  private final Map<String, @Nullable Object> matches = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> params = new LinkedHashMap<>();
  private final List<String> joinKeys = new ArrayList<>();
  private @Nullable Object payload;

  SignalBuilder(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** A parameter of the signal that has to be equal to a literal or {@link ParamBuilder}. */
  public SignalBuilder match(String param, Object value) {
    JobBuilder.putParam(matches, param, value);
    return this;
  }

  /** A parameter of the signal that has to compare with a literal or {@link ParamBuilder}. */
  public SignalBuilder match(String param, MatchOperator operator, Object value) {
    var one = new LinkedHashMap<String, @Nullable Object>();
    JobBuilder.putParam(one, param, value);
    one.forEach((key, operand) -> {
      var compared = new LinkedHashMap<String, @Nullable Object>();
      compared.put(operator.symbol(), operand);
      matches.put(key, compared);
    });
    return this;
  }

  /** Parameters that all signals of a trigger must share. */
  public SignalBuilder joinKeys(String... keys) {
    joinKeys.addAll(List.of(keys));
    return this;
  }

  /** A parameter of the signal that is announced. */
  public SignalBuilder param(String param, Object value) {
    JobBuilder.putParam(params, param, value);
    return this;
  }

  /** Anything, for whoever reads the announced signal. */
  public SignalBuilder payload(Object anything) {
    payload = Values.plain(anything);
    return this;
  }

  private Map<String, @Nullable Object> named() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("signal", name);
    return tree;
  }

  Map<String, @Nullable Object> wanted() {
    var tree = named();
    putMatches(tree);
    return tree;
  }

  private void putMatches(Map<String, @Nullable Object> tree) {
    if (!matches.isEmpty()) {
      tree.put("match", matches);
    }
  }

  Map<String, @Nullable Object> entry() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    putMatches(tree);
    JobBuilder.putList(tree, "join_keys", joinKeys);
    return tree;
  }

  Map<String, @Nullable Object> announced() {
    var tree = named();
    if (!params.isEmpty()) {
      tree.put("params", params);
    }
    if (payload != null) {
      tree.put("payload", payload);
    }
    return tree;
  }
}
