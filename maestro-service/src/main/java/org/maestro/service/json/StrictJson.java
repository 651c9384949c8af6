package org.maestro.service.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.maestro.model.document.Limit;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Makes the engine's JSON mapper: snake_case names in declaration order, nulls omitted, enums read
 * without regard to case, integers as {@code Long}, fractions as {@code BigDecimal}, unknown and
 * repeated names refused, and hostile input (deep, long, huge numbers) refused while it is read.
 */
public final class StrictJson {
  @Limit("levels of a JSON body")
  private static final int MAX_DEPTH = 100;

  private static final int MAX_STRING_CHARS = 1_048_576;

  /** A thousand digits with a thousand zeros behind them, which definitions may have. */
  private static final int MAX_NUMBER_DIGITS = 2_100;

  private static final int MAX_NAME_CHARS = 10_000;

  /** What is read from outside, in what we wrap around it. */
  private static final int DEEPEST_ROW = 1_000;

  private StrictJson() {}

  /** A new mapper; mappers are safe for use by many threads. */
  public static JsonMapper mapper() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_STRING_CHARS)
            .maxNumberLength(MAX_NUMBER_DIGITS)
            .maxNameLength(MAX_NAME_CHARS)
            .build();
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    return builder(factory)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /**
   * The beginnings of a mapper for what the system wrote itself: the same numbers, trees and names,
   * and none of the limits that are for strangers.
   */
  public static JsonMapper.Builder ownRows() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST_ROW)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(MAX_NUMBER_DIGITS)
            .build();
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    return builder(factory).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** What all have in common: whatever one of them writes, each of them reads. */
  private static JsonMapper.Builder builder(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.USE_LONG_FOR_INTS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .addModule(
            new SimpleModule()
                .addDeserializer(Object.class, new TreeDeserializer(MAX_NUMBER_DIGITS)));
  }
}
