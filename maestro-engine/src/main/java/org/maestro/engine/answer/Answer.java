package org.maestro.engine.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The body of an answer as it was written once; compressed, too, once somebody wants it so. */
final class Answer {
  /** Smaller ones go in one packet anyway. */
  private static final int WORTH_COMPRESSING = 1_400;

  private final byte[] body;
  private final @Nullable String type;
  private final String tag;
  private volatile byte @Nullable [] compressed;

  Answer(byte[] body, @Nullable String type) {
    this.body = body;
    this.type = type;
    this.tag = tagOf(body);
  }

  private static String tagOf(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to know SHA-256", e);
    }
  }

  byte[] body() {
    return body;
  }

  @Nullable String type() {
    return type;
  }

  /** Says whether two answers are the same, however they are encoded. */
  String tag() {
    return tag;
  }

  boolean isWorthCompressing() {
    return body.length >= WORTH_COMPRESSING;
  }

  byte[] compressed() {
    var known = compressed;
    if (known == null) {
      known = compress(body);
      compressed = known;
    }
    return known;
  }

  private static byte[] compress(byte[] body) {
    var bytes = new ByteArrayOutputStream(body.length / 4);
    try (var gzip = new Fast(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** JSON becomes an eighth of what it was either way. */
  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(1);
    }
  }
}
