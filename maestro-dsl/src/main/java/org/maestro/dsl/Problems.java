package org.maestro.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.maestro.model.definition.DefinitionProblem;

/** Collects what is wrong; beyond a number that nobody reads, it only counts. */
final class Problems {
  private static final int MOST = 200;

  private final List<DefinitionProblem> found = new ArrayList<>();
  private final Consumer<Finding> listener;
  private int more;

  Problems() {
    this(_ -> {});
  }

  /**
   * As above.
   *
   * @param listener is told of every problem that is kept
   */
  Problems(Consumer<Finding> listener) {
    this.listener = listener;
  }

  /**
   * Keeps a problem.
   *
   * @param message what is shown where only the pointer is known
   */
  void add(Finding finding, String message) {
    if (found.size() < MOST) {
      found.add(new DefinitionProblem(finding.pointer(), message, finding.suggestion()));
      listener.accept(finding);
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
