package org.maestro.dev.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.schema.WorkflowSchema;
import org.maestro.model.reference.Reference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The reference that is kept is the one that the code makes. */
class ReferenceTest {
  private static final Path ROOT = Path.of("..");
  private static final Path KEPT =
      ROOT.resolve("maestro-api-model/src/main/resources/org/maestro/model/reference");
  private static final Path PAGES = ROOT.resolve("docs/reference");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The one command that writes it anew. */
  private static final String REWRITE =
      "mvn test -pl maestro-dev -am -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dreference.write=true";

  private static Topics topics;
  private static final Map<String, String> MADE = new TreeMap<>();

  @BeforeAll
  static void make() throws Exception {
    var texts = new Properties();
    try (var in = ReferenceTest.class.getResourceAsStream("texts.properties")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    topics = new Topics(ROOT, texts);
    var openApi =
        JSON.readValue(
            Files.readString(
                ROOT.resolve(
                    "maestro-service/src/main/resources/org/maestro/service/web/openapi.json")),
            Map.class);
    var reference =
        topics.make(
            openApi, JSON.readValue(WorkflowSchema.yaml(), Map.class), DescribedCommands.all());
    MADE.put("reference.json", JSON.writeValueAsString(reference) + "\n");
    MADE.putAll(new Pages(reference).make(openApi, ROOT));
    if (Boolean.getBoolean("reference.write")) {
      Files.createDirectories(KEPT);
      Files.createDirectories(PAGES);
      for (var file : MADE.entrySet()) {
        Files.writeString(place(file.getKey()), file.getValue());
      }
    }
  }

  private static Path place(String file) {
    return file.equals(Reference.RESOURCE) ? KEPT.resolve(file) : PAGES.resolve(file);
  }

  @Test
  void whatIsKeptIsWhatTheCodeMakes() throws Exception {
    for (var file : MADE.entrySet()) {
      assertThat(place(file.getKey())).as(REWRITE).exists();
      var kept = Files.readString(place(file.getKey())).lines().toList();
      var made = file.getValue().lines().toList();
      for (var i = 0; i < Math.max(kept.size(), made.size()); i++) {
        assertThat(i < kept.size() ? kept.get(i) : "(end)")
            .as(
                "%s, line %d: the code has changed. If that is meant, write the reference anew: %s",
                file.getKey(), i + 1, REWRITE)
            .isEqualTo(i < made.size() ? made.get(i) : "(end)");
      }
    }
  }

  @Test
  void nothingElseLiesAmongThePages() throws Exception {
    try (var files = Files.list(PAGES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> MADE.containsKey(name));
    }
  }

  @Test
  void everythingHasATextAndNoTextIsOfWhatIsGone() {
    assertThat(topics.undescribed()).isEmpty();
    assertThat(topics.unused()).isEmpty();
  }
}
