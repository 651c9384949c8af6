package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.yaml.Definitions;

/** Definitions written for other servers of the standard, where they are at hand. */
class SharedDefinitionsTest {
  @Test
  void definitionsOfTheStandardAreAcceptedAndSurviveWriting() throws IOException {
    var files = definitions();
    assumeTrue(!files.isEmpty(), "no definitions of the standard here");
    for (var file : files) {
      var read = DefinitionReader.push(Json.object(Files.readString(file)));
      assertThat(read).as(file.toString()).isInstanceOf(Read.Ok.class);
      var workflow = DefinitionReaderTest.ok(read).workflow();
      assertThat(
              DefinitionReaderTest.ok(
                  DefinitionReader.workflow(DefinitionWriter.tree(workflow), "")))
          .isEqualTo(workflow);
    }
  }

  @Test
  void yamlOfTheStandardIsAcceptedUnchanged() throws IOException {
    var files =
        files(".yaml").stream().filter(file -> !file.toString().contains("job-template")).toList();
    assumeTrue(!files.isEmpty(), "no definitions of the standard here");
    for (var file : files) {
      var reading = Definitions.readAll(Files.readAllBytes(file), file.toString()).getFirst();
      assertThat(reading.problems()).as(file.toString()).isEmpty();
      assertThat(reading.isGood()).as(file.toString()).isTrue();
    }
  }

  static List<Path> definitions() throws IOException {
    return files(".json");
  }

  private static List<Path> files(String end) throws IOException {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      var definitions = folder.resolve("shared").resolve("definitions");
      if (Files.isDirectory(definitions)) {
        try (var files = Files.list(definitions)) {
          return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
      }
    }
    return List.of();
  }
}
