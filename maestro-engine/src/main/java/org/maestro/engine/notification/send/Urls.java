package org.maestro.engine.notification.send;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the addresses that the operator has given; they may be secrets and are never repeated. */
final class Urls {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private Urls() {}

  /**
   * An address that can be called.
   *
   * @param where the setting that it is of
   * @throws IllegalArgumentException if it is something else
   */
  static URI parse(String where, @Nullable String text) {
    if (text != null) {
      try {
        var url = new URI(text.strip());
        if (url.getScheme() != null
            && SCHEMES.contains(url.getScheme())
            && url.getHost() != null
            && url.getUserInfo() == null
            && url.getFragment() == null) {
          return url;
        }
      } catch (URISyntaxException _) {
        // said below, without the address
      }
    }
    throw new IllegalArgumentException(
        where
            + ": expected an address such as https://hooks.example.org/path, without user and fragment, found "
            + (text == null ? "none" : "something else"));
  }
}
