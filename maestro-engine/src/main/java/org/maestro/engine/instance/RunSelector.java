package org.maestro.engine.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;

/** Reads {@code latest} or a number, as paths name runs and attempts. */
public final class RunSelector {
  private RunSelector() {}

  /**
   * The number of a run; null for the latest.
   *
   * @throws ApiException 400 if it is neither
   */
  public static @Nullable Long run(String text) {
    return of("run", "invalid-run", text);
  }

  /**
   * The number of a step attempt; null for the latest.
   *
   * @throws ApiException 400 if it is neither
   */
  public static @Nullable Long attempt(String text) {
    return of("attempt", "invalid-attempt", text);
  }

  private static @Nullable Long of(String what, String code, String text) {
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
        code, "%s: expected latest or a number from 1, found \"%s\"".formatted(what, text));
  }
}
