package org.maestro.engine.step.runtime.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;

class KeeperMessageTest {

  static Stream<KeeperMessage> messages() {
    return Stream.of(
        new KeeperMessage.Hello(1, 4_000_000, Long.MAX_VALUE),
        new KeeperMessage.Run(
            7, "u", "/d", List.of("a", "", "\u00e4 b"), List.of("X=1\n2"), 5, List.of("s")),
        new KeeperMessage.Answer(7, "no room"),
        new KeeperMessage.Stop("u", 10_000),
        new KeeperMessage.Ended("u"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsSaidIsHeard(KeeperMessage message) throws Exception {
    assertThat(read(message.frame())).isEqualTo(message);
  }

  @Test
  void theFirstMessageKeepsItsFormForAllVersions() {
    assertThat(HexFormat.of().formatHex(new KeeperMessage.Hello(2, 3, 4).frame()))
        .isEqualTo("00000015" + "48" + "00000002" + "0000000000000003" + "0000000000000004");
  }

  @Test
  void whatIsNoMessageIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {0x7f, 0, 0, 0, 1}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most 8,388,608 bytes");
    assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 1, 'x'}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("known kind");
    assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 9, 'A', 0, 0}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theEndIsNoMessage() throws Exception {
    assertThat(read(new byte[0])).isNull();
  }

  private static KeeperMessage read(byte[] bytes) throws IOException {
    return KeeperMessage.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
