package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;

/** Starts an instance when every named signal has arrived and matches. At most 8 signals. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignalTrigger(
    Map<String, Entry> definitions,
    Map<String, Param> params,
    @Nullable String condition,
    @Nullable String dedupExpr) {
  public SignalTrigger {
    definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** What is asked of one signal. */
  public record Entry(Map<String, Match> matchParams, List<String> joinKeys) {
    public Entry {
      matchParams = Collections.unmodifiableMap(new LinkedHashMap<>(matchParams));
      joinKeys = List.copyOf(joinKeys);
    }
  }

  /** A literal (String or Long) and how the signal's value compares with it. */
  public record Match(Object value, MatchOperator operator) {}
}
