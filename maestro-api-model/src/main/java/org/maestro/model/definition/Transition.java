package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The edges of a step.
 *
 * @param predecessors optional in what users write, checked against the edges; may be empty
 * @param successors step id to SEL condition, in the written order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Transition(List<String> predecessors, Map<String, String> successors) {
  public static final Transition NONE = new Transition(List.of(), Map.of());

  public Transition {
    predecessors = List.copyOf(predecessors);
    successors = Collections.unmodifiableMap(new LinkedHashMap<>(successors));
  }
}
