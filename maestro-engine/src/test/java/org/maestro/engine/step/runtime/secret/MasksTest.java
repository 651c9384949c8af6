package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MasksTest {
  private static final String SECRET = "p4ss/wörd+ \"x\"\\%";
  private final Masks masks = Masks.of(List.of(SECRET, "another-one"));

  @Test
  void everyFormOfItIsHidden() {
    assertThat(masks.mask("a " + SECRET + " b another-one")).isEqualTo("a *** b ***");
    var json = JsonMapper.builder().build();
    assertThat(masks.mask(json.writeValueAsString(Map.of("k", SECRET))))
        .isEqualTo("{\"k\":\"***\"}");
    assertThat(masks.mask("q=" + URLEncoder.encode(SECRET, UTF_8) + "&z")).isEqualTo("q=***&z");
    assertThat(masks.mask("another-on")).isEqualTo("another-on");
    assertThat(masks.toString()).doesNotContain("another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:"})
  void itsBase64IsHiddenWhereverItStands(String before) {
    for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      var encoded = encoder.encodeToString((before + "another-one" + "!").getBytes(UTF_8));
      var shown = masks.mask(encoded);
      assertThat(shown).contains("***");
      // What is left over is too little to tell more than its first and last letters.
      assertThat(shown.replace("***", "").length()).isLessThan(encoded.length() - 11);
    }
  }

  @Test
  void whereverPiecesAreCutNothingIsSeenAndNothingElseIsLost() {
    var random = new Random(7);
    var parts = List.of(SECRET, "another-one", "another-", "p4ss", "x", "***", "\n", "ö");
    for (var round = 0; round < 500; round++) {
      var text = new StringBuilder();
      for (var i = 0; i < 12; i++) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      var whole = masks.mask(text.toString());
      assertThat(whole).doesNotContain(SECRET).doesNotContain("another-one");
      assertThat(passed(text.toString(), random)).isEqualTo(whole);
    }
  }

  private String passed(String text, Random random) {
    var stream = masks.stream();
    var out = new ByteArrayOutputStream();
    var bytes = text.getBytes(UTF_8);
    for (var at = 0; at < bytes.length; ) {
      var length = Math.min(bytes.length - at, random.nextInt(6));
      out.writeBytes(stream.pass(java.util.Arrays.copyOfRange(bytes, at, at + length)));
      at += length;
    }
    out.writeBytes(stream.end());
    return out.toString(UTF_8);
  }

  @Test
  void theLinesOfAKeyAreHiddenOneByOne() {
    var lines = new ArrayList<String>();
    for (var i = 0; i < 3; i++) {
      lines.add("MIIEvQIBADANBgkqhkiG9w0BAQEF" + i);
    }
    var key = Masks.of(List.of("--begin--\n" + String.join("\n", lines) + "\n--end--"));
    assertThat(key.mask("+ echo " + lines.get(1) + "\n+ done")).isEqualTo("+ echo ***\n+ done");
  }

  @Test
  void valuesOfJsonAreHiddenWithTheirKeysAndNumbers() {
    var digits = Masks.of(List.of("12345678"));
    assertThat(digits.mask((Object) Map.of("x12345678", List.of(12345678L, 1L, "12345678"))))
        .isEqualTo(Map.of("x***", List.of("***", 1L, "***")));
  }

  @Test
  void withNothingToHideTextsStayTheSameObjects() {
    var text = "some text";
    assertThat(Masks.NONE.mask(text)).isSameAs(text);
    assertThat(masks.mask(text)).isSameAs(text);
  }
}
