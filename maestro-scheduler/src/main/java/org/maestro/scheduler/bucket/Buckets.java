package org.maestro.scheduler.bucket;

/** How workflows are spread. The number of buckets never changes: rows carry theirs. */
public final class Buckets {
  /** How many there are, and so the most schedulers that have anything to do. */
  public static final int COUNT = 32;

  private Buckets() {}

  /** The bucket of all triggers of a workflow. */
  public static long of(String workflowId) {
    var hash = workflowId.hashCode();
    return Math.floorMod(hash ^ (hash >>> 16), COUNT);
  }
}
