package org.maestro.engine.definition;

import org.maestro.service.problem.ApiException;

/** Which version of a workflow is meant. */
public sealed interface VersionSelector {
  VersionSelector ACTIVE = new Active();
  VersionSelector LATEST = new Latest();
  VersionSelector DEFAULT = new Default();

  /** The one that triggers start; there may be none. */
  record Active() implements VersionSelector {}

  /** The one that was pushed last. */
  record Latest() implements VersionSelector {}

  /** The active one, or the latest if none is active. */
  record Default() implements VersionSelector {}

  /** Exactly this one. */
  record Exactly(long versionId) implements VersionSelector {}

  /**
   * Reads {@code active}, {@code latest}, {@code default} or a number.
   *
   * @throws ApiException 400 for anything else
   */
  static VersionSelector of(String text) {
    return switch (text) {
      case "active" -> ACTIVE;
      case "latest" -> LATEST;
      case "default" -> DEFAULT;
      default -> number(text);
    };
  }

  private static VersionSelector number(String text) {
    try {
      var number = Long.parseLong(text);
      if (number > 0) {
        return new Exactly(number);
      }
    } catch (NumberFormatException _) {
      // Refused below, as every other text that is no version.
    }
    throw ApiException.badRequest(
        "invalid-version",
        "version: expected active, latest, default or a positive number, found \"%s\""
            .formatted(text));
  }
}
