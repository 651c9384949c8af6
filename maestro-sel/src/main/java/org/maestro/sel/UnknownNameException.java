package org.maestro.sel;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Scope} has no value of this name. The interpreter turns it into a {@link SelException}.
 */
public final class UnknownNameException extends RuntimeException {
  private final String name;
  private final @Nullable String suggestion;

  /** There is no such name. */
  public UnknownNameException(String name) {
    this(name, null);
  }

  /** There is no such name, and this is what its author may have meant. */
  public UnknownNameException(String name, @Nullable String suggestion) {
    super("there is no parameter " + name, null, false, false);
    this.name = name;
    this.suggestion = suggestion;
  }

  /** The name that was asked for. */
  public String name() {
    return name;
  }

  /** What to do about it, if the scope knows. */
  public @Nullable String suggestion() {
    return suggestion;
  }
}
