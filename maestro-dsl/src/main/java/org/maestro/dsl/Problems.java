package org.maestro.dsl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;

/** Collects what is wrong; beyond a number that nobody reads, it only counts. */
final class Problems {
  private static final int MOST = 200;

  private final List<DefinitionProblem> found = new ArrayList<>();
  private int more;

  void add(Place place, String message, @Nullable String suggestion) {
    if (found.size() < MOST) {
      found.add(new DefinitionProblem(place.pointer(), message, suggestion));
    } else {
      more++;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The value, unless something is wrong. */
  <T> Read<T> unlessAny(T value) {
    return found.isEmpty() ? new Read.Ok<>(value) : bad();
  }

  <T> Read<T> bad() {
    var all = new ArrayList<>(found);
    if (more > 0) {
      all.add(new DefinitionProblem("", "and " + more + " more problems; fix these first", null));
    }
    return new Read.Bad<>(all);
  }
}
