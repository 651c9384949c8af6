package org.maestro.engine.run;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which runs that steps wait for can be begun within the turns of those steps, instead of being
 * started by themselves. For any number of threads.
 */
public interface ChildTurns {

  /** Why a workflow's runs are started by themselves for a while. */
  enum Why {
    /** Others start it, too, and were first. */
    OVERTAKEN,
    /** Its runs don't end within the turn, or broke it. */
    LASTS
  }

  /**
   * A run as it is to be inserted with the batch, which its number is taken with; null if it has to
   * be started by itself.
   */
  @Nullable RunRow begin(Effect.StartChild start, Batch batch);

  /** For a while the runs of these workflows are started by themselves. */
  void avoid(Collection<String> workflowIds, Why why);

  /** All are started by themselves. */
  ChildTurns NEVER =
      new ChildTurns() {
        @Override
        public @Nullable RunRow begin(Effect.StartChild start, Batch batch) {
          return null;
        }

        @Override
        public void avoid(Collection<String> workflowIds, Why why) {}
      };
}
