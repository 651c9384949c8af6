package org.maestro.param;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;

/** Puts what a job has set over the params of its step. */
final class OutputParams {

  private OutputParams() {}

  static Map<String, Param> apply(
      Map<String, Param> stepParams, Map<String, Param> outputs, long nowMillis) {
    var problems = new ArrayList<DefinitionProblem>();
    var result = new LinkedHashMap<>(stepParams);
    outputs.forEach((name, output) -> {
      var declared = stepParams.get(name);
      var problem = refusal(name, declared, output);
      if (problem == null && declared != null) {
        try {
          result.put(name, changed(declared, output, nowMillis));
        } catch (IllegalArgumentException _) {
          problem =
              "ParameterDefinition type mismatch name [%s] from [%s] != to [%s]"
                  .formatted(name, output.type(), declared.type());
        }
      }
      if (problem != null) {
        problems.add(new DefinitionProblem("/params/" + ParamMerge.escape(name), problem, null));
      }
    });
    if (!problems.isEmpty()) {
      throw new ParamException(problems);
    }
    return result;
  }

  private static @Nullable String refusal(String name, @Nullable Param declared, Param output) {
    if (declared == null) {
      return "Invalid output parameter [%s], not defined in params".formatted(name);
    }
    if (declared.effectiveMode() != ParamMode.MUTABLE) {
      return "Cannot modify param with mode [%s] for parameter [%s]"
          .formatted(declared.effectiveMode(), name);
    }
    if (output.evaluatedResult() == null && output.value() == null) {
      return "expected a value of output parameter [%s], found none".formatted(name);
    }
    return null;
  }

  private static Param changed(Param declared, Param output, long nowMillis) {
    var given = output.evaluatedResult() != null ? output.evaluatedResult() : output.value();
    if (given == null) {
      throw new IllegalArgumentException("no value");
    }
    var time = output.evaluatedTime() == null ? nowMillis : output.evaluatedTime();
    var result = result(declared, given);
    var literal = declared.evaluated(result, time).withSource(ParamSource.OUTPUT_PARAMETER);
    return Values.literal(literal);
  }

  private static Object result(Param declared, Object given) {
    if (declared.type() == ParamType.MAP) {
      return union(declared.evaluatedResult(), plain(Values.cast(ParamType.MAP, given)));
    }
    var cast = Values.cast(declared.type(), given);
    return declared.type() == ParamType.STRING_MAP ? union(declared.evaluatedResult(), cast) : cast;
  }

  /** The parts of a MAP literal as plain values; results are plain already. */
  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((name, part) -> result.put(String.valueOf(name), plain(part)));
        yield result;
      }
      case List<?> list -> list;
      case Param part when part.evaluatedResult() != null -> part.evaluatedResult();
      case Param part when part.value() != null -> plain(part.value());
      default -> value;
    };
  }

  private static Object union(@Nullable Object base, Object over) {
    if (!(base instanceof Map<?, ?> baseMap) || !(over instanceof Map<?, ?> overMap)) {
      return over;
    }
    var all = new LinkedHashMap<String, Object>();
    baseMap.forEach((name, value) -> all.put(String.valueOf(name), value));
    overMap.forEach((name, value) -> all.merge(String.valueOf(name), value, OutputParams::union));
    return all;
  }
}
