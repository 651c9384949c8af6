package org.maestro.sel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that an expression asks its {@link Scope} for, seen without evaluating it. */
public sealed interface Reference {
  /** Whether every evaluation comes by it, unless it fails before; else that depends on values. */
  boolean certain();

  /** Characters before it in the text. */
  int offset();

  /** A free name. */
  record Name(String name, boolean certain, int offset) implements Reference {}

  /**
   * A function of {@code params}.
   *
   * @param arguments those that are literal texts; null in the place of others
   */
  record Call(String function, List<@Nullable String> arguments, boolean certain, int offset)
      implements Reference {
    public Call {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }
  }
}
