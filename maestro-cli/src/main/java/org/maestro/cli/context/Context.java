package org.maestro.cli.context;

import org.jspecify.annotations.Nullable;

/**
 * A server under a name.
 *
 * @param user the development identity; null for the default
 * @param token kept in the file of contexts, which nobody else can read; null for none
 * @param tokenFile a file whose first line is the token, read at every use; null for none
 */
public record Context(
    String name,
    String server,
    @Nullable String user,
    @Nullable String token,
    @Nullable String tokenFile) {

  /** Never shows the token. */
  @Override
  public String toString() {
    return "Context[" + name + ", " + server + "]";
  }
}
