package org.maestro.engine.ui;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A file of the UI, in the encodings in which it can be sent. */
final class UiFile {
  private final String type;
  private final String tag;
  private final byte[] plain;
  private final byte @Nullable [] gzip;
  private final byte @Nullable [] brotli;

  UiFile(String name, byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli) {
    var sum = new CRC32C();
    sum.update(plain);
    this.type = typeOf(name);
    this.tag = "W/\"%08x-%x\"".formatted(sum.getValue(), plain.length);
    this.plain = plain;
    this.gzip = gzip;
    this.brotli = brotli;
  }

  String type() {
    return type;
  }

  /** What its ETag is, whatever the encoding. */
  String tag() {
    return tag;
  }

  byte[] plain() {
    return plain;
  }

  byte @Nullable [] gzip() {
    return gzip;
  }

  byte @Nullable [] brotli() {
    return brotli;
  }

  private static String typeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "json" -> "application/json";
      default -> "application/octet-stream";
    };
  }
}
