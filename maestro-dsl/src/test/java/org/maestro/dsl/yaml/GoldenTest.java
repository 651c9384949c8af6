package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden definition gives its canonical JSON, byte for byte, in all the ways to write it. */
class GoldenTest {
  static Stream<String> names() {
    try (var files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(GoldenTest.class.getResource("/golden").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void yamlGivesTheCanonicalJson(String name) {
    var reading = Definitions.read(text(name + ".yaml"), name + ".yaml");
    assertThat(reading.problems()).as(reading.rendered()).isEmpty();
    assertThat(reading.json()).isEqualTo(text(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void canonicalJsonReadsBackTheSame(String name) {
    var reading = Definitions.read(text(name + ".json"), name + ".json");
    assertThat(reading.problems()).as(reading.rendered()).isEmpty();
    assertThat(reading.json()).isEqualTo(text(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void writtenYamlGivesTheCanonicalJsonInTheYamlForm(String name) {
    var push = Definitions.read(text(name + ".json"), name + ".json").push();
    var text = YamlWriter.text(push);
    assertThat(text).contains("\n  jobs:\n");
    assertThat(Definitions.read(text, "w.yaml").json()).isEqualTo(text(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void formattingKeepsTheMeaningAndTheCommentsAndIsDoneOnce(String name) {
    var text = text(name + ".yaml");
    var once = YamlFormat.format(text, name + ".yaml");
    assertThat(once.problems()).isEmpty();
    assertThat(Definitions.read(once.text(), "w.yaml").json()).isEqualTo(text(name + ".json"));
    assertThat(comments(once.text())).isEqualTo(comments(text));
    assertThat(YamlFormat.format(once.text(), name + ".yaml").text()).isEqualTo(once.text());
  }

  private static long comments(String text) {
    return text.lines().filter(line -> line.strip().startsWith("#") || line.contains(" #")).count();
  }

  @Test
  void theCorpusIsThere() {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(20);
  }
}
