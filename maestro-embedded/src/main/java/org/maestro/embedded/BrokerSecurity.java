package org.maestro.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A broker's certificate and users, made once per folder: TLS, and passwords within it. */
final class BrokerSecurity {
  private static final String STORE_PASSWORD = "embedded";
  private static final String USER = "maestro";
  private static final String USER_PASSWORD = "embedded-user";
  private static final String BROKER = "broker";

  private final Path folder;

  private BrokerSecurity(Path folder) {
    this.folder = folder;
  }

  static BrokerSecurity in(Path folder) {
    var security = new BrokerSecurity(folder);
    if (!Files.exists(security.trusted())) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new EmbeddedStartException("%s can't be made.".formatted(folder), e);
      }
      security.makeCertificate();
    }
    return security;
  }

  private void makeCertificate() {
    var certificate = folder.resolve("broker.pem").toString();
    keytool(
        List.of("-genkeypair", "-alias", BROKER, "-keyalg", "EC", "-validity", "3650"),
        List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"),
        List.of("-keystore", keys().toString()));
    keytool(
        List.of("-exportcert", "-rfc", "-alias", BROKER, "-file", certificate),
        List.of("-keystore", keys().toString()));
    keytool(
        List.of("-importcert", "-noprompt", "-alias", BROKER, "-file", certificate),
        List.of("-keystore", trusted().toString()));
  }

  @SafeVarargs
  private static void keytool(List<String>... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (var some : arguments) {
      command.addAll(some);
    }
    command.addAll(List.of("-storepass", STORE_PASSWORD, "-storetype", "PKCS12"));
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new EmbeddedStartException("keytool can't make the broker's certificate.");
      }
    } catch (IOException e) {
      throw new EmbeddedStartException("keytool can't be run: " + e.getMessage() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("Interrupted while the certificate was made.", e);
    }
  }

  private Path keys() {
    return folder.resolve("broker.p12");
  }

  private Path trusted() {
    return folder.resolve("trusted.p12");
  }

  void secure(Properties p, int port) {
    p.setProperty(
        "listeners",
        p.getProperty("listeners")
            .replace("PLAINTEXT://127.0.0.1:" + port, "SASL_SSL://127.0.0.1:" + port));
    p.setProperty("advertised.listeners", "SASL_SSL://127.0.0.1:" + port);
    p.setProperty("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "SASL_SSL");
    p.setProperty("sasl.enabled.mechanisms", "PLAIN");
    p.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
    p.setProperty(
        "listener.name.sasl_ssl.plain.sasl.jaas.config",
        login(BROKER, USER_PASSWORD)
            .replace(
                ";",
                " user_%s=\"%s\" user_%s=\"%s\";"
                    .formatted(BROKER, USER_PASSWORD, USER, USER_PASSWORD)));
    p.setProperty("ssl.keystore.location", keys().toString());
    p.setProperty("ssl.keystore.password", STORE_PASSWORD);
    p.setProperty("ssl.keystore.type", "PKCS12");
    p.setProperty("ssl.truststore.location", trusted().toString());
    p.setProperty("ssl.truststore.password", STORE_PASSWORD);
    p.setProperty("ssl.truststore.type", "PKCS12");
  }

  Map<String, String> clientProperties() {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(USER, USER_PASSWORD),
        "ssl.truststore.location",
        trusted().toString(),
        "ssl.truststore.password",
        STORE_PASSWORD,
        "ssl.truststore.type",
        "PKCS12");
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }
}
