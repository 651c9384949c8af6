package org.maestro.engine.permit;

import java.util.Map;

/** The permits of tags, as a run sees them. Never blocks. */
public interface Permits {

  /**
   * Takes all permits at once, or none and queues. A holder that has them already keeps them.
   *
   * @param limits how many attempts may hold each tag at the same time
   * @return whether they are the holder's; if not, it will be told by a command
   */
  boolean acquire(PermitHolder holder, Map<String, Long> limits);

  /** The holder had these when its shard changed hands. */
  void restore(PermitHolder holder, Map<String, Long> limits);

  /** Gives back whatever the holder has, or leaves the queue. */
  void release(PermitHolder holder);
}
