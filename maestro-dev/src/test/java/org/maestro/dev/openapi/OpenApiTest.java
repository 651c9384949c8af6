package org.maestro.dev.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The document that is kept is the one that the code makes. */
class OpenApiTest {
  private static final Path ROOT = Path.of("..");
  private static final Path KEPT =
      ROOT.resolve("maestro-service/src/main/resources/org/maestro/service/web/openapi.json");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The one command that writes it anew. */
  private static final String REWRITE =
      "mvn test -pl maestro-dev -am -Dtest=OpenApiTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dopenapi.write=true";

  @Test
  void theKeptDocumentIsWhatTheCodeMakes() throws IOException {
    var document = new ApiDocument(ROOT, Map.of());
    var made = JSON.writeValueAsString(document.make()) + "\n";
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(KEPT.getParent());
      Files.writeString(KEPT, made);
    }
    assertThat(made)
        .as("the API has changed. If that is meant, write its document anew: " + REWRITE)
        .isEqualTo(Files.readString(KEPT));
    assertThat(document.undescribed()).as("what has no text").isEmpty();
  }
}
