package org.maestro.engine.definition;

import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.Workflow;

/**
 * What became of a definition, whole enough that who follows triggers needs nothing else. Of two
 * changes of one {@code internalId} the one with the higher revision holds.
 *
 * @param activeVersionId null if no version is active, and always after DELETED
 * @param activeWorkflow the content of the active version
 * @param time epoch milliseconds
 */
public record DefinitionChange(
    Kind kind,
    String workflowId,
    long internalId,
    long revision,
    long latestVersionId,
    @Nullable Long activeVersionId,
    @Nullable Workflow activeWorkflow,
    Properties properties,
    boolean paused,
    String author,
    long time) {
  /** What happened. */
  public enum Kind {
    PUSHED,
    ACTIVATED,
    DEACTIVATED,
    PROPERTIES_CHANGED,
    PAUSED,
    RESUMED,
    DELETED
  }
}
