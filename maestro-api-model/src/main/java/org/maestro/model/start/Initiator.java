package org.maestro.model.start;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who or what asked for an instance. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Initiator.Manual.class, name = "MANUAL"),
  @JsonSubTypes.Type(value = Initiator.Time.class, name = "TIME"),
  @JsonSubTypes.Type(value = Initiator.Signal.class, name = "SIGNAL"),
  @JsonSubTypes.Type(value = Initiator.Subworkflow.class, name = "SUBWORKFLOW"),
  @JsonSubTypes.Type(value = Initiator.Foreach.class, name = "FOREACH"),
  @JsonSubTypes.Type(value = Initiator.While.class, name = "WHILE"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Initiator {

  /** The name in JSON and in {@code params.getFromInstance('INITIATOR_TYPE')}. */
  default String typeName() {
    return switch (this) {
      case Manual _ -> "MANUAL";
      case Time _ -> "TIME";
      case Signal _ -> "SIGNAL";
      case Subworkflow _ -> "SUBWORKFLOW";
      case Foreach _ -> "FOREACH";
      case While _ -> "WHILE";
    };
  }

  /** The steps above this run, outermost first; empty for a root run. */
  default List<Ancestor> ancestorPath() {
    return switch (this) {
      case Manual _, Time _, Signal _ -> List.of();
      case Subworkflow s -> s.ancestors();
      case Foreach f -> f.ancestors();
      case While w -> w.ancestors();
    };
  }

  /** A person or a client. */
  record Manual(@Nullable String user) implements Initiator {}

  /** The clock; {@code triggerTime} is the logical time in epoch milliseconds. */
  record Time(String triggerUuid, long triggerTime, @Nullable String timezone)
      implements Initiator {}

  /** Signals; the matched sequence number by signal name, and the trigger's evaluated params. */
  record Signal(String triggerUuid, Map<String, Long> signalIdMap, Map<String, Object> params)
      implements Initiator {}

  /** A subworkflow step. */
  record Subworkflow(List<Ancestor> ancestors) implements Initiator {}

  /** A foreach step: this run is one of its iterations. */
  record Foreach(List<Ancestor> ancestors) implements Initiator {}

  /** A while step: this run is one of its iterations. */
  record While(List<Ancestor> ancestors) implements Initiator {}

  /** One step attempt above a run; {@code sync} false means that it does not wait for the run. */
  record Ancestor(
      String workflowId,
      long instanceId,
      long runId,
      String stepId,
      long stepAttemptId,
      @Nullable Boolean sync) {}
}
