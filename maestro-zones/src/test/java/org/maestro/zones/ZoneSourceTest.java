package org.maestro.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneSourceTest {
  @TempDir Path folder;

  /** The shipped rules under another name, with Berlin an hour to the east. */
  private String newer() throws IOException {
    try (var shipped = ZoneSource.class.getResourceAsStream("tzdata.zi")) {
      var text = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceFirst("# version \\S+", "# version 2099a")
          + "\nZ Test/East 2 - EET 2030\n3 - MSK\n";
    }
  }

  private static void isNewer(ZoneSource source) {
    assertThat(source.file().version()).isEqualTo("2099a");
    var east = new TzdataRules(source).provideRules("Test/East", false);
    assertThat(east.getOffset(Instant.parse("2029-12-31T21:59:59Z")))
        .isEqualTo(ZoneOffset.of("+2"));
    assertThat(east.getOffset(Instant.parse("2029-12-31T22:00:00Z")))
        .isEqualTo(ZoneOffset.of("+3"));
  }

  @Test
  void anOperatorNamesAFileOrAFolderOrAZipWithNewerRules() throws IOException {
    var file = folder.resolve("zoneinfo/tzdata.zi");
    Files.createDirectories(file.getParent());
    Files.writeString(file, newer());
    isNewer(ZoneSource.at(file.toString()));
    isNewer(ZoneSource.at(folder.toString()));
    var zip = folder.resolve("tzdata-2099.1-py2.py3-none-any.whl");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("tzdata/zoneinfo/tzdata.zi"));
      Files.copy(file, out);
    }
    isNewer(ZoneSource.at(zip.toString()));
    isNewer(ZoneSource.chosen(null, zip.toString()));
    isNewer(ZoneSource.chosen(file.toString(), "nowhere"));
  }

  @Test
  void withoutASettingTheShippedRulesHold() {
    assertThat(ZoneSource.chosen(null, " ").place()).isEqualTo("shipped with Maestro");
  }

  @Test
  void whatHasNoRulesIsRefusedWithItsNameAndWhatToDo() throws IOException {
    var text = Files.writeString(folder.resolve("some.txt"), "# version 2099a\nnothing\n");
    assertThatThrownBy(() -> ZoneSource.at(text.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("some.txt")
        .hasMessageContaining("line 2: expected a line that begins with R, Z or L")
        .hasMessageContaining("tzdata.zi");
    assertThatThrownBy(() -> ZoneSource.at(folder.toString()))
        .hasMessageContaining("a folder without tzdata.zi");
    assertThatThrownBy(() -> ZoneSource.at(folder.resolve("none").toString()))
        .hasMessageContaining("no file or folder");
  }
}
