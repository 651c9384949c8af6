package org.maestro.engine.notification.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.Receiver;
import org.maestro.engine.notification.send.NotifySettings.Smtp;
import org.maestro.engine.notification.send.NotifySettings.Tls;
import org.subethamail.smtp.server.SMTPServer;

/** Mail servers with certificates: whom they are vouched for, and whom they aren't. */
class MailChannelTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final SSLContext BEFORE = defaultContext();

  @TempDir static Path dir;

  private static KeyStore ours;
  private static KeyStore ofAnotherHost;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private SMTPServer server;

  private static SSLContext defaultContext() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void makeCertificates() throws Exception {
    ours = keys("localhost");
    ofAnotherHost = keys("mail.example.org");
  }

  @AfterAll
  static void trustAsBefore() {
    SSLContext.setDefault(BEFORE);
  }

  @AfterEach
  void stop() {
    server.stop();
    SSLContext.setDefault(BEFORE);
  }

  private static KeyStore keys(String host) throws Exception {
    var file = dir.resolve(host + ".p12");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static SSLContext serving(KeyStore keys) throws Exception {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** As an operator does with a certificate authority of their own. */
  private static void trust(KeyStore keys) throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLContext.setDefault(context);
  }

  private SMTPServer.Builder mailServer() throws Exception {
    return SMTPServer.port(0)
        .bindAddress(InetAddress.getByName("localhost"))
        .messageHandler((_, from, to, data) ->
            received.add(from + " " + to + " " + new String(data, StandardCharsets.UTF_8)));
  }

  private void start(SMTPServer.Builder builder) {
    server = builder.build();
    server.start();
  }

  private Delivery send(Tls tls) {
    var settings =
        new Smtp("localhost", server.getPortAllocated(), "maestro@example.org", tls, null, null);
    return new MailChannel(settings, Duration.ofSeconds(10))
        .send(
            new Message(
                "msg_1",
                AlertEvent.FAILURE,
                new Receiver(Receiver.Kind.EMAIL, "ada@example.org"),
                0,
                "orders#1.1 FAILED",
                "the text",
                null,
                Map.of()));
  }

  private void assertArrived() {
    assertThat(received)
        .singleElement()
        .asString()
        .startsWith("maestro@example.org ada@example.org ")
        .contains("Subject: orders#1.1 FAILED", "<msg_1@example.org>", "the text");
  }

  @Test
  void aConnectionThatBeginsInTheClearGoesOnInTls() throws Exception {
    start(mailServer().enableTLS().requireTLS().startTlsSocketFactory(serving(ours)));
    trust(ours);
    assertThat(send(Tls.STARTTLS)).isInstanceOf(Delivery.Taken.class);
    assertArrived();
  }

  @Test
  void aConnectionIsInTlsFromTheFirstByte() throws Exception {
    start(mailServer().serverSocketFactory(serving(ours)));
    trust(ours);
    assertThat(send(Tls.IMPLICIT)).isInstanceOf(Delivery.Taken.class);
    assertArrived();
  }

  @Test
  void nothingIsSentInTheClearWhereTlsIsAskedFor() throws Exception {
    start(mailServer());
    assertNotTaken(send(Tls.STARTTLS), "STARTTLS is required");
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothing() throws Exception {
    start(mailServer().enableTLS().startTlsSocketFactory(serving(ours)));
    assertNotTaken(send(Tls.STARTTLS), "unable to find valid certification path");
  }

  @Test
  void aServerThatNobodyVouchesForGetsNothingFromTheFirstByteEither() throws Exception {
    start(mailServer().serverSocketFactory(serving(ours)));
    assertNotTaken(send(Tls.IMPLICIT), "unable to find valid certification path");
  }

  @Test
  void aCertificateOfAnotherHostIsNoneOfThisOne() throws Exception {
    start(mailServer().enableTLS().startTlsSocketFactory(serving(ofAnotherHost)));
    trust(ofAnotherHost);
    assertNotTaken(send(Tls.STARTTLS), "localhost");
  }

  /** It may be mended: the notification is tried again. */
  private void assertNotTaken(Delivery delivery, String words) {
    assertThat(delivery)
        .isInstanceOfSatisfying(
            Delivery.NotTaken.class,
            not -> {
              assertThat(not.forGood()).isFalse();
              assertThat(not.why()).contains(words);
            });
    assertThat(received).isEmpty();
  }
}
