package org.maestro.cli.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.cli.server.Connection;

class SettingsTest {
  private static final Settings NOTHING = new Settings(null, null, null, null, null);

  @TempDir Path folder;
  private ContextFile file;

  @BeforeEach
  void open() {
    file = new ContextFile(folder.resolve("sub").resolve("config.yaml"));
  }

  private Connection of(Settings settings, Map<String, String> environment) {
    return settings.connection(environment, file, "ann");
  }

  @Test
  void withoutAnythingItIsTheServerOfThisMachineAndTheUserOfTheAccount() {
    assertThat(of(NOTHING, Map.of()))
        .isEqualTo(new Connection(URI.create("http://127.0.0.1:8080"), "ann", null));
  }

  @Test
  void optionsWinOverTheEnvironmentAndThatOverTheContext() {
    file.write(Contexts.NONE.with(new Context("prod", "https://prod", "ctx", null, null)));
    assertThat(of(NOTHING, Map.of()))
        .isEqualTo(new Connection(URI.create("https://prod"), "ctx", null));
    assertThat(of(NOTHING, Map.of("MAESTRO_USER", "env")).user()).isEqualTo("env");
    assertThat(of(NOTHING, Map.of("MAESTRO_SERVER", "http://env/")).server())
        .isEqualTo(URI.create("http://env"));
    var options = new Settings(null, "http://option", "option", null, null);
    assertThat(of(options, Map.of("MAESTRO_SERVER", "http://env", "MAESTRO_USER", "env")))
        .isEqualTo(new Connection(URI.create("http://option"), "option", null));
  }

  @Test
  void theTokenOfAContextGoesToItsServerOnly() {
    file.write(Contexts.NONE.with(new Context("prod", "https://prod", null, "secret", null)));
    assertThat(of(NOTHING, Map.of()).token()).isEqualTo("secret");
    assertThat(of(new Settings("prod", "http://other", null, null, null), Map.of()).token())
        .isNull();
    assertThat(of(NOTHING, Map.of("MAESTRO_SERVER", "http://other")).token()).isNull();
  }

  @Test
  void aTokenMayBeInAFile() throws IOException {
    var token = Files.writeString(folder.resolve("token"), "secret\n");
    assertThat(of(new Settings(null, null, null, null, token), Map.of()).token())
        .isEqualTo("secret");
    assertThat(of(NOTHING, Map.of("MAESTRO_TOKEN_FILE", token.toString())).token())
        .isEqualTo("secret");
  }

  @Test
  void aTokenIsNeverPartOfAText() {
    assertThat(new Connection(URI.create("https://x"), null, "secret"))
        .asString()
        .doesNotContain("secret");
    assertThat(new Context("x", "https://x", null, "secret", null))
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws IOException {
    file.write(Contexts.NONE.with(new Context("a", "http://a", null, "secret", null)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path().getParent())))
        .isEqualTo("rwx------");
    assertThat(file.isOpenToOthers()).isFalse();
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(file.isOpenToOthers()).isTrue();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    var contexts =
        Contexts.NONE
            .with(new Context("a", "http://a", "ann", null, null))
            .with(new Context("b", "https://b", null, "t: #x", "/f"))
            .using("b");
    file.write(contexts);
    assertThat(file.read()).isEqualTo(contexts);
    file.write(contexts.without("b"));
    assertThat(file.read().current()).isNull();
  }

  @Test
  void anUnknownContextGetsASuggestion() {
    file.write(Contexts.NONE.with(new Context("production", "https://p", null, null, null)));
    assertThatThrownBy(() -> of(new Settings("prodution", null, null, null, null), Map.of()))
        .hasMessage("there is no context \"prodution\"");
  }

  @Test
  void anAddressIsHttpWithAHostAndNothingElse() {
    assertThat(Settings.address("https://host:1/base/")).hasToString("https://host:1/base");
    for (var wrong :
        new String[] {"host", "ftp://x", "http://", "http://a b", "http://u:p@h", "http://h?x=1"}) {
      assertThatThrownBy(() -> Settings.address(wrong)).as(wrong).hasMessageContaining(wrong);
    }
  }

  @Test
  void aTokenOverPlainHttpIsExposedUnlessItStaysOnTheMachine() {
    assertThat(Settings.isExposed(new Connection(URI.create("http://host"), null, "t"))).isTrue();
    assertThat(Settings.isExposed(new Connection(URI.create("http://127.0.0.1"), null, "t")))
        .isFalse();
    assertThat(Settings.isExposed(new Connection(URI.create("https://host"), null, "t"))).isFalse();
    assertThat(Settings.isExposed(new Connection(URI.create("http://host"), "u", null))).isFalse();
  }
}
