package org.maestro.dev;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Classes that need each other, directly or through others; nested ones belong to theirs. */
final class Rings {
  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  Rings(JavaClasses classes) {
    for (var type : classes) {
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass().getBaseComponentType();
        if (classes.contain(target.getName())) {
          uses.computeIfAbsent(outermost(type), _ -> new TreeSet<>()).add(outermost(target));
        }
      }
    }
    for (var type : uses.keySet()) {
      if (!numbers.containsKey(type)) {
        visit(type);
      }
    }
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  /** As Tarjan found: what can't be left towards anything older is a ring of its own. */
  private void visit(String type) {
    var number = numbers.size();
    numbers.put(type, number);
    lowest.put(type, number);
    open.push(type);
    for (var used : uses.getOrDefault(type, Set.of())) {
      if (!numbers.containsKey(used)) {
        visit(used);
        lowest.merge(type, lowest.getOrDefault(used, number), Math::min);
      } else if (open.contains(used)) {
        lowest.merge(type, numbers.getOrDefault(used, number), Math::min);
      }
    }
    if (lowest.getOrDefault(type, number) == number) {
      var ring = new TreeSet<String>();
      while (!ring.contains(type)) {
        ring.add(open.pop());
      }
      found.add(ring);
    }
  }

  List<Set<String>> ofMoreThan(int count) {
    return found.stream().filter(ring -> ring.size() > count).toList();
  }
}
