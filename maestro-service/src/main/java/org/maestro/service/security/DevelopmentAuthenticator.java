package org.maestro.service.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.service.problem.ApiException;

/**
 * Believes the {@code user} header, for one developer on one machine: everybody is an
 * administrator. Serves requests for loopback host names only, so that a page in the developer's
 * browser cannot reach it through a name of its own (DNS rebinding) or from another origin.
 */
final class DevelopmentAuthenticator implements Authenticator {
  private static final String ANONYMOUS = "anonymous-dev";
  private static final int MAX_NAME_CHARS = 256;
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** Of {@code Sec-Fetch-Site}: our own page, or no page at all. */
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private static final Pattern PORT = Pattern.compile(":\\d+$");

  /** What nearly everybody calls this machine. */
  private static final Set<String> USUAL = Set.of("localhost", "127.0.0.1");

  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");

  /**
   * Checks that only this machine can reach the server.
   *
   * @throws IllegalStateException if it cannot be told or is not so
   */
  DevelopmentAuthenticator(@Nullable InetAddress boundTo) {
    if (boundTo == null || !boundTo.isLoopbackAddress()) {
      throw new IllegalStateException(
          "maestro.dev=true trusts every request: expected server.address to be a loopback address,"
              + " found "
              + (boundTo == null ? "none" : boundTo.getHostAddress())
              + "; set server.address=127.0.0.1, or configure tokens and maestro.dev=false");
    }
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request) {
    var host = request.getHeader("Host");
    requireLoopback("Host", hostOf(host));
    var origin = request.getHeader("Origin");
    if (origin != null) {
      requireLoopback("Origin", hostOfOrigin(origin));
    }
    if (!READS.contains(request.getMethod())) {
      requireOwnPage(host, origin, request.getHeader("Sec-Fetch-Site"));
    }
    var user = request.getHeader("user");
    if (user == null || user.isBlank()) {
      return Optional.of(new Caller(ANONYMOUS, Set.of(Role.ADMIN)));
    }
    if (user.length() > MAX_NAME_CHARS || user.chars().anyMatch(Character::isISOControl)) {
      throw ApiException.badRequest(
          "invalid-user", "header user: expected up to 256 printable characters");
    }
    return Optional.of(new Caller(user, Set.of(Role.ADMIN)));
  }

  @Override
  public Set<Role> rolesOf(String name) {
    return Set.of(Role.ADMIN);
  }

  /** Browsers say so of every request that may change something; other clients say nothing. */
  private static void requireOwnPage(
      @Nullable String host, @Nullable String origin, @Nullable String site) {
    var isForeignOrigin = origin != null && !origin.equalsIgnoreCase("http://" + host);
    var isForeignSite = site != null && !OWN_SITE.contains(site);
    if (isForeignOrigin || isForeignSite) {
      throw ApiException.forbidden(
          "foreign-page",
          "in development mode a page of another server, this machine's other ports included, may"
              + " change nothing here");
    }
  }

  private static void requireLoopback(String header, String host) {
    if (!USUAL.contains(host) && !LOOPBACK_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
      throw ApiException.forbidden(
          "not-loopback",
          "in development mode the header %s must name this machine's loopback address"
              .formatted(header));
    }
  }

  private static String hostOf(@Nullable String header) {
    return header == null ? "" : PORT.matcher(header).replaceFirst("");
  }

  private static String hostOfOrigin(String origin) {
    try {
      var host = URI.create(origin).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
