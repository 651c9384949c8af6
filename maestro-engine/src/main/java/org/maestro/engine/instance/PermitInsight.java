package org.maestro.engine.instance;

import java.util.List;
import java.util.Optional;
import org.maestro.engine.permit.PermitHolder;

/** Looks at the permits for somebody who wonders why a step does not run. */
public interface PermitInsight {

  /** What this attempt waits for; empty if it does not wait, or waits on another node. */
  Optional<Waiting> waiting(PermitHolder holder);

  /** The tags of which it still needs a permit. */
  record Waiting(List<TagQueue> tags) {
    public Waiting {
      tags = List.copyOf(tags);
    }
  }

  /**
   * One tag.
   *
   * @param limit how many may hold it at the same time
   * @param inUse how many do
   * @param holders some of them
   * @param position in the queue, from 1
   */
  record TagQueue(
      String tag, long limit, long inUse, List<PermitHolder> holders, long position) {
    public TagQueue {
      holders = List.copyOf(holders);
    }
  }
}
