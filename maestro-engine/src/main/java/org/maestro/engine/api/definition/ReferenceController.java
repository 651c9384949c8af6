package org.maestro.engine.api.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.maestro.model.reference.Reference;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What can be written in definitions and what it means. */
@RestController
@RequestMapping("/api/v3/reference")
final class ReferenceController {
  private final JsonMapper json;
  private volatile @Nullable Reference read;

  ReferenceController(JsonMapper json) {
    this.json = json;
  }

  /**
   * Step types with their parameters, expressions with examples, strategies, statuses, limits and
   * so on, as this release has them: what editors show beside a word.
   */
  @GetMapping
  Reference reference() {
    var known = read;
    if (known == null) {
      known = resource();
      read = known; // the same whoever reads it first
    }
    return known;
  }

  private Reference resource() {
    try (InputStream in = Reference.class.getResourceAsStream(Reference.RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(Reference.RESOURCE + " is missing");
      }
      return json.readValue(in, Reference.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
