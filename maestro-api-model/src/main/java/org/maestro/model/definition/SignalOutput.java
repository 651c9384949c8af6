package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;

/** A signal that a step announces when its job has succeeded. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignalOutput(String name, Map<String, Param> params, @Nullable Object payload) {
  public SignalOutput {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}
