package org.maestro.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a log file says at its end. */
final class TextFile {

  private static final int LONGEST = 2_000;

  private TextFile() {}

  /** The size in bytes; 0 for a file that isn't there. */
  static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** What was written after the first {@code from} bytes, or the end of it if it is long. */
  static String tail(Path file, long from) {
    try {
      byte[] all = Files.readAllBytes(file);
      int start = (int) Math.max(Math.min(from, all.length), all.length - (long) LONGEST);
      return new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(no log)";
    }
  }
}
