package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.ProblemCode;

/** What the documentation shows works, and every code is explained. */
class DocumentationTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void everyExampleIsAGoodDefinition() throws IOException {
    var examples =
        EXAMPLE
            .matcher(
                text()
                    + Files.readString(Path.of("..", "docs", "handlers.md"))
                    + Files.readString(Path.of("..", "docs", "notifications.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(6);
    for (var example : examples) {
      var reading = Definitions.read(example, "docs/yaml.md");
      assertThat(reading.problems()).as(reading.rendered() + "\n" + example).isEmpty();
    }
  }

  @Test
  void everyCodeIsExplained() throws IOException {
    var text = text();
    for (var code : ProblemCode.values()) {
      assertThat(text)
          .contains(
              "| <a id=\"%s\"></a>%s | %s |"
                  .formatted(code.id().toLowerCase(Locale.ROOT), code.id(), code.meaning()));
    }
  }

  private static String text() throws IOException {
    return Files.readString(Path.of("..", "docs", "yaml.md"));
  }
}
