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
  String typeName();

  /** The steps above this run, outermost first; empty for a root run. */
  default List<Ancestor> ancestorPath() {
    return List.of();
  }

  /** A person or a client. */
  record Manual(@Nullable String user) implements Initiator {
    @Override
    public String typeName() {
      return "MANUAL";
    }
  }

  /** The clock; {@code triggerTime} is the logical time in epoch milliseconds. */
  record Time(String triggerUuid, long triggerTime, @Nullable String timezone)
      implements Initiator {
    @Override
    public String typeName() {
      return "TIME";
    }
  }

  /** Signals; the matched sequence number by signal name, and the trigger's evaluated params. */
  record Signal(String triggerUuid, Map<String, Long> signalIdMap, Map<String, Object> params)
      implements Initiator {
    @Override
    public String typeName() {
      return "SIGNAL";
    }
  }

  /** A subworkflow step. */
  record Subworkflow(List<Ancestor> ancestors) implements Initiator {
    @Override
    public String typeName() {
      return "SUBWORKFLOW";
    }

    @Override
    public List<Ancestor> ancestorPath() {
      return ancestors;
    }
  }

  /** A foreach step: this run is one of its iterations. */
  record Foreach(List<Ancestor> ancestors) implements Initiator {
    @Override
    public String typeName() {
      return "FOREACH";
    }

    @Override
    public List<Ancestor> ancestorPath() {
      return ancestors;
    }
  }

  /** A while step: this run is one of its iterations. */
  record While(List<Ancestor> ancestors) implements Initiator {
    @Override
    public String typeName() {
      return "WHILE";
    }

    @Override
    public List<Ancestor> ancestorPath() {
      return ancestors;
    }
  }

  /** One step attempt above a run; {@code sync} false means that it does not wait for the run. */
  record Ancestor(
      String workflowId,
      long instanceId,
      long runId,
      String stepId,
      long stepAttemptId,
      @Nullable Boolean sync) {}
}
