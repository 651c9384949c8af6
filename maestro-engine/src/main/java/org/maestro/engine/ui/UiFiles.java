package org.maestro.engine.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.service.security.OpenPaths;

/**
 * The files of the UI by path, in memory: read once, when the engine starts, and empty if it was
 * built without. Each page of the UI is the same file, which finds out from its address what to
 * show.
 */
final class UiFiles implements OpenPaths {
  /** Names what there is, a line each. */
  private static final String INDEX = "files.txt";

  private static final String PAGE = "/index.html";

  /** Where the UI is besides {@code /} and what lies below workflows and back-fills. */
  private static final Set<String> PLACES =
      Set.of("/runs", "/workflows", "/edit", "/signals", "/lineage", "/operations", "/templates");

  /** The last step of the build gives these names that change with their contents. */
  private static final String HASHED = "/assets/";

  private final Map<String, UiFile> byPath = new HashMap<>();

  /**
   * Reads all.
   *
   * @param source opens the file of a name; null if there is none
   */
  UiFiles(Function<String, @Nullable InputStream> source) {
    var index = read(source, INDEX);
    if (index == null) {
      return;
    }
    new String(index, StandardCharsets.UTF_8)
        .lines()
        .forEach(name -> {
          var plain = read(source, name);
          if (plain == null) {
            throw new IllegalStateException(
                INDEX + " of the UI names " + name + ", which is missing; build it again");
          }
          var file =
              new UiFile(name, plain, read(source, name + ".gz"), read(source, name + ".br"));
          byPath.put("/" + name, file);
        });
  }

  private static byte @Nullable [] read(
      Function<String, @Nullable InputStream> source, String name) {
    try (var in = source.apply(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the engine was built with a UI. */
  boolean areThere() {
    return byPath.containsKey(PAGE);
  }

  /** What is at a path; null if that isn't the UI's. */
  @Nullable UiFile at(String path) {
    return byPath.get(isPage(path) ? PAGE : path);
  }

  /** Whether what is at a path never changes. */
  static boolean isForever(String path) {
    return path.startsWith(HASHED);
  }

  /** The addresses that the UI itself gives to its pages. */
  static boolean isPage(String path) {
    return path.equals("/")
        || PLACES.contains(path)
        || path.startsWith("/backfills/")
        || path.startsWith("/workflows/");
  }

  @Override
  public boolean contains(String path) {
    return isPage(path) || byPath.containsKey(path);
  }
}
