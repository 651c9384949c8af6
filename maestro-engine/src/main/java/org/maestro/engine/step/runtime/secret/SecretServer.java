package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.secret.SecretException.Away;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server that keeps secrets, with a token from a file. Nothing of an answer is repeated. */
final class SecretServer {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient client;
  private final URI address;
  private final Path tokenFile;
  private final Duration timeout;
  private final JsonMapper json = JsonMapper.builder().build();

  SecretServer(URI address, Path tokenFile, @Nullable Path caFile, Duration timeout) {
    this.address = address;
    this.tokenFile = tokenFile;
    this.timeout = timeout;
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    if (caFile != null) {
      builder.sslContext(trusting(caFile));
    }
    client = builder.build();
  }

  private static SSLContext trusting(Path caFile) {
    try (var in = Files.newInputStream(caFile)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the certificates in %s can't be read: %s".formatted(caFile, e), e);
    }
  }

  /**
   * The answer to GET; empty if there is no such thing.
   *
   * @param scheme what the token is sent as, in which header
   */
  Optional<JsonNode> get(String path, String header, String scheme) throws Away {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(timeout)
            .header(header, scheme + token())
            .header("Accept", "application/json")
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case OK -> Optional.of(json.readTree(response.body()));
        case NOT_FOUND -> Optional.empty();
        default ->
            throw new Away(
                "%s answered %d; check the address, and what the token in %s may read"
                    .formatted(address, response.statusCode(), tokenFile));
      };
    } catch (JacksonException e) {
      throw new Away(address + " answered something else than JSON; check the address");
    } catch (IOException e) {
      throw new Away(address + " doesn't answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Away("the engine stops");
    }
  }

  private String token() throws Away {
    try {
      return Files.readString(tokenFile, UTF_8).strip();
    } catch (IOException e) {
      throw new Away(
          "the token in %s can't be read: %s".formatted(tokenFile, e.getClass().getSimpleName()));
    }
  }
}
