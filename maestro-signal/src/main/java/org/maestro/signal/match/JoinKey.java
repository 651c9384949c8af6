package org.maestro.signal.match;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a signal's join keys as one text: the same for the same values, in their order. */
public final class JoinKey {
  private static final int LONGEST = 64;

  private JoinKey() {}

  /** Of these parameters; empty if the signal lacks one of them. */
  public static Optional<String> of(List<String> keys, Map<String, Object> params) {
    if (!params.keySet().containsAll(keys)) {
      return Optional.empty();
    }
    var parts = keys.stream().map(params::get).map(EncodedValue::whole).toList();
    var all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length + 4).sum());
    // The length goes first, so that ("a", "bc") and ("ab", "c") differ.
    parts.forEach(part -> all.putInt(part.length).put(part));
    return Optional.of(
        HexFormat.of().formatHex(all.capacity() > LONGEST ? digest(all.array()) : all.array()));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
