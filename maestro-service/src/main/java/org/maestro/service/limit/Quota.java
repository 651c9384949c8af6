package org.maestro.service.limit;

import java.util.HashMap;
import java.util.Map;

/** So many at a time in all, and so many by one name. */
final class Quota {
  private final int inAll;
  private final int byOne;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  Quota(int inAll, int byOne) {
    this.inAll = inAll;
    this.byOne = byOne;
  }

  /** How an attempt to take one went. */
  enum Taken {
    YES,
    TOO_MANY_BY_THIS_ONE,
    TOO_MANY_IN_ALL
  }

  synchronized Taken take(String name) {
    int own = taken.getOrDefault(name, 0);
    if (own >= byOne) {
      return Taken.TOO_MANY_BY_THIS_ONE;
    }
    if (total >= inAll) {
      return Taken.TOO_MANY_IN_ALL;
    }
    taken.put(name, own + 1);
    total++;
    return Taken.YES;
  }

  synchronized void giveBack(String name) {
    taken.computeIfPresent(name, (_, own) -> own == 1 ? null : own - 1);
    total--;
  }

  synchronized int total() {
    return total;
  }
}
