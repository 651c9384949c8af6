package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.ParamForm;
import org.maestro.dsl.Read;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.param.ParamTree;
import org.maestro.sel.Decimals;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.json.UnreadableRowException;

/** Whatever a parameter may hold comes back from every writer by every reader. */
class RunJsonTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private final RunJson own = new RunJson();

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  private static final List<Object> LONGS =
      List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1);

  private static final List<Object> DOUBLES =
      List.of(
          decimal("0"),
          decimal("-0.0"),
          decimal("5"),
          decimal("1e20"),
          decimal("-1e308"),
          decimal("9223372036854775808"),
          decimal("1e999"),
          decimal("-1e-999"),
          decimal("9".repeat(999) + "." + "9".repeat(999)),
          Decimals.of(Double.MIN_VALUE),
          Decimals.of(Double.MIN_NORMAL),
          Decimals.of(Double.MAX_VALUE));

  private static final List<Object> TEXTS =
      List.of(
          "",
          " ",
          "\u0001\u001F\u007F\u0080\u2028\u2029",
          "\uD7FF\uE000\uFFFD\uFFFE\uFFFF",
          "\uD800\uDC00\uDBFF\uDFFF",
          "\"\\/\b\f\n\r\t${x} $$",
          "1e20",
          "NaN",
          "null",
          "x".repeat(200_000));

  private static BigDecimal decimal(String text) {
    return Decimals.normal(new BigDecimal(text));
  }

  private static Map<String, Param> everything() {
    var params = new LinkedHashMap<String, Param>();
    each(params, ParamType.LONG, LONGS);
    each(params, ParamType.DOUBLE, DOUBLES);
    each(params, ParamType.STRING, TEXTS);
    each(params, ParamType.BOOLEAN, List.of(true, false));
    each(params, ParamType.LONG_ARRAY, List.of(LONGS, List.of()));
    each(params, ParamType.DOUBLE_ARRAY, List.of(DOUBLES, List.of()));
    each(params, ParamType.STRING_ARRAY, List.of(TEXTS, List.of()));
    each(params, ParamType.BOOLEAN_ARRAY, List.of(List.of(true, false), List.of()));
    each(params, ParamType.STRING_MAP, List.of(Map.of("", "", "~/\uFFFF", "x"), Map.of()));
    var parts = new LinkedHashMap<>(params);
    var results = new LinkedHashMap<String, Object>();
    parts.forEach((name, part) -> results.put(name, part.evaluatedResult()));
    params.put("map", Param.literal(ParamType.MAP, parts).evaluated(results, 7));
    params.put(
        "nested",
        Param.literal(ParamType.MAP, Map.of("inner", params.get("map")))
            .evaluated(Map.of("inner", results), 7));
    params.put("computed", Param.expression(ParamType.MAP, "m").evaluated(results, 7));
    return params;
  }

  private static void each(Map<String, Param> params, ParamType type, List<Object> values) {
    for (var value : values) {
      params.put(type.name() + params.size(), Param.literal(type, value).evaluated(value, 7));
    }
  }

  record Row(Map<String, Param> params) {}

  private static String throughTheDatabase(String json) {
    return DATABASE
        .jdbc()
        .sql("SELECT CAST(CAST(? AS jsonb) AS text)")
        .param(json)
        .query(String.class)
        .single();
  }

  @Test
  void theEngineReadsWhatItWroteAlsoFromTheDatabase() {
    var params = everything();
    var written = own.write(new Row(params));
    assertThat(own.read(written, Row.class).params()).isEqualTo(params);
    assertThat(own.read(throughTheDatabase(written), Row.class).params()).isEqualTo(params);
  }

  @Test
  void answersAndStoredDefinitionsHoldTheSame() {
    var params = everything();
    var json = StrictJson.mapper();
    var written = json.writeValueAsString(DefinitionWriter.tree(params));
    for (var text : List.of(written, throughTheDatabase(written))) {
      for (var reader : List.of(json, StrictJson.ownRows().build())) {
        var tree = reader.readValue(text, Map.class);
        assertThat(DefinitionReader.params(tree, "", ParamForm.STORED))
            .isEqualTo(new Read.Ok<>(params));
        assertThat(ParamTree.params(tree)).isEqualTo(params);
      }
    }
  }

  @Test
  void whatCannotBeReadSaysSoInOneWay() {
    assertThatThrownBy(() -> own.read("{\"params\": {\"p\": {\"type\": \"NONE\"}}}", Row.class))
        .isInstanceOf(UnreadableRowException.class)
        .hasMessageContaining("NONE");
  }
}
