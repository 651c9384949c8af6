package org.maestro.engine.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as it was written once; compressed, too, once somebody wants it so. A large
 * one is kept compressed alone, since whoever reads slowly holds it.
 */
final class Answer {
  /** Smaller ones go in one packet anyway. */
  private static final int WORTH_COMPRESSING = 1_400;

  /** Not kept but compressed. */
  static final int LARGE = 128 << 10;

  private final byte @Nullable [] body;
  private final int size;
  private final @Nullable String type;
  private final String tag;
  private volatile byte @Nullable [] compressed;

  Answer(byte[] body, @Nullable String type) {
    this.body = body.length <= LARGE ? body : null;
    this.size = body.length;
    this.type = type;
    this.tag = tagOf(body);
    if (this.body == null) {
      compressed = compress(body);
    }
  }

  private static String tagOf(byte[] body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to know SHA-256", e);
    }
  }

  /** As it was written; null for a large one. */
  byte @Nullable [] body() {
    return body;
  }

  @Nullable String type() {
    return type;
  }

  /** Says whether two answers are the same, however they are encoded. */
  String tag() {
    return tag;
  }

  /** Whether somebody can be given it who may take it compressed, or not. */
  boolean isFor(boolean takesGzip) {
    return body != null || takesGzip;
  }

  boolean isWorthCompressing() {
    return size >= WORTH_COMPRESSING;
  }

  byte[] compressed() {
    var known = compressed;
    if (known == null) {
      known = compress(Objects.requireNonNull(body));
      compressed = known;
    }
    return known;
  }

  /** Bytes that are kept, about. */
  int kept() {
    var known = compressed;
    return (body == null ? 0 : body.length) + (known == null ? 0 : known.length);
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
