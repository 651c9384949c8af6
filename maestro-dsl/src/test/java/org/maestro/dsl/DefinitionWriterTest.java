package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

class DefinitionWriterTest {
  @Test
  void aDefinitionWithEveryFieldIsWrittenInTheCanonicalOrder() throws IOException {
    var canonical = example();
    var push = DefinitionReaderTest.ok(DefinitionReader.push(canonical));
    var written = new LinkedHashMap<String, Object>();
    written.put("properties", DefinitionWriter.tree(push.properties()));
    written.put("workflow", DefinitionWriter.tree(push.workflow()));
    // Maps are equal in any order; their text is not.
    assertThat(written.toString()).isEqualTo(canonical.toString());
    assertThat(written).isEqualTo(canonical);
  }

  @Test
  void shortFormsAreWrittenLong() {
    assertThat(DefinitionWriter.tree(Tag.of("gold"))).isEqualTo(Map.of("name", "gold"));
    assertThat(DefinitionWriter.tree(Param.literal(ParamType.LONG_ARRAY, List.of(1L))))
        .isEqualTo(Map.of("type", "LONG_ARRAY", "value", List.of(1L)));
  }

  private static Map<String, Object> example() throws IOException {
    try (var in = DefinitionWriterTest.class.getResourceAsStream("everything.json")) {
      return Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
