package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.maestro.engine.step.runtime.AttemptRef;

/**
 * Tokens by which a job proves to the engine which attempt it is. They name nothing and open
 * nothing by themselves; they differ for every attempt and can't be made without the key.
 */
public final class AttemptTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private final SecretKeySpec key;

  /** Tokens under a key that all engines of one installation share. */
  public AttemptTokens(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Names the installation by its key, without telling anything of it. */
  public String fingerprint() {
    return mac("installation").substring(0, 16);
  }

  /** The token of an attempt, the same whenever asked. */
  public String issue(AttemptRef attempt) {
    return mac(attempt.uuid());
  }

  private String mac(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }

  /** Whether the token is the one of this attempt. */
  public boolean verify(AttemptRef attempt, String token) {
    return MessageDigest.isEqual(issue(attempt).getBytes(UTF_8), token.getBytes(UTF_8));
  }
}
