package org.maestro.engine.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UiFilesTest {
  private final UiFiles files =
      of(
          Map.of(
              "files.txt", "index.html\nassets/main-1a2b.js\n",
              "index.html", "<!doctype html>",
              "assets/main-1a2b.js", "let a",
              "assets/main-1a2b.js.br", "small",
              "assets/main-1a2b.js.gz", "smaller"));

  @Test
  void everyPageIsTheSameFile() {
    var page = files.at("/index.html");
    assertThat(page).isNotNull();
    assertThat(files.at("/")).isSameAs(page);
    assertThat(files.at("/runs")).isSameAs(page);
    assertThat(files.at("/workflows/orders/instances/3/runs/1")).isSameAs(page);
    assertThat(files.at("/edit")).isSameAs(page);
    assertThat(files.at("/backfills/7")).isSameAs(page);
    assertThat(files.at("/lineage")).isSameAs(page);
  }

  @Test
  void whatIsNotOfTheUiIsLeftToOthers() {
    assertThat(files.at("/api/v3/workflows")).isNull();
    assertThat(files.at("/assets/other.js")).isNull();
    assertThat(files.at("/files.txt")).isNull();
    assertThat(files.contains("/api/v3/workflows")).isFalse();
    assertThat(files.contains("/actuator/metrics")).isFalse();
  }

  @Test
  void filesAreKeptInAllEncodings() {
    var script = files.at("/assets/main-1a2b.js");
    assertThat(script.type()).isEqualTo("text/javascript; charset=utf-8");
    assertThat(script.plain()).asString(StandardCharsets.UTF_8).isEqualTo("let a");
    assertThat(script.brotli()).asString(StandardCharsets.UTF_8).isEqualTo("small");
    assertThat(script.gzip()).asString(StandardCharsets.UTF_8).isEqualTo("smaller");
    assertThat(files.at("/").brotli()).isNull();
  }

  @Test
  void anEngineWithoutUiHasNoFiles() {
    var none = of(Map.of());
    assertThat(none.areThere()).isFalse();
    assertThat(none.at("/")).isNull();
    assertThat(none.contains("/")).isTrue(); // so that whoever looks hears how to get it
  }

  @Test
  void aFileThatIsNamedButMissingIsAMistakeOfTheBuild() {
    assertThatThrownBy(() -> of(Map.of("files.txt", "index.html")))
        .hasMessageContaining("names index.html, which is missing");
  }

  private static UiFiles of(Map<String, String> contents) {
    return new UiFiles(name -> {
      var content = contents.get(name);
      return content == null
          ? null
          : new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    });
  }
}
