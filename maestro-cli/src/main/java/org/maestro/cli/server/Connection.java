package org.maestro.cli.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and who asks it.
 *
 * @param server scheme, host and port, perhaps a path; without a slash at the end
 * @param user the name under which a server in development mode knows the caller; null for none
 * @param token what proves the caller to any other server; null for none
 */
public record Connection(URI server, @Nullable String user, @Nullable String token) {

  /** Never shows the token. */
  @Override
  public String toString() {
    return "Connection[" + server + ", user " + user + (token == null ? "" : ", a token") + "]";
  }
}
