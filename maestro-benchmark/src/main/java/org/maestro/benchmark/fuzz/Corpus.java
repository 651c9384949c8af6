package org.maestro.benchmark.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Texts to start from: what the project's own tests and examples are made of. */
record Corpus(List<String> expressions, List<String> yaml, List<String> json) {
  private static final String TABLES = "maestro-sel/src/test/resources/org/maestro/sel";
  private static final List<String> DEFINITIONS =
      List.of("maestro-dsl/src/test/resources", "examples");

  Corpus {
    expressions = List.copyOf(expressions);
    yaml = List.copyOf(yaml);
    json = List.copyOf(json);
  }

  /**
   * Reads it from a checkout.
   *
   * @throws IllegalArgumentException if the folder is no checkout
   */
  static Corpus of(Path checkout) throws IOException {
    if (!Files.isDirectory(checkout.resolve(TABLES))) {
      throw new IllegalArgumentException(
          "Expected --checkout to be a checkout of the project, found nothing in "
              + checkout.resolve(TABLES)
              + ".");
    }
    var expressions = new ArrayList<String>();
    for (var table : files(checkout, List.of(TABLES), ".tsv")) {
      for (var line : Files.readAllLines(table)) {
        // Which column the expression is in differs; the others are text that gets damaged, too.
        if (!line.startsWith("#")) {
          List.of(line.split("\t")).stream()
              .filter(cell -> !cell.isBlank())
              .forEach(expressions::add);
        }
      }
    }
    return new Corpus(expressions, texts(checkout, ".yaml"), texts(checkout, ".json"));
  }

  private static List<String> texts(Path checkout, String ending) throws IOException {
    var texts = new ArrayList<String>();
    for (var file : files(checkout, DEFINITIONS, ending)) {
      texts.add(Files.readString(file));
    }
    return texts;
  }

  /** In the order of their names, because a case picks them by number. */
  private static List<Path> files(Path checkout, List<String> folders, String ending)
      throws IOException {
    var found = new ArrayList<Path>();
    for (var folder : folders) {
      try (var files = Files.walk(checkout.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(ending)).sorted().forEach(found::add);
      }
    }
    return found;
  }
}
