package org.maestro.service.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.UntypedObjectDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Trees of plain data. Decimals are written plainly, by us and by the database, so 1e20 comes back
 * as an integer beyond 64 bits: it has to be read as the decimal that it was. What couldn't be
 * written plainly again is refused at its place.
 */
final class TreeDeserializer extends UntypedObjectDeserializer {
  private final int mostDigits;

  TreeDeserializer(int mostDigits) {
    super((JavaType) null, (JavaType) null);
    this.mostDigits = mostDigits;
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty property) {
    return this;
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_FLOAT -> writable(parser);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == NumberType.BIG_INTEGER
              ? parser.getDecimalValue()
              : (Object) parser.getLongValue();
      default -> super.deserialize(parser, context);
    };
  }

  private BigDecimal writable(JsonParser parser) {
    var number = parser.getDecimalValue();
    var digits = Math.max(number.precision(), number.precision() - (long) number.scale());
    if (Math.max(digits, number.scale()) > mostDigits) {
      throw MismatchedInputException.from(
          parser,
          BigDecimal.class,
          "expected a number of at most %d digits at %s, found %s; round it"
              .formatted(mostDigits, parser.streamReadContext().pathAsPointer(), shown(number)));
    }
    return number;
  }

  private static String shown(BigDecimal number) {
    var text = number.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
