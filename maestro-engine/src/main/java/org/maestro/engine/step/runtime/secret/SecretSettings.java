package org.maestro.engine.step.runtime.secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where secrets are kept that definitions name, and who may use them. There are none by default.
 *
 * @param scopes by the name that definitions write, in lower case
 */
@ConfigurationProperties("maestro.secrets")
public record SecretSettings(@DefaultValue Map<String, Scope> scopes) {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

  public SecretSettings {
    scopes = Map.copyOf(scopes);
    scopes.forEach((name, scope) -> scope.check("maestro.secrets.scopes." + name));
    scopes.keySet().stream()
        .filter(name -> !name.matches(NAME))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "maestro.secrets.scopes.%s: expected a name of up to 63 of a-z, 0-9 and -"
                  .formatted(name));
        });
  }

  /** No secrets. */
  public static final SecretSettings NONE = new SecretSettings(Map.of());

  /**
   * Secrets that are kept in one place. Exactly one of {@code environment}, {@code folder}, {@code
   * vault} and {@code kubernetes} is given.
   *
   * @param owners whose workflows may use them; {@code *} stands for all, empty for none
   * @param workflows which workflows may use them besides; {@code *} stands for all
   * @param environment a prefix of the engine's own environment variables: {@code db/password} is
   *     the variable {@code PREFIX_DB_PASSWORD}
   * @param folder with a file for each secret, {@code db/password} in a folder {@code db}; one line
   *     break at its end is not part of it
   */
  public record Scope(
      @DefaultValue List<String> owners,
      @DefaultValue List<String> workflows,
      @Nullable String environment,
      @Nullable Path folder,
      @Nullable Vault vault,
      @Nullable Kubernetes kubernetes) {

    public Scope {
      owners = List.copyOf(owners);
      workflows = List.copyOf(workflows);
    }

    private void check(String where) {
      var given =
          Stream.of(environment, folder, vault, kubernetes).filter(one -> one != null).count();
      if (given != 1) {
        throw new IllegalArgumentException(
            "%s: expected exactly one of environment, folder, vault and kubernetes, found %d"
                .formatted(where, given));
      }
      if (environment != null && !environment.matches("[A-Z][A-Z0-9_]*")) {
        throw new IllegalArgumentException(
            "%s.environment: expected a prefix of capital letters, digits and _, such as ETL_SECRET"
                .formatted(where));
      }
      if (folder != null && !folder.isAbsolute()) {
        throw new IllegalArgumentException(
            "%s.folder: expected an absolute path, found \"%s\"".formatted(where, folder));
      }
      if (vault != null) {
        requireHttp(where + ".vault.address", vault.address());
      }
      if (kubernetes != null) {
        requireHttp(where + ".kubernetes.address", kubernetes.address());
      }
    }

    private static void requireHttp(String where, URI address) {
      if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
        throw new IllegalArgumentException(
            "%s: expected the address of a server such as https://vault.example.org:8200"
                .formatted(where));
      }
    }

    boolean isFor(String owner, String workflow) {
      return owners.contains("*")
          || owners.contains(owner)
          || workflows.contains("*")
          || workflows.contains(workflow);
    }
  }

  /**
   * The key-value engine, version 2, of Vault or OpenBao. {@code db/password} is the field {@code
   * password} of the entry {@code db}.
   *
   * @param address of the server
   * @param mount where the engine is mounted
   * @param path of the entries, within it; may be empty
   * @param tokenFile holds the token, read at every use: an agent may renew it
   * @param timeout for an answer
   */
  public record Vault(
      URI address,
      @DefaultValue("secret") String mount,
      @DefaultValue("") String path,
      Path tokenFile,
      @DefaultValue("10s") Duration timeout) {}

  /**
   * Secrets of a Kubernetes namespace. {@code db/password} is the key {@code password} of the
   * Secret {@code db}.
   *
   * @param address of the API server
   * @param namespace where they are
   * @param tokenFile holds the token of a service account that may get them, read at every use
   * @param caFile the certificates that the server's is checked against, in PEM; without it those
   *     of the Java installation
   * @param timeout for an answer
   */
  public record Kubernetes(
      @DefaultValue("https://kubernetes.default.svc") URI address,
      String namespace,
      @DefaultValue("/var/run/secrets/kubernetes.io/serviceaccount/token") Path tokenFile,
      @Nullable Path caFile,
      @DefaultValue("10s") Duration timeout) {}
}
