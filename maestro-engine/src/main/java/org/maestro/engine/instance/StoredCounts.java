package org.maestro.engine.instance;

import org.maestro.engine.definition.InstanceCounts;

/** Counts a workflow's instances, by the indexes over those that are live or failed. */
final class StoredCounts implements InstanceCounts {
  private final InstanceStore store;

  StoredCounts(InstanceStore store) {
    this.store = store;
  }

  @Override
  public Counts of(String workflowId) {
    return store.counts(workflowId);
  }
}
