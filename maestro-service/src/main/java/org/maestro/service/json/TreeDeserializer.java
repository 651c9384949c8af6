package org.maestro.service.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.UntypedObjectDeserializer;

/**
 * Trees of plain data. Decimals are written plainly, by us and by the database, so 1e20 comes back
 * as an integer beyond 64 bits: it has to be read as the decimal that it was.
 */
final class TreeDeserializer extends UntypedObjectDeserializer {
  TreeDeserializer() {
    super((JavaType) null, (JavaType) null);
  }

  @Override
  public ValueDeserializer<?> createContextual(
      DeserializationContext context, @Nullable BeanProperty property) {
    return this;
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
            && parser.getNumberType() == NumberType.BIG_INTEGER
        ? parser.getDecimalValue()
        : super.deserialize(parser, context);
  }
}
