package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.yaml.CanonicalJson;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.dsl.yaml.YamlFormat;
import org.maestro.dsl.yaml.YamlWriter;
import org.maestro.model.definition.PushRequest;

/** JSON to YAML to JSON loses nothing. One more seed: {@code -Dmaestro.test.seed=…}. */
class YamlRoundTripTest {
  private static final long FIRST_SEED = Long.getLong("maestro.test.seed", 1);

  @Test
  void randomDefinitionsSurviveYaml() {
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 60; seed++) {
      var random = new RandomWorkflows(seed);
      var push =
          new PushRequest(
              random.properties(),
              random.workflow(),
              seed % 2 == 0,
              seed % 3 == 0 ? Map.of("sha", "1e5") : null,
              seed % 5 == 0 ? Map.of("source", List.of("no", 1L)) : Map.of());
      assertSurvives("seed " + seed, push);
    }
  }

  @Test
  void formattingNeverChangesWhatARandomDefinitionMeans() {
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 30; seed++) {
      var random = new RandomWorkflows(seed);
      var push = new PushRequest(null, random.workflow(), true, null, Map.of());
      var text = YamlWriter.text(push);
      var formatted = YamlFormat.format(text, "w.yaml");
      assertThat(formatted.problems()).as("seed " + seed).isEmpty();
      assertThat(Definitions.read(formatted.text(), "w.yaml").json())
          .as("seed " + seed)
          .isEqualTo(CanonicalJson.text(push));
    }
  }

  @Test
  void whatTheYamlFormHasNoWordsForIsWrittenInJsonsWords() {
    var workflow = new RandomWorkflows(1).workflow();
    var push = new PushRequest(null, workflow, true, null, Map.of("jobs", "kept", "tags", 1L));
    var text = YamlWriter.text(push);
    assertThat(text).contains("\n  steps:\n");
    assertThat(Definitions.read(text, "w.yaml").json()).isEqualTo(CanonicalJson.text(push));
  }

  @Test
  void definitionsOfTheStandardSurviveYaml() throws IOException {
    var files = SharedDefinitionsTest.definitions();
    assumeTrue(!files.isEmpty(), "no definitions of the standard here");
    for (var file : files) {
      var text = assertSurvives(file.toString(), push(file));
      assertThat(text).as(file.toString()).contains("\n  jobs:\n");
    }
  }

  private static PushRequest push(Path file) throws IOException {
    return DefinitionReaderTest.ok(DefinitionReader.push(Json.object(Files.readString(file))));
  }

  private static String assertSurvives(String what, PushRequest push) {
    var text = YamlWriter.text(push);
    var read = Definitions.read(text, "w.yaml");
    assertThat(read.isGood()).as("%s: %s\n%s", what, read.rendered(), text).isTrue();
    assertThat(read.json()).as(what).isEqualTo(CanonicalJson.text(push));
    return text;
  }
}
