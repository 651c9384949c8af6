package org.maestro.engine.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run or a step attempt changed its status: the short form that waits in the outbox to be
 * published.
 *
 * @param stepId null for a change of the run itself
 * @param records the statuses passed through, oldest first
 */
public record StatusChange(
    RunKey run,
    String uuid,
    String correlationId,
    @Nullable String stepId,
    @Nullable Long attemptId,
    @Nullable Long seq,
    List<Passed> records) {

  /** One change; {@code time} in epoch milliseconds. */
  public record Passed(String from, String to, long time) {}
}
