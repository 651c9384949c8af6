package org.maestro.cli.command;

import org.maestro.cli.name.Ref;
import org.maestro.model.loop.IterationView;

/** A loop and one of its iterations, which a name went through. */
record NamedIteration(Ref loop, IterationView iteration) {
  /** Such as {@code hello#12.1/each[17]}. */
  @Override
  public String toString() {
    return loop + "[" + iteration.index() + "]";
  }
}
