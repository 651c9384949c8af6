package org.maestro.engine.notification.send;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.Channels;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The channels by which people are told about runs, and how patiently. The same on all nodes.
 * Addresses are texts here, so that nothing but this says what is wrong with one: it may be a
 * secret.
 *
 * @param publicUrl where people find the UI, such as {@code https://maestro.example.org}; null
 *     leaves links out
 * @param webhooks by the names that definitions use
 * @param slack Slack channels by the names that definitions use, without {@code #}
 * @param smtp the server that takes e-mails; null for none
 * @param timeout of one attempt: from connecting to the end of the answer; of an e-mail, for each
 *     answer of the server
 * @param concurrency how much is sent to one channel at a time by one node
 * @param attempts how often one is tried before it is given up
 * @param firstPause after the first failed attempt; doubles with each further one
 * @param longestPause what it doubles up to
 * @param lease after so long without a word another node sends what one was about to send; longer
 *     than an attempt takes
 * @param lookEvery how often a node looks for what others have left
 */
@ConfigurationProperties("maestro.notify")
public record NotifySettings(
    @Nullable String publicUrl,
    @DefaultValue Map<String, Webhook> webhooks,
    @DefaultValue Map<String, Slack> slack,
    @Nullable Smtp smtp,
    @DefaultValue("15s") Duration timeout,
    @DefaultValue("4") int concurrency,
    @DefaultValue("20") int attempts,
    @DefaultValue("10s") Duration firstPause,
    @DefaultValue("1h") Duration longestPause,
    @DefaultValue("5m") Duration lease,
    @DefaultValue("10s") Duration lookEvery) {

  public NotifySettings {
    webhooks = Map.copyOf(new TreeMap<>(webhooks));
    slack = Map.copyOf(new TreeMap<>(slack));
    webhooks.forEach((name, webhook) -> webhook.check("maestro.notify.webhooks." + name));
    slack.forEach((name, channel) -> channel.check("maestro.notify.slack." + name));
    if (smtp != null) {
      smtp.check();
    }
    if (publicUrl != null) {
      var _ = Urls.parse("maestro.notify.public-url", publicUrl);
    }
    if (concurrency < 1 || attempts < 1) {
      throw new IllegalArgumentException(
          "maestro.notify: expected concurrency and attempts of at least 1, found %d and %d"
              .formatted(concurrency, attempts));
    }
    if (lease.compareTo(timeout.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "maestro.notify.lease: expected at least twice maestro.notify.timeout (%s), found %s"
              .formatted(timeout, lease));
    }
  }

  /** What definitions can name. */
  public Channels channels() {
    return new Channels(smtp != null, webhooks.keySet(), slack.keySet());
  }

  /**
   * A webhook as of the Standard Webhooks specification.
   *
   * @param url that is posted to; redirects are not followed
   * @param secret {@code whsec_} and the base64 of 24 to 64 bytes, which bodies are signed with
   */
  public record Webhook(@Nullable String url, @Nullable String secret) {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private void check(String where) {
      var _ = Urls.parse(where + ".url", url);
      var _ = key(where);
    }

    /** The key that bodies are signed with. */
    byte[] key(String where) {
      byte[] key = {};
      try {
        if (secret != null && secret.startsWith(PREFIX)) {
          key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        }
      } catch (IllegalArgumentException _) {
        // said below, without the secret
      }
      if (key.length < SHORTEST || key.length > LONGEST) {
        throw new IllegalArgumentException(
            "%s.secret: expected whsec_ and the base64 of %d to %d bytes, found %s; echo whsec_$(openssl rand -base64 32) makes one"
                .formatted(where, SHORTEST, LONGEST, secret == null ? "none" : "something else"));
      }
      return key;
    }

    @Override
    public String toString() {
      return "Webhook[***]";
    }
  }

  /**
   * A Slack channel.
   *
   * @param url of the incoming webhook, which is a secret
   */
  public record Slack(@Nullable String url) {
    private void check(String where) {
      var _ = Urls.parse(where + ".url", url);
    }

    @Override
    public String toString() {
      return "Slack[***]";
    }
  }

  /** How a connection to a mail server is protected. */
  public enum Tls {
    /** Not at all. */
    NONE,
    /** It begins in the clear and goes on in TLS, or not at all. */
    STARTTLS,
    /** TLS from the first byte. */
    IMPLICIT
  }

  /**
   * A mail server.
   *
   * @param host its name
   * @param port usually 587 for STARTTLS, 465 for IMPLICIT, 25 for NONE
   * @param from the address that mails come from
   * @param tls how the connection to it is protected
   * @param username null to send without credentials
   * @param password of that user
   */
  public record Smtp(
      @Nullable String host,
      @DefaultValue("587") int port,
      @Nullable String from,
      @DefaultValue("STARTTLS") Tls tls,
      @Nullable String username,
      @Nullable String password) {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@([^\\s@<>]+)");

    private void check() {
      if (host == null || host.isBlank()) {
        throw new IllegalArgumentException(
            "maestro.notify.smtp.host: expected the name of a mail server, found none");
      }
      if (from == null || !ADDRESS.matcher(from).matches()) {
        throw new IllegalArgumentException(
            "maestro.notify.smtp.from: expected an address such as maestro@example.org, found "
                + (from == null ? "none" : from));
      }
    }

    @Override
    public String toString() {
      return "Smtp[" + host + ":" + port + "]";
    }
  }
}
