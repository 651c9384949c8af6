package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.tag.Tag;

/**
 * One version's content: what the owner wrote.
 *
 * @param timeout seconds or a duration such as {@code 1d 2h}; null means 10 days
 * @param criticality CRITICAL, HIGH, MEDIUM or LOW
 * @param instanceStepConcurrency 1 to 999: leaf steps of one root run's tree at the same time
 * @param params in the written order, which is the order of evaluation
 * @param handlers the steps that run after a run's outcome is known; a kind without steps is left
 *     out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Workflow(
    String id,
    @Nullable String name,
    @Nullable String description,
    List<Tag> tags,
    @Nullable String timeout,
    List<TimeTrigger> timeTriggers,
    List<SignalTrigger> signalTriggers,
    @Nullable String criticality,
    @Nullable Long instanceStepConcurrency,
    Map<String, Param> params,
    List<Step> steps,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<HandlerKind, List<Step>> handlers) {
  public Workflow {
    tags = List.copyOf(tags);
    timeTriggers = List.copyOf(timeTriggers);
    signalTriggers = List.copyOf(signalTriggers);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    steps = List.copyOf(steps);
    var kinds = new EnumMap<HandlerKind, List<Step>>(HandlerKind.class);
    handlers.forEach((kind, own) -> {
      if (!own.isEmpty()) {
        kinds.put(kind, List.copyOf(own));
      }
    });
    handlers = Collections.unmodifiableMap(kinds);
  }

  /** Without handlers. */
  public Workflow(
      String id,
      @Nullable String name,
      @Nullable String description,
      List<Tag> tags,
      @Nullable String timeout,
      List<TimeTrigger> timeTriggers,
      List<SignalTrigger> signalTriggers,
      @Nullable String criticality,
      @Nullable Long instanceStepConcurrency,
      Map<String, Param> params,
      List<Step> steps) {
    this(
        id,
        name,
        description,
        tags,
        timeout,
        timeTriggers,
        signalTriggers,
        criticality,
        instanceStepConcurrency,
        params,
        steps,
        Map.of());
  }

  /** Every list of steps at the top, its own and those of its handlers, by the field it is in. */
  public Map<String, List<Step>> levels() {
    var levels = new LinkedHashMap<String, List<Step>>();
    levels.put("steps", steps);
    handlers.forEach((kind, own) -> levels.put(kind.field(), own));
    return levels;
  }
}
