package org.maestro.param;

import org.jspecify.annotations.Nullable;

/** About how many characters values have as JSON: what they cost where they are kept and shown. */
public final class JsonLength {
  private JsonLength() {}

  /** Of a value of a parameter, a parameter, or a map or list of such. */
  public static long of(@Nullable Object value) {
    return Values.jsonLength(value);
  }
}
