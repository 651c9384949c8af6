package org.maestro.cli.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.sel.Spelling;

/** Finds and reads the definitions that a command line names: files, folders, standard input. */
public final class LocalDefinitions {
  /** Standard input on the command line. */
  public static final String STDIN = "-";

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private final Path here;
  private final InputStream stdin;

  public LocalDefinitions(Path here, InputStream stdin) {
    this.here = here;
    this.stdin = stdin;
  }

  /**
   * All definitions in the named places. A folder stands for the {@code .yaml}, {@code .yml} and
   * {@code .json} files in it and below, in the order of their names, hidden ones left out.
   */
  public List<LocalDefinition> read(List<String> places) {
    var found = new ArrayList<LocalDefinition>();
    for (var file : files(places)) {
      var text = bytes(file);
      Definitions.readAll(text, nameFor(file, new String(text, StandardCharsets.UTF_8)))
          .forEach(reading -> found.add(new LocalDefinition(shown(file), reading)));
    }
    return found;
  }

  /** Exactly one definition. */
  public LocalDefinition readOne(String place) {
    var found = read(List.of(place));
    if (found.size() != 1) {
      throw CommandFailure.usage(
          "expected one definition in %s, found %d".formatted(place, found.size()),
          "name a file with one definition");
    }
    return found.getFirst();
  }

  private static String shown(String file) {
    return file.equals(STDIN) ? "<stdin>" : file;
  }

  /** What a file is called in messages; its ending says whether it is JSON. */
  public static String nameFor(String file, String text) {
    return file.equals(STDIN) && text.stripLeading().startsWith("{") ? "<stdin>.json" : shown(file);
  }

  /** The files that the places stand for, as the user would name them. */
  public List<String> files(List<String> places) {
    var files = new ArrayList<String>();
    for (var place : places) {
      if (place.equals(STDIN)) {
        files.add(place);
        continue;
      }
      var path = here.resolve(place);
      if (!Files.isDirectory(path)) {
        files.add(place);
        continue;
      }
      var inFolder = inFolder(path);
      if (inFolder.isEmpty()) {
        throw CommandFailure.usage(
            "expected definitions in the folder %s, found none".formatted(place),
            "definitions end with " + String.join(", ", ENDINGS));
      }
      inFolder.forEach(file -> files.add(Path.of(place).resolve(path.relativize(file)).toString()));
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) {
    try (var walk = Files.walk(folder)) {
      return walk.filter(file -> isVisible(folder, file))
          .filter(
              file -> ENDINGS.stream().anyMatch(file.toString().toLowerCase(Locale.ROOT)::endsWith))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CommandFailure.usage("can't read the folder %s: %s".formatted(folder, e));
    }
  }

  private static boolean isVisible(Path folder, Path file) {
    for (var part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** What is in a file. */
  public byte[] bytes(String place) {
    try {
      return place.equals(STDIN) ? stdin.readAllBytes() : Files.readAllBytes(here.resolve(place));
    } catch (NoSuchFileException _) {
      throw noSuchFile(place);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "can't read %s: %s".formatted(place, e));
    }
  }

  private CommandFailure noSuchFile(String place) {
    var path = here.resolve(place);
    var folder = path.getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try (var list = Files.list(folder)) {
        var names = list.map(file -> file.getFileName().toString()).sorted().toList();
        var name = path.getFileName().toString();
        var nearest = Spelling.nearestOrBeginning(name, names);
        if (nearest != null) {
          return CommandFailure.usage(
              "there is no file %s".formatted(place),
              "did you mean %s?".formatted(Path.of(place).resolveSibling(nearest)));
        }
      } catch (IOException _) {
        // Then without a suggestion.
      }
    }
    return CommandFailure.usage("there is no file %s".formatted(place));
  }
}
