package org.maestro.benchmark.sel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.UnknownNameException;

/**
 * Parameters of a workflow and of its steps, held in maps.
 *
 * @param values the workflow's, by name
 * @param steps the steps', by step and name
 */
record Parameters(Map<String, Object> values, Map<String, Map<String, Object>> steps)
    implements Scope {
  Parameters {
    values = Map.copyOf(values);
    steps = Map.copyOf(steps);
  }

  @Override
  public Object get(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new UnknownNameException(name);
    }
    return value;
  }

  @Override
  public @Nullable Object call(String function, List<@Nullable Object> arguments) {
    if (function.equals("getFromStep")
        && arguments.size() == 2
        && arguments.get(0) instanceof String step
        && arguments.get(1) instanceof String name) {
      return fromStep(step, name);
    }
    throw new SelException("there is no function params." + function);
  }

  @Nullable Object fromStep(String step, String name) {
    var values = steps.get(step);
    return values == null ? null : values.get(name);
  }
}
