package org.maestro.engine.notification.send;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook as of the Standard Webhooks specification: {@code webhook-id} is the message, {@code
 * webhook-timestamp} the attempt in seconds, {@code webhook-signature} {@code v1,} and the HMAC of
 * both and the body.
 */
final class WebhookChannel implements Channel {
  private static final String ALGORITHM = "HmacSHA256";

  private final URI url;
  private final byte[] key;
  private final HttpPost http;
  private final JsonMapper json;
  private final InstantSource clock;

  WebhookChannel(URI url, byte[] key, HttpPost http, JsonMapper json, InstantSource clock) {
    this.url = url;
    this.key = key.clone();
    this.http = http;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public Delivery send(Message message) throws InterruptedException {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", message.event().label());
    body.put("timestamp", Instant.ofEpochMilli(message.at()).toString());
    body.put("data", message.data());
    var bytes = json.writeValueAsBytes(body);
    var seconds = Long.toString(clock.millis() / 1_000);
    return http.send(
        url,
        Map.of(
            "webhook-id",
            message.id(),
            "webhook-timestamp",
            seconds,
            "webhook-signature",
            "v1," + signature(message.id(), seconds, bytes)),
        bytes);
  }

  private String signature(String id, String seconds, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every JDK to have " + ALGORITHM, e);
    }
  }
}
