package org.maestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlTest {

  @Test
  void textOfSeveralLinesIsALiteralBlock() {
    assertThat(Yaml.write(Map.of("script", "echo a\necho b\n")))
        .isEqualTo("script: |\n  echo a\n  echo b\n");
  }

  @Test
  void whatLooksLikeSomethingElseIsQuoted() {
    var tree = Map.<String, Object>of("a", List.of("no", "1", "null", "2026-01-01", 7L));
    assertThat(Yaml.read(Yaml.write(tree)).at("a").list().stream().map(Tree::value).toList())
        .containsExactly("no", "1", "null", "2026-01-01", 7);
  }
}
