package org.maestro.engine.definition;

import org.maestro.model.definition.Properties;

/** The properties of a workflow as they were from {@code createTime} (epoch milliseconds) on. */
public record PropertiesSnapshot(
    String workflowId, long createTime, String author, Properties properties) {

  /** The owner; every stored snapshot has one. */
  public String owner() {
    var owner = properties.owner();
    if (owner == null) {
      throw new IllegalStateException("properties of " + workflowId + " have no owner");
    }
    return owner;
  }
}
