package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("name", "ada"),
          Map.entry("a", 7L),
          Map.entry("ok", true),
          Map.entry("rate", new BigDecimal("0.10")),
          Map.entry("big", new BigDecimal("1e10")),
          Map.entry("bigs", List.of(1e10, new BigDecimal("1E-7"))),
          Map.entry("bigMap", Map.of("k", new BigDecimal("1.0E+10"))),
          Map.entry("xs", List.of(3L, 1L, 2L)),
          Map.entry("m", Map.of("k", "a\"b")),
          Map.entry("empty", List.of()),
          Map.entry("job.1__foo", "dotted"),
          Map.entry("step1__dates", List.of("x")),
          Map.entry("path/to-it", "slashed"),
          Map.entry("evil", "${name} $name"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$name | ada",
        "${name} | ada",
        "a-$name-b | a-ada-b",
        "$name.$a | ada.7",
        "${a}${a} | 77",
        "$$name | $name",
        "$${name} | ${name}",
        "$$$name | $ada",
        "$$ | $",
        "$ | $",
        "5$ | 5$",
        "$5 $_x $-a ${} ${5} ${a b} ${a ${ | $5 $_x $-a ${} ${5} ${a b} ${a ${",
        "$ok | true",
        "$rate | 0.1",
        "$big ${bigs} ${bigMap} | 10000000000.0 [10000000000.0,0.0000001] {\"k\":10000000000.0}",
        "${xs} | [3,1,2]",
        "${m} | {\"k\":\"a\\\"b\"}",
        "$empty | []",
        "${job.1__foo} | dotted",
        "${path/to-it} | slashed",
        "${dates@step1} | [\"x\"]",
        "${foo@job.1} | dotted",
        "${@step1} ${a@} ${a@b@c} | ${@step1} ${a@} ${a@b@c}",
        "nothing | nothing",
        "$evil | ${name} $name",
      })
  void referencesAreReplacedByTheirValues(String text, String expected) {
    assertThat(Interpolation.interpolate(text, VALUES::get)).isEqualTo(expected);
  }

  @Test
  void aMissingValueIsAnErrorWithItsPlace() {
    assertThatThrownBy(() -> Interpolation.interpolate("a $missing", VALUES::get))
        .isInstanceOf(SelException.class)
        .hasMessageContaining("there is no parameter missing (line 1:3)");
    assertThatThrownBy(() ->
            Interpolation.interpolate(
                "$nme",
                name -> {
                  throw new UnknownNameException(name, "did you mean name?");
                }))
        .isInstanceOf(SelException.class)
        .hasMessageContaining("did you mean name?");
    assertThatThrownBy(() ->
            Interpolation.interpolate(
                "$HOME",
                name -> {
                  throw new UnknownNameException(name, null);
                }))
        .isInstanceOf(SelException.class)
        .hasMessageContaining("write $$ for a dollar sign");
  }

  @Test
  void namesAreListedOnceInOrder() {
    assertThat(Interpolation.names("$b ${a} $b $$c ${x@y} ${z")).containsExactly("b", "a", "y__x");
  }

  @Test
  void aTextThatGrowsTooLongIsRefused() {
    assertThatThrownBy(() -> Interpolation.interpolate("$x".repeat(100), _ -> "a".repeat(100_000)))
        .isInstanceOf(SelException.class)
        .hasMessageContaining("at most 4000000 characters");
  }
}
