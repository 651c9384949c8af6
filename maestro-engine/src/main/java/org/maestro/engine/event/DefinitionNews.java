package org.maestro.engine.event;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.DefinitionChange;

/**
 * A change of a definition in the short form that waits in the outbox to be published.
 *
 * @param type the last part of the CloudEvents type
 * @param time epoch milliseconds
 */
public record DefinitionNews(
    String type,
    String workflowId,
    long internalId,
    long revision,
    long latestVersionId,
    @Nullable Long activeVersionId,
    boolean paused,
    String author,
    long time) {

  /** The news of a change. */
  public static DefinitionNews of(DefinitionChange change) {
    var type =
        switch (change.kind()) {
          case PUSHED -> EventType.VERSION;
          case ACTIVATED -> EventType.ACTIVATION;
          case DEACTIVATED -> EventType.DEACTIVATION;
          case PROPERTIES_CHANGED -> EventType.PROPERTIES;
          case PAUSED -> EventType.PAUSED;
          case RESUMED -> EventType.RESUMED;
          case DELETED -> EventType.DELETED;
        };
    return new DefinitionNews(
        type.label(),
        change.workflowId(),
        change.internalId(),
        change.revision(),
        change.latestVersionId(),
        change.activeVersionId(),
        change.paused(),
        change.author(),
        change.time());
  }
}
