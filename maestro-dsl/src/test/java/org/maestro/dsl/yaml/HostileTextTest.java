package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.dsl.ProblemCode;

/**
 * Texts that broke other readers, each under the name of its report: refused with a place, or read
 * as what they say, in bounded time and memory, and never as anything but plain data.
 */
class HostileTextTest {
  /** Far more than any of them needs; a reader that hangs fails instead of stopping the build. */
  private static final Duration HANGS = Duration.ofSeconds(60);

  private static final String JOBS = "\n  jobs: [{id: a, type: NoOp}]\n";

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "CVE-2022-1471 SnakeYAML constructor gadget",
            w(
                "x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL"
                    + " [\"http://localhost\"]]]]"),
            ProblemCode.TAG),
        arguments("CVE-2017-18640 billion laughs", laughs(10, 9), ProblemCode.ALIAS),
        arguments(
            "Quadratic blow-up: one large anchor, many aliases",
            "x: &a '" + "y".repeat(10_000) + "'\nworkflow: [" + "*a, ".repeat(51) + "*a]",
            ProblemCode.ALIAS),
        arguments(
            "CVE-2022-25857 nested flow sequences",
            w("x: " + "[".repeat(3_000) + "]".repeat(3_000)),
            ProblemCode.LIMIT),
        arguments(
            "CVE-2022-38749 nested flow mappings",
            w("x: " + "{a: ".repeat(3_000) + "1" + "}".repeat(3_000)),
            ProblemCode.LIMIT),
        arguments("CVE-2022-38750 unclosed nesting", w("x: " + "[".repeat(20_000)), null),
        arguments(
            "Lists in lists, each looked at twice by the one around it",
            w("x: " + "[".repeat(190) + "]".repeat(190)),
            ProblemCode.PARAMETER),
        arguments(
            "Lists in lists where something else is wanted",
            w("triggers:\n    - " + "- ".repeat(40) + "cron: x"),
            null),
        arguments("CVE-2022-38751 deep block nesting", w(stairs(250)), ProblemCode.LIMIT),
        arguments(
            "CVE-2022-38752 an alias inside its own anchor", w("x: &a [*a]"), ProblemCode.ALIAS),
        arguments("CVE-2022-41854 a mapping as its own key", w("? &a {? *a : 1} \n  : 1"), null),
        arguments(
            "Python object tag", w("x: !!python/object/apply:os.system ['id']"), ProblemCode.TAG),
        arguments(
            "CVE-2013-0156 Ruby object tag",
            w("x: !ruby/object:Gem::Installer {i: x}"),
            ProblemCode.TAG),
        arguments("Local tag", w("x: !include /etc/passwd"), ProblemCode.TAG),
        arguments(
            "Tag directive",
            "%TAG ! tag:example.org,2000:\n---\n" + w("x: !foo y"),
            ProblemCode.TAG),
        arguments("Binary tag", w("x: !!binary aGVsbG8="), ProblemCode.TAG),
        arguments("Set tag", w("x: !!set {a, b}"), ProblemCode.TAG),
        arguments("Timestamp tag", w("x: !!timestamp 2021-01-01"), ProblemCode.TAG),
        arguments(
            "Merge key overrides (YAML 1.1)",
            w("base: &b {type: NoOp}\n  more: {<<: *b, id: x}"),
            ProblemCode.TAG),
        arguments(
            "Duplicate key, the last one wins elsewhere",
            w("x: 1\n  x: 2"),
            ProblemCode.DUPLICATE_KEY),
        arguments(
            "Duplicate key in other quotes", w("x: 1\n  \"\\x78\": 2"), ProblemCode.DUPLICATE_KEY),
        arguments("Not a number", w("x: .nan"), ProblemCode.NUMBER),
        arguments("Infinity", w("x: -.inf"), ProblemCode.NUMBER),
        arguments("A number of a million digits' size", w("x: 1e1000000"), ProblemCode.NUMBER),
        arguments("Larger than 64 bits", w("x: 9223372036854775808"), ProblemCode.PARAMETER),
        arguments("CVE-2014-2525 tabs as indentation", w("x:\n\t\ty: 1"), ProblemCode.TAB),
        arguments("Character NUL", w("x: a\0b"), ProblemCode.CHARACTER),
        arguments("Escaped character NUL", w("x: \"a\\0b\""), ProblemCode.CHARACTER),
        arguments("Half of a surrogate pair", w("x: \"\\uD83D\""), null),
        arguments("An escape cut off behind an emoji", "s: 😀\n\"\\u", ProblemCode.SYNTAX),
        arguments("Bell", w("x: a\u0007b"), ProblemCode.CHARACTER),
        arguments("Larger than 256 KB", w("x: " + "y".repeat(300_000)), ProblemCode.LIMIT),
        arguments("Aliases that grow beyond 256 KB", grown(), ProblemCode.LIMIT),
        arguments("Key of a mapping that is a list", w("[a, b]: 1"), ProblemCode.SYNTAX),
        arguments("An interpolation as a flow mapping", w("x: {{ y }}"), null),
        arguments(
            "Trojan Source CVE-2021-42574 in an id",
            w("x: 1").replace("id: w", "id: \"w\u202E\""),
            ProblemCode.NAME),
        arguments("Homoglyph in an id", w("x: 1").replace("id: w", "id: \u0461"), ProblemCode.NAME),
        arguments(
            "Two definitions where one is wanted",
            w("x: 1") + "---\n" + w("x: 2"),
            ProblemCode.SYNTAX),
        arguments(
            "An endless condition of blanks",
            w("x: 1")
                .replace("type: NoOp", "type: NoOp, transition: ['IF" + " ".repeat(50_000) + "']"),
            ProblemCode.EDGE),
        arguments(
            "50,000 parentheses in an expression",
            w("'!x': '" + "(".repeat(50_000) + "'"),
            ProblemCode.EXPRESSION));
  }

  private static String w(String more) {
    return "workflow:\n  id: w\n  " + more + JOBS;
  }

  private static String laughs(int levels, int times) {
    var text = new StringBuilder("a0: &a0 [lol]\n");
    for (var i = 1; i < levels; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append(("*a" + (i - 1) + ", ").repeat(times - 1))
          .append("*a")
          .append(i - 1)
          .append("]\n");
    }
    return text + w("x: *a9");
  }

  /** Few enough aliases, each doubling the one before. */
  private static String grown() {
    var text = new StringBuilder("a0: &a0 [" + "lol, ".repeat(20) + "lol]\n");
    for (var i = 1; i < 20; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    return text + w("x: 1");
  }

  private static String stairs(int levels) {
    var text = new StringBuilder("x:\n");
    for (var i = 0; i < levels; i++) {
      text.append("    ").repeat(" ", i).append("a:\n");
    }
    return text.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedAtAPlace(String report, String text, ProblemCode code) {
    assertTimeoutPreemptively(
        HANGS,
        () -> {
          var reading = Definitions.read(text, "hostile.yaml");
          assertThat(reading.isGood()).as(report).isFalse();
          assertThat(reading.problems()).isNotEmpty().hasSizeLessThan(201);
          assertThat(reading.problems())
              .allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.render()).isNotBlank();
              });
          if (code != null) {
            assertThat(reading.problems()).extracting(SourceProblem::code).contains(code);
          }
        });
  }

  static Stream<Arguments> readAsWritten() {
    return Stream.of(
        arguments("Norway", "no", "no"),
        arguments("GitHub Actions' on", "on", "on"),
        arguments("Yes", "yes", "yes"),
        arguments("Date", "2021-01-01", "2021-01-01"),
        arguments("Time, sexagesimal in YAML 1.1", "12:30:45", "12:30:45"),
        arguments("Version", "1.10.0", "1.10.0"),
        arguments("Underscores", "1_000", "1_000"),
        arguments("Octal of YAML 1.1", "012", 12L),
        arguments("Octal of YAML 1.2", "0o12", 10L),
        arguments("Hexadecimal", "0xff", 255L),
        arguments("Float", "1e3", new BigDecimal("1000.0")),
        arguments("True", "True", true),
        arguments("Not true", "tRUE", "tRUE"),
        arguments("Quoted number", "'5'", "5"),
        arguments("Text tag", "!!str 5", "5"),
        arguments("Value key of YAML 1.1", "=", "="),
        arguments("Emoji", "😀", "😀"),
        arguments("No-break space", "a\u00A0b", "a\u00A0b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readAsWritten")
  void isReadAsYaml12Says(String what, String written, Object value) {
    var reading = Definitions.read(w("x: " + written), "w.yaml");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    assertThat(reading.push().workflow().params().get("x").value()).as(what).isEqualTo(value);
  }

  static Stream<Arguments> refusedJson() {
    return Stream.of(
        arguments("CVE-2025-52999 deep nesting", "[".repeat(50_000)),
        arguments("Deep objects", "{\"a\":".repeat(50_000)),
        arguments("A number of a million digits", "{\"a\": " + "1".repeat(1_000_000) + "}"),
        arguments("A huge exponent", json("1e1000000")),
        arguments("An exponent beyond 32 bits", json("1e99999999999")),
        arguments("Not a number", json("NaN")),
        arguments("Infinity", json("-Infinity")),
        arguments("A leading zero", json("012")),
        arguments("Comments", json("1 /* one */")),
        arguments("Single quotes", json("'x'")),
        arguments("A comma too many", json("1,")),
        arguments("Duplicate keys", json("1, \"x\": 2")),
        arguments("Duplicate keys in other escapes", json("1, \"\\u0078\": 2")),
        arguments("A long name", "{\"" + "n".repeat(100_000) + "\": 1}"),
        arguments("More behind the end", json("1") + "{}"),
        arguments("Half a surrogate pair", json("\"\\ud83d\"")),
        arguments("Character NUL", json("\"\\u0000\"")),
        arguments("A raw line break in a text", json("\"a\nb\"")),
        arguments("Cut off", "{\"workflow\": {\"id\": \"w"),
        arguments("Nothing", ""),
        arguments("A list", "[]"),
        arguments("null", "null"));
  }

  private static String json(String value) {
    return "{\"workflow\": {\"id\": \"w\", \"steps\": [{\"step\": {\"id\": \"a\", \"type\":"
        + " \"NoOp\"}}], \"params\": {\"p\": {\"type\": \"STRING\", \"value\": \"v\", \"x\":"
        + " "
        + value
        + "}}}}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedJson")
  void jsonIsRefusedAtAPlace(String report, String text) {
    assertTimeoutPreemptively(
        HANGS,
        () -> {
          var reading = Definitions.read(text, "hostile.json");
          assertThat(reading.isGood()).as(report).isFalse();
          assertThat(reading.problems()).isNotEmpty();
          assertThat(reading.rendered()).isNotBlank();
        });
  }

  @Test
  void otherEncodingsAreRefusedAndAByteOrderMarkIsNot() {
    var text = w("x: ä");
    for (var charset :
        new Charset[] {
          StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE
        }) {
      assertThat(Definitions.readAll(text.getBytes(charset), "w.yaml").getFirst().isGood())
          .as(charset.name())
          .isFalse();
    }
    var marked = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    assertThat(Definitions.readAll(marked, "w.yaml").getFirst().isGood()).isTrue();
    // Longer than it has to be: an encoding of / that slips past filters.
    var overlong = new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0xAF};
    assertThat(Definitions.readAll(overlong, "w.yaml").getFirst().problems())
        .extracting(SourceProblem::code)
        .containsExactly(ProblemCode.CHARACTER);
  }

  @Test
  void fiftyAliasesAreAllowed() {
    var text = new StringBuilder("workflow:\n  id: w\n  base: &b [1, 2]\n");
    for (var i = 0; i < 50; i++) {
      text.append("  p").append(i).append(": *b\n");
    }
    var reading = Definitions.read(text + JOBS.substring(1), "w.yaml");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    assertThat(reading.push().workflow().params()).hasSize(51);
  }

  @Test
  void formattingHostileTextNeverChangesOrThrowsAnything() {
    refused()
        .map(arguments -> (String) arguments.get()[1])
        .forEach(text -> {
          var formatted = YamlFormat.format(text, "w.yaml");
          assertThat(formatted.problems().isEmpty() || formatted.text().equals(text)).isTrue();
        });
  }
}
