package org.maestro.engine.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;

/** Reads {@code latest} or a number, as paths name runs and attempts. */
public final class RunSelector {
  private RunSelector() {}

  /**
   * The number; null for the latest.
   *
   * @param what is selected, for the message
   * @throws ApiException 400 if it is neither
   */
  public static @Nullable Long of(String what, String text) {
    if (text.equals("latest")) {
      return null;
    }
    try {
      var number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw ApiException.badRequest(
        "invalid-" + what,
        "%s: expected latest or a number from 1, found \"%s\"".formatted(what, text));
  }
}
