package org.maestro.engine.notification.send;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the addresses that the operator has given; they may be secrets and are never repeated. */
final class Urls {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private Urls() {}

  /**
   * Returns if the address can be called.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(String where, @Nullable URI url) {
    if (url == null
        || url.getScheme() == null
        || !SCHEMES.contains(url.getScheme())
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getFragment() != null) {
      throw new IllegalArgumentException(
          where
              + ": expected an address such as https://hooks.example.org/path, without user and fragment, found "
              + (url == null ? "none" : "something else"));
    }
  }
}
