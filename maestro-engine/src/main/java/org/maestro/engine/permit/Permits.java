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

  /**
   * Whether it is still so that the holder has its permits, of which it has just been told. What it
   * was told can have been meant for a turn that came to nothing; then it waits for the next word.
   *
   * @param limits as when it asked for them
   */
  boolean confirm(PermitHolder holder, Map<String, Long> limits);

  /** The holder had these when its shard changed hands. */
  void restore(PermitHolder holder, Map<String, Long> limits);

  /** Gives back whatever the holder has, or leaves the queue. */
  void release(PermitHolder holder);

  /** The same for a holder whose turn came to nothing, and that may ask once more. */
  void takeBack(PermitHolder holder);
}
