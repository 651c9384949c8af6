package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x + y | x,y",
        "job1__sleep_seconds + 1; | job1__sleep_seconds",
        "int x = 1; x + y | y",
        "x = 5; x | ``",
        "x = x + 1; x | x",
        "x += 1 | x",
        "for (int i = 0; i < n; i += 1) s = i; s | n",
        "if (c) { r = 1; } else { r = 2; } return r; | c",
        "while (c) { y = x; x = 5; } | c,x",
        "xs[i] = 1 | xs,i",
        "params.get('a') + params['b'] + params.get(k) | k",
        "params | params",
        "Math.max(a, b) | a,b",
        "'$name ${other}' | ``",
        "x; x; y; x | x,y",
      })
  void itTellsTheNamesItNeedsInOrder(String source, String names) {
    var expected = names.isEmpty() ? List.<String>of() : List.of(names.split(","));
    assertThat(Expression.compile(source).freeNames()).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x + y | x y",
        "c ? x : y | c x? y?",
        "c && x | c x?",
        "if (c) { return x; } y | c x? y?",
        "if (c) r = x; y | c x? y",
        "while (c) { x; } y | c x? y",
        "for (int i = 0; i < n; i += step) { i; } z | n step? z",
        "return x; y | x y?",
        "throw 'no'; y | y?",
        "x = 5; x | ``",
        "x += 1 | x",
        "xs[i] = v | xs i v",
        "params.get('a') + params[k] | get(a) k get(null)",
        "c ? params.getFromStep('s', 'p') : 0 | c getFromStep(s,p)?",
      })
  void itTellsWhatItAsksForWithoutBeingEvaluated(String source, String expected) {
    assertThat(
            Expression.compile(source).references().stream()
                .map(reference ->
                    switch (reference) {
                          case Reference.Name name -> name.name();
                          case Reference.Call call ->
                              call.function()
                                  + call.arguments().stream()
                                      .map(String::valueOf)
                                      .collect(Collectors.joining(",", "(", ")"));
                        }
                        + (reference.certain() ? "" : "?"))
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void theScopeIsAskedOncePerNameAndOnlyForNamesThatAreReached() {
    var asked = new ArrayList<String>();
    var scope =
        new Scope() {
          @Override
          public @Nullable Object get(String name) {
            asked.add(name);
            return 2L;
          }

          @Override
          public @Nullable Object call(String function, List<@Nullable Object> arguments) {
            throw new SelException("there is no function params." + function);
          }
        };
    var result =
        Expression.compile("s = 0; for (i = 0; i < n; i += 1) { s += n; } n > 5 ? never : s")
            .evaluate(scope, Fixed.runtime());
    assertThat(result).isEqualTo(4L);
    assertThat(asked).containsExactly("n");
  }

  @Test
  void valuesFromOutsideAreCopiedSoThatAnExpressionCannotChangeThem() {
    var outside = new ArrayList<>(List.of(1L, 2L));
    var map = new HashMap<>(Map.of("k", "v"));
    var result =
        Expression.compile("xs[0] = 9; m['k'] = 'w'; m['xs'] = xs; m")
            .evaluate(Fixed.scope(Map.of("xs", outside, "m", map)), Fixed.runtime());
    assertThat(result).isEqualTo(Map.of("k", "w", "xs", List.of(9L, 2L)));
    assertThat(outside).containsExactly(1L, 2L);
    assertThat(map).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void resultsAreImmutableAndKeepTheOrderOfInsertion() {
    var result =
        (Map<?, ?>)
            Fixed.evaluate("r = new LinkedHashMap(); r['z'] = 1; r['a'] = xs; r['m'] = null; r");
    assertThat(result.keySet().stream().map(String::valueOf)).containsExactly("z", "a", "m");
    assertThatThrownBy(result::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(((List<?>) result.get("a"))::clear)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void numbersFromOutsideBecomeLongsAndDoubles() {
    var scope =
        Fixed.scope(
            Map.of(
                "i",
                5,
                "f",
                1.5f,
                "b",
                new BigDecimal("2.5"),
                "mixed",
                Arrays.asList(1, "a", null),
                "numbers",
                List.of(1, new BigDecimal("0.5"))));
    assertThat(Expression.compile("i + f + b").evaluate(scope, Fixed.runtime())).isEqualTo(9.0);
    assertThat(Expression.compile("mixed").evaluate(scope, Fixed.runtime()))
        .isEqualTo(Arrays.asList(1L, "a", null));
    assertThat(Expression.compile("numbers").evaluate(scope, Fixed.runtime()))
        .isEqualTo(List.of(1.0, 0.5));
  }

  @Test
  void anEmptyListFromOutsideFitsEveryArray() {
    var scope = Fixed.scope(Map.of("empty", List.of()));
    assertThat(
            Expression.compile(
                    "long[] r = empty; x = empty; x = Util.intsBetween(0, r.length + 2, 1); x")
                .evaluate(scope, Fixed.runtime()))
        .isEqualTo(List.of(0L, 1L));
  }

  @Test
  void otherObjectsFromOutsideAreRefused() {
    var scope = Fixed.scope(Map.of("r", Runtime.getRuntime(), "nested", List.of(new Object())));
    for (var source : List.of("r", "nested", "r == null")) {
      assertThatThrownBy(() -> Expression.compile(source).evaluate(scope, Fixed.runtime()))
          .isInstanceOf(SelException.class)
          .hasMessageContaining("from outside");
    }
  }

  @Test
  void aProblemPointsAtItsPlace() {
    var problem =
        catchThrowableOfType(
            SelException.class, () -> Fixed.evaluate("x = 1;\n\treturn x + name.lenght();"));
    assertThat(problem.line()).isEqualTo(2);
    assertThat(problem.column()).isEqualTo(18);
    assertThat(problem.offset()).isEqualTo(24);
    assertThat(problem.suggestion()).isEqualTo("did you mean length?");
    assertThat(problem.render())
        .isEqualTo(
            """
            no type has a method lenght with no arguments (line 2:18)
              \treturn x + name.lenght();
              \t                ^
            did you mean length?\
            """);
  }

  @Test
  void aProblemAtRunTimePointsAtTheOperatorThatFailed() {
    var problem =
        catchThrowableOfType(SelException.class, () -> Fixed.evaluate("a + (ok * name.length())"));
    assertThat(problem.problem()).isEqualTo("there is no boolean * long");
    assertThat(problem.offset()).isEqualTo(8);
  }

  @Test
  void aProblemInsideAScopeKeepsItsOwnPlace() {
    var scope =
        new Scope() {
          @Override
          public @Nullable Object get(String name) {
            return Expression.compile("1 /\n0").evaluate(this, Fixed.runtime());
          }

          @Override
          public @Nullable Object call(String function, List<@Nullable Object> arguments) {
            throw new UnknownNameException("x", "did you mean y?");
          }
        };
    var nested =
        catchThrowableOfType(
            SelException.class,
            () -> Expression.compile("1 + inner").evaluate(scope, Fixed.runtime()));
    assertThat(nested.offset()).isEqualTo(2);
    var unknown =
        catchThrowableOfType(
            SelException.class,
            () -> Expression.compile("1 + params.get('x')").evaluate(scope, Fixed.runtime()));
    assertThat(unknown).hasMessage("there is no parameter x (line 1:12); did you mean y?");
  }

  @Test
  void theSampleDefinitionsExpressionsWork() {
    var scope =
        Fixed.scope(
            Map.of(
                "param2",
                15L,
                "sleep_seconds",
                10L,
                "job3__sleep_seconds",
                3L,
                "TARGET_RUN_DATE",
                20240505L,
                "TARGET_RUN_HOUR",
                "10",
                "i",
                3L,
                "x",
                2L,
                "param0",
                15L));
    var expected = new LinkedHashMap<String, Object>();
    expected.put(
        "new DateTime(1569018000000).withZone(DateTimeZone.forID('UTC')).monthOfYear().getAsText();",
        "September");
    expected.put("return UUID.randomUUID().toString();", Fixed.UUID);
    expected.put("'bar1';", "bar1");
    expected.put("sleep_seconds + '1';", "101");
    expected.put(
        "Util.dateIntHourToTs(TARGET_RUN_DATE, TARGET_RUN_HOUR, 'UTC', 0, 0)/1000", 1714903200L);
    expected.put("job3__sleep_seconds + 1;", 4L);
    expected.put("param2 < 0", false);
    expected.put("245 > 123", true);
    expected.put("params.get('param0')", 15L);
    expected.put("Util.intsBetween(1, i, 1);", List.of(1L, 2L));
    expected.put("x * 5;", 10L);
    expected.put(
        """

        DateTimeFormatter tz_dateint_hour_formatter = DateTimeFormat
            .forPattern("yyyyMMddHH")
            .withZone(DateTimeZone.forID("UTC"));

        DateTime dt = tz_dateint_hour_formatter
            .parseDateTime(TARGET_RUN_DATE + "00")
            .minusDays(0)
            .minusHours(0);

        dt.withZone(DateTimeZone.forID("UTC")).toString("yyyyMMdd");
        """,
        "20240505");
    expected.forEach((source, result) ->
        assertThat(Expression.compile(source).evaluate(scope, Fixed.runtime()))
            .as(source)
            .isEqualTo(result));
  }

  @Test
  void aProgramMayChooseByTheRunPolicyAndThrow() {
    var source =
        """
        P = policy; if (P == "START_FRESH_NEW_RUN") return "run"; \
        else if (P == "RESTART_FROM_INCOMPLETE") return "resume"; \
        else throw "Unsupported restart mode: " + P;\
        """;
    var expression = Expression.compile(source);
    assertThat(
            expression.evaluate(
                Fixed.scope(Map.of("policy", "RESTART_FROM_INCOMPLETE")), Fixed.runtime()))
        .isEqualTo("resume");
    assertThatThrownBy(
            () -> expression.evaluate(Fixed.scope(Map.of("policy", "OTHER")), Fixed.runtime()))
        .isInstanceOf(SelException.class)
        .hasMessageStartingWith("Unsupported restart mode: OTHER");
  }

  @Test
  void aLoopOfAHundredThousandIterationsCanBeBuilt() {
    var source = "long[] r = new long[100000]; for (i = 0; i < 100000; i += 1) r[i] = i * 2; r";
    assertThat((List<?>) Fixed.evaluate(source)).hasSize(100_000).last().isEqualTo(199_998L);
    assertThat((List<?>) Fixed.evaluate("Util.intsBetween(0, 100000, 1)")).hasSize(100_000);
  }

  @Test
  void theMachinesLanguageAndZoneDoNotChangeResults() {
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      assertThat(
              Fixed.evaluate("new DateTime().toString('yyyy-MM-dd HH:mm:ss.SSS Z ZZ EEE MMM a')"))
          .isEqualTo("2024-05-05 10:20:30.040 +0000 +00:00 Sun May AM");
      assertThat(Fixed.evaluate("new DateTime() + String.format(' %05.1f %d', 1.5, 1000)"))
          .isEqualTo("2024-05-05T10:20:30.040Z 001.5 1000");
      assertThat(Fixed.evaluate("'TITLE'.toLowerCase() + 'é'.escape()")).isEqualTo("title\\u00E9");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void theCacheCompilesOnceAndForgetsWhatIsNotUsed() {
    var cache = new ExpressionCache(1_000);
    var first = cache.get("1 + 1");
    assertThat(cache.get("1 + 1")).isSameAs(first);
    for (var i = 0; i < 1_000; i++) {
      cache.get("'expression number " + i + "'");
      assertThat(cache.get("2 + 2").source()).isEqualTo("2 + 2");
      assertThat(cache.size()).isLessThanOrEqualTo(2_000);
    }
    assertThat(cache.get("1 + 1")).isNotSameAs(first);
    assertThatThrownBy(() -> cache.get("1 +")).isInstanceOf(SelException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'' + 1.0e5 * 1.0e5 | 10000000000.0",
        "1.0e5 * 1.0e5 + 'x' | 10000000000.0x",
        "'' + 1.0 / 10000000 | 0.0000001",
        "String.join(',', 1.0e10, 5.0) | 10000000000.0,5.0",
        "'' + new double[]{1.0e10, 0.5} | [10000000000.0,0.5]",
        "String.format('%s %1$s %2$.1f %<s %s', 1.0e10, 2.0e7) | 10000000000.0 10000000000.0"
            + " 20000000.0 20000000.0 20000000.0",
        "'' + Math.pow(2.0, 70.0) | 1180591620717411300000.0",
      })
  void aDoubleHasOneTextWithoutExponent(String source, String text) {
    assertThat(Fixed.evaluate(source)).isEqualTo(text);
  }
}
