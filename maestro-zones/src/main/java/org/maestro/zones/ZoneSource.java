package org.maestro.zones;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the zone rules come from: the file that ships with Maestro, or one that the operator names.
 *
 * @param place for people
 */
record ZoneSource(ZoneFile file, String place) {
  private static final String NAME = "tzdata.zi";

  /** The rules that ship with Maestro. */
  static ZoneSource shipped() {
    try (var stream = ZoneSource.class.getResourceAsStream(NAME)) {
      if (stream == null) {
        throw new IllegalStateException("expected " + NAME + " beside the classes, found none");
      }
      return new ZoneSource(read(stream), "shipped with Maestro");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZoneFile read(InputStream stream) throws IOException {
    return ZoneFile.read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
  }

  /**
   * The rules of a path: the file itself, a folder with it ({@code /usr/share/zoneinfo}), or a zip
   * with it (the wheel of Python's {@code tzdata}).
   *
   * @throws IllegalArgumentException if there are none; the message says what to do
   */
  static ZoneSource at(String path) {
    try {
      return new ZoneSource(read(Path.of(path)), path);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          ("%s: expected time-zone rules, found: %s. Name a %s, a folder or a zip that has one,"
                  + " such as the wheel of tzdata, or leave the setting out to go by the rules that"
                  + " ship with Maestro")
              .formatted(path, e.getMessage() == null ? e.toString() : e.getMessage(), NAME),
          e);
    }
  }

  private static ZoneFile read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var found = Files.find(path, 3, (file, _) -> file.endsWith(NAME))) {
        var file =
            found
                .sorted()
                .findFirst()
                .orElseThrow(() -> new IOException("a folder without " + NAME));
        return read(file);
      }
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("no file or folder");
    }
    if (isZip(path)) {
      return readZip(path);
    }
    try (var stream = Files.newInputStream(path)) {
      return read(stream);
    }
  }

  private static boolean isZip(Path path) throws IOException {
    try (var stream = Files.newInputStream(path)) {
      return stream.read() == 'P' && stream.read() == 'K';
    }
  }

  private static ZoneFile readZip(Path path) throws IOException {
    try (var zip = new ZipFile(path.toFile())) {
      var entry =
          zip.stream()
              .filter(one -> one.getName().equals(NAME) || one.getName().endsWith("/" + NAME))
              .findFirst()
              .orElseThrow(() -> new IOException("a zip without " + NAME));
      try (var stream = zip.getInputStream(entry)) {
        return read(stream);
      }
    }
  }

  /** What the operator or the process's start names; the shipped rules if nobody names any. */
  static ZoneSource chosen(@Nullable String property, @Nullable String environment) {
    var path = property == null ? environment : property;
    return path == null || path.isBlank() ? shipped() : at(path);
  }
}
