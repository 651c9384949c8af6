package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import org.maestro.engine.step.runtime.secret.SecretException.Away;
import tools.jackson.databind.JsonNode;

/** Secrets of a Kubernetes namespace, over its API. */
final class KubernetesSource implements SecretSource {
  private final SecretSettings.Kubernetes settings;
  private final SecretServer server;

  KubernetesSource(SecretSettings.Kubernetes settings) {
    this.settings = settings;
    this.server =
        new SecretServer(
            settings.address(), settings.tokenFile(), settings.caFile(), settings.timeout());
  }

  @Override
  public Optional<String> read(String name) throws Away {
    var slash = name.indexOf('/');
    if (slash < 0 || name.indexOf('/', slash + 1) >= 0) {
      return Optional.empty();
    }
    var path =
        "/api/v1/namespaces/%s/secrets/%s"
            .formatted(settings.namespace(), name.substring(0, slash));
    return server
        .get(path, "Authorization", "Bearer ")
        .map(answer -> answer.path("data").path(name.substring(slash + 1)))
        .filter(JsonNode::isString)
        .map(value -> new String(Base64.getDecoder().decode(value.asString()), UTF_8));
  }

  @Override
  public String place(String name) {
    var slash = name.indexOf('/');
    return slash < 0
        ? "no Secret of the namespace %s: write SECRET/KEY".formatted(settings.namespace())
        : "the key %s of the Secret %s in the namespace %s"
            .formatted(name.substring(slash + 1), name.substring(0, slash), settings.namespace());
  }
}
