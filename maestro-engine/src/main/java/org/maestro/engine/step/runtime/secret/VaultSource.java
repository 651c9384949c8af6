package org.maestro.engine.step.runtime.secret;

import java.util.Optional;
import org.maestro.engine.step.runtime.secret.SecretException.Away;
import tools.jackson.databind.JsonNode;

/**
 * Secrets in the key-value engine, version 2, of Vault or OpenBao:
 * https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version.
 */
final class VaultSource implements SecretSource {
  private final SecretSettings.Vault settings;
  private final SecretServer server;

  VaultSource(SecretSettings.Vault settings) {
    this.settings = settings;
    this.server =
        new SecretServer(settings.address(), settings.tokenFile(), null, settings.timeout());
  }

  @Override
  public Optional<String> read(String name) throws Away {
    var slash = name.lastIndexOf('/');
    if (slash < 0) {
      return Optional.empty(); // an entry has fields, and no value of its own
    }
    return server
        .get("/v1/" + entry("data", name.substring(0, slash)), "X-Vault-Token", "")
        .map(answer -> answer.path("data").path("data").path(name.substring(slash + 1)))
        .filter(JsonNode::isValueNode)
        .filter(value -> !value.isNull())
        .map(JsonNode::asString);
  }

  private String entry(String kind, String path) {
    return settings.mount()
        + "/"
        + kind
        + "/"
        + (settings.path().isEmpty() ? "" : settings.path() + "/")
        + path;
  }

  @Override
  public String place(String name) {
    var slash = name.lastIndexOf('/');
    return slash < 0
        ? "no entry of %s: write ENTRY/FIELD".formatted(settings.address())
        : "the field %s of %s at %s"
            .formatted(
                name.substring(slash + 1),
                entry("data", name.substring(0, slash)),
                settings.address());
  }
}
