package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevOptionsTest {

  @Test
  void withoutArgumentsItServesPort8080FromAFolderHere() {
    var options = DevOptions.parse(List.of());
    assertThat(options)
        .isEqualTo(
            new DevOptions(
                8080, Path.of(".maestro").toAbsolutePath(), "127.0.0.1,localhost,*", List.of()));
  }

  @Test
  void valuesFollowTheirOptionOrAnEqualsSign() {
    var options =
        DevOptions.parse(
            List.of(
                "--port=9000",
                "--data-dir",
                "/data/x/../y",
                "--http-allow",
                "127.0.0.1",
                "--set",
                "maestro.environment=b=c"));
    assertThat(options)
        .isEqualTo(
            new DevOptions(
                9000, Path.of("/data/y"), "127.0.0.1", List.of("maestro.environment=b=c")));
  }

  @Test
  void stepsDontCallTheApiUnlessItsPortIsNamed() {
    assertThat(DevOptions.parse(List.of()).httpAllowBut(8080, 5432))
        .isEqualTo("127.0.0.1,localhost,*,!127.0.0.1:8080,!127.0.0.1:5432");
    assertThat(
            DevOptions.parse(List.of("--http-allow", "*, 127.0.0.1:8080")).httpAllowBut(8080, 5432))
        .isEqualTo("*, 127.0.0.1:8080,!127.0.0.1:5432");
    assertThat(DevOptions.parse(List.of("--http-allow=")).httpAllowBut(8080)).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsToldInOneSentence() {
    assertThatThrownBy(() -> DevOptions.parse(List.of("--prot", "1")))
        .hasMessage("Expected one of --port, --data-dir, --http-allow, --set; found \"--prot\".");
    assertThatThrownBy(() -> DevOptions.parse(List.of("--port", "web")))
        .hasMessage("Expected --port to be a number from 1 to 65535, found \"web\".");
    assertThatThrownBy(() -> DevOptions.parse(List.of("--port")))
        .hasMessage("Option --port needs a value.");
    assertThatThrownBy(() -> DevOptions.parse(List.of("--set", "novalue")))
        .hasMessage("Expected --set to be NAME=VALUE, found \"novalue\".");
    assertThatThrownBy(
            () -> DevOptions.parse(List.of("--set", "maestro.notfy.smtp.host=mail.example.org")))
        .hasMessage(
            "--set: unknown setting maestro.notfy.smtp.host; did you mean maestro.notify.smtp.host?");
    assertThatThrownBy(() -> DevOptions.parse(List.of("--set", "maestor.environment=x")))
        .hasMessageContaining("expected a setting that begins with maestro. or one of");
  }

  @Test
  void settingsMayHaveNamesOfTheOperatorsChoiceInThem() {
    var settings =
        List.of("maestro.notify.slack.data.url=https://a.example", "logging.level.root=debug");
    assertThat(DevOptions.parse(List.of("--set", settings.getFirst(), "--set", settings.getLast())))
        .extracting(DevOptions::engineOptions)
        .isEqualTo(settings);
  }
}
