package org.maestro.engine.permit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/**
 * What a node asks of the node that keeps the ledger. May arrive twice or late: the ledger answers
 * a duplicate as it did the first time, and {@link PermitRecovery} repairs what a late one left
 * behind.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "permit")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PermitMessage.Request.class, name = "request"),
  @JsonSubTypes.Type(value = PermitMessage.Restore.class, name = "restore"),
  @JsonSubTypes.Type(value = PermitMessage.Release.class, name = "release"),
})
public sealed interface PermitMessage {
  PermitHolder holder();

  /** The holder wants one permit of each tag, and is told once it has them. */
  record Request(PermitHolder holder, Map<String, Long> limits) implements PermitMessage {
    public Request {
      limits = Map.copyOf(limits);
    }
  }

  /** The holder runs with these permits already, whether they are free or not. */
  record Restore(PermitHolder holder, Map<String, Long> limits) implements PermitMessage {
    public Restore {
      limits = Map.copyOf(limits);
    }
  }

  /** The holder needs its permits no more. */
  record Release(PermitHolder holder) implements PermitMessage {}
}
