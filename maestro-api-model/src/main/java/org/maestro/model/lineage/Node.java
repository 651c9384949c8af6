package org.maestro.model.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** Something in the lineage; equal ones are the same thing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Node.OfSignal.class, name = "SIGNAL"),
  @JsonSubTypes.Type(value = Node.OfRun.class, name = "RUN"),
  @JsonSubTypes.Type(value = Node.OfMatch.class, name = "MATCH"),
  @JsonSubTypes.Type(value = Node.OfOutside.class, name = "OUTSIDE"),
  @JsonSubTypes.Type(value = Node.OfWorkflow.class, name = "WORKFLOW"),
  @JsonSubTypes.Type(value = Node.OfName.class, name = "NAME"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Node {

  /** One signal. */
  record OfSignal(String name, long seqId) implements Node {}

  /** One instance of a workflow, with all its runs. */
  record OfRun(String workflowId, long instanceId) implements Node {}

  /** Signals that a trigger consumed and that have come to no instance, or not yet. */
  record OfMatch(String matchId, String workflowId, String state, @Nullable String reason)
      implements Node {}

  /** Somebody outside who announces signals. */
  record OfOutside(String origin, String announcedBy) implements Node {}

  /** A workflow, over all its instances. */
  record OfWorkflow(String workflowId) implements Node {}

  /** A name, over all its signals. */
  record OfName(String name) implements Node {}
}
