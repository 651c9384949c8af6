package org.maestro.signal.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rule of a trigger that wants several signals. For each of its names there is a queue of the
 * signals that match, by their numbers; the oldest of all queues go together, then the next, for as
 * long as every queue has one. So the n-th match consists of the n-th signal of every name, in
 * whatever order signals of different names arrive.
 */
public final class Queues {
  private Queues() {}

  /**
   * What goes together, oldest first.
   *
   * @param queued the numbers that wait, by name, each list in ascending order
   */
  public static List<SortedMap<String, Long>> complete(
      Set<String> names, Map<String, List<Long>> queued) {
    var count = names.stream().mapToInt(name -> queued.getOrDefault(name, List.of()).size()).min();
    var matches = new ArrayList<SortedMap<String, Long>>();
    for (var i = 0; i < count.orElse(0); i++) {
      var match = new TreeMap<String, Long>();
      for (var name : names) {
        match.put(name, queued.getOrDefault(name, List.of()).get(i));
      }
      matches.add(match);
    }
    return matches;
  }
}
