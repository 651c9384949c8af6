package org.maestro.model.lineage;

import java.util.List;

/**
 * What came of something, or what it came of.
 *
 * @param nodes the first is what was asked about; each once, in the order they were found
 * @param truncated whether there is more than is shown: beyond the depth, or too many
 */
public record Lineage(List<Node> nodes, List<Edge> edges, boolean truncated) {
  public Lineage {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** Which way to walk. */
  public enum Direction {
    /** To what it came of. */
    UPSTREAM,
    /** To what came of it. */
    DOWNSTREAM
  }

  /** How one thing comes of another. */
  public enum Kind {
    /** The first announced the second. */
    ANNOUNCED,
    /** A trigger consumed the first and asked for the second. */
    TRIGGERED,
    /** A step of the second waited for the first. */
    OPENED,
    /** A trigger of the second wants signals of the first. */
    SUBSCRIBED
  }

  /**
   * One thing comes of another; always from cause to effect, whichever way was walked.
   *
   * @param from its place in {@link #nodes}, from 0
   * @param to its place in {@link #nodes}, from 0
   * @param cycle whether it leads back to where the walk had come from; it was not walked again
   */
  public record Edge(int from, int to, Kind kind, boolean cycle) {}
}
