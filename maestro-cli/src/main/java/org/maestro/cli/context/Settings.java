package org.maestro.cli.context;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.server.Connection;
import org.maestro.sel.Spelling;

/**
 * Decides which server is meant and who asks it: options win over the environment, the environment
 * over the context, the context over the defaults.
 *
 * @param context the name of a context; null if not given, as all of these
 */
public record Settings(
    @Nullable String context,
    @Nullable String server,
    @Nullable String user,
    @Nullable String token,
    @Nullable Path tokenFile) {
  public static final String DEFAULT_SERVER = "http://127.0.0.1:8080";

  /** The connection that holds. The token of a context goes to the server of that context only. */
  public Connection connection(
      Map<String, String> environment, ContextFile file, @Nullable String systemUser) {
    var saved = contextInUse(environment, file);
    var given = first(server, environment.get("MAESTRO_SERVER"));
    var address = address(first(given, saved == null ? null : saved.server(), DEFAULT_SERVER));
    var isOfContext = saved != null && address.equals(address(saved.server()));
    return new Connection(
        address,
        first(
            user,
            environment.get("MAESTRO_USER"),
            isOfContext ? Objects.requireNonNull(saved).user() : null,
            systemUser),
        token(environment, isOfContext ? saved : null));
  }

  private @Nullable Context contextInUse(Map<String, String> environment, ContextFile file) {
    var named = first(context, environment.get("MAESTRO_CONTEXT"));
    if (named == null && first(server, environment.get("MAESTRO_SERVER")) != null) {
      return null; // what the address says is all there is to know
    }
    var contexts = file.read();
    var name = first(named, contexts.current());
    if (name == null) {
      return null;
    }
    var found = contexts.byName().get(name);
    if (found == null) {
      throw unknown(name, contexts);
    }
    return found;
  }

  /** Says that there is no such context. */
  public static CommandFailure unknown(String name, Contexts contexts) {
    var names = List.copyOf(contexts.sorted().keySet());
    var nearest = Spelling.nearestOrBeginning(name, names);
    return new CommandFailure(
        ExitCode.USAGE,
        "there is no context \"%s\"".formatted(name),
        List.of(
            nearest != null
                ? "did you mean \"%s\"?".formatted(nearest)
                : names.isEmpty()
                    ? "add one: maestro context add NAME --server URL"
                    : "there are: " + String.join(", ", names)));
  }

  private @Nullable String token(Map<String, String> environment, @Nullable Context saved) {
    if (token != null) {
      return token;
    }
    if (tokenFile != null) {
      return ContextFile.token(tokenFile);
    }
    var direct = first(environment.get("MAESTRO_TOKEN"));
    if (direct != null) {
      return direct;
    }
    var named = first(environment.get("MAESTRO_TOKEN_FILE"));
    if (named != null) {
      return ContextFile.token(Path.of(named));
    }
    if (saved == null) {
      return null;
    }
    if (saved.token() != null) {
      return saved.token();
    }
    return saved.tokenFile() == null ? null : ContextFile.token(Path.of(saved.tokenFile()));
  }

  /**
   * Reads an address.
   *
   * @throws CommandFailure if it is none
   */
  public static URI address(@Nullable String text) {
    try {
      var uri = URI.create(Objects.requireNonNull(text).replaceFirst("/+$", ""));
      var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getQuery() == null
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw CommandFailure.usage(
        "expected the server's address to be like %s, found \"%s\""
            .formatted(DEFAULT_SERVER, text));
  }

  /** Whether a token would travel unencrypted to another machine. */
  public static boolean isExposed(Connection connection) {
    var host = connection.server().getHost();
    return connection.token() != null
        && "http".equalsIgnoreCase(connection.server().getScheme())
        && !(host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }

  private static @Nullable String first(@Nullable String... values) {
    for (var value : values) {
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }
}
