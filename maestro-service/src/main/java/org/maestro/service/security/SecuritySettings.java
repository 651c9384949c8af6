package org.maestro.service.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in.
 *
 * @param dev whether to believe the {@code user} header; only on a loopback address; default false
 * @param security the accepted tokens
 */
@ConfigurationProperties("maestro")
public record SecuritySettings(
    @DefaultValue("false") boolean dev, @DefaultValue Security security) {

  /**
   * The accepted tokens.
   *
   * @param tokens in the configuration itself
   * @param tokenFile a file with one token per line: SHA-256 in hex, principal, roles separated by
   *     commas; empty lines and lines that begin with # do not count
   */
  public record Security(@DefaultValue List<Token> tokens, @Nullable String tokenFile) {
    public Security {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * One API token.
   *
   * @param sha256 lower-case hex digest of the token; the token itself is kept nowhere
   */
  public record Token(String sha256, String principal, @DefaultValue("USER") List<Role> roles) {
    public Token {
      roles = List.copyOf(roles);
    }
  }
}
