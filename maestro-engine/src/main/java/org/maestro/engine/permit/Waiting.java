package org.maestro.engine.permit;

import java.util.List;

/**
 * Why a holder has not got its permits.
 *
 * @param since epoch milliseconds
 * @param full the tags whose permits are all taken; never empty
 */
public record Waiting(long since, List<FullTag> full) {
  public Waiting {
    full = List.copyOf(full);
  }

  /**
   * A tag without a free permit.
   *
   * @param limit 0 means that the tag is paused
   * @param held how many permits are taken; above the limit after it was lowered
   * @param holders some of those who hold them, longest first; at most {@value
   *     PermitLedger#SHOWN_HOLDERS}
   * @param ahead how many came earlier and were found to wait for this tag, too
   * @param first some of those, earliest first; at most {@value PermitLedger#SHOWN_HOLDERS}
   */
  public record FullTag(
      String tag,
      long limit,
      long held,
      List<PermitHolder> holders,
      long ahead,
      List<PermitHolder> first) {
    public FullTag {
      holders = List.copyOf(holders);
      first = List.copyOf(first);
    }

    /** Of a tag for which nobody else is named. */
    public FullTag(String tag, long limit, long held, List<PermitHolder> holders, long ahead) {
      this(tag, limit, held, holders, ahead, List.of());
    }
  }
}
