package org.maestro.engine.definition;

/** How far the deletion of a workflow has come. Each stage may be repeated from its beginning. */
public enum DeletionStage {
  DELETING_INSTANCES,
  DELETING_VERSIONS,
  DELETING_PROPERTIES,
  DELETING_TIMELINE
}
