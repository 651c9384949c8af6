package org.maestro.service.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows callers by bearer tokens, of which it holds the SHA-256 digests only. */
final class TokenAuthenticator implements Authenticator {
  private static final int MAX_TOKEN_CHARS = 1_024;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final String EMPTY_TOKEN =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Map<String, Caller> callers;

  /** By name, of all tokens. */
  private final Map<String, Set<Role>> roles;

  /**
   * @throws IllegalStateException if a token's digest is not one, or appears twice
   */
  TokenAuthenticator(List<SecuritySettings.Token> tokens) {
    var byDigest = new HashMap<String, Caller>();
    for (var token : tokens) {
      if (!SHA256.matcher(token.sha256()).matches() || token.sha256().equals(EMPTY_TOKEN)) {
        throw new IllegalStateException(
            "token of \"%s\": expected the SHA-256 of a token as 64 lower-case hex digits"
                .formatted(token.principal()));
      }
      if (token.principal().isBlank()) {
        throw new IllegalStateException("token: expected a principal, found none");
      }
      var caller = new Caller(token.principal(), Set.copyOf(token.roles()));
      if (byDigest.put(token.sha256(), caller) != null) {
        throw new IllegalStateException(
            "token of \"%s\": its digest appears twice".formatted(token.principal()));
      }
    }
    this.callers = Map.copyOf(byDigest);
    var byName = new HashMap<String, Set<Role>>();
    for (var caller : byDigest.values()) {
      byName.computeIfAbsent(caller.name(), _ -> new HashSet<>()).addAll(caller.roles());
    }
    this.roles = Map.copyOf(byName);
  }

  /** Reads a token file. */
  static List<SecuritySettings.Token> read(Path file) {
    try {
      var tokens = new ArrayList<SecuritySettings.Token>();
      for (var line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          tokens.add(token(file, line.strip().split("\\s+")));
        }
      }
      return tokens;
    } catch (IOException e) {
      throw new IllegalStateException("token file " + file + ": cannot be read", e);
    }
  }

  private static SecuritySettings.Token token(Path file, String[] words) {
    if (words.length < 2 || words.length > 3) {
      throw new IllegalStateException(
          "token file %s: expected lines of digest, principal, roles".formatted(file));
    }
    var roles =
        words.length == 2
            ? List.of(Role.USER)
            : Arrays.stream(words[2].split(","))
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .toList();
    return new SecuritySettings.Token(words[0], words[1], roles);
  }

  @Override
  public Optional<Caller> authenticate(HttpServletRequest request) {
    var header = request.getHeader("Authorization");
    if (header == null
        || header.length() > MAX_TOKEN_CHARS
        || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.empty();
    }
    // The table's key is a digest, so the time of the look-up tells nothing about the token.
    return Optional.ofNullable(callers.get(digest(header.substring(7).strip())));
  }

  @Override
  public Set<Role> rolesOf(String name) {
    return roles.getOrDefault(name, Set.of());
  }

  static String digest(String token) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
