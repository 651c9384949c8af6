package org.maestro.signal.match;

import org.maestro.model.message.SignalRequest.Condition;

/**
 * Where in the index the values lie that meet a condition, both ends included. Some others may lie
 * there too: the ends themselves, and long texts that begin alike.
 */
@SuppressWarnings("ArrayRecordComponent") // only handed to the database
public record IndexRange(String param, byte[] from, byte[] to) {

  /** Of one condition. */
  public static IndexRange of(Condition condition) {
    var value = condition.value();
    var here = EncodedValue.indexed(value);
    return switch (condition.operator()) {
      case EQUALS -> new IndexRange(condition.param(), here, here);
      case GREATER, GREATER_OR_EQUAL ->
          new IndexRange(condition.param(), here, EncodedValue.greatest(value));
      case LESS, LESS_OR_EQUAL ->
          new IndexRange(condition.param(), EncodedValue.least(value), here);
    };
  }

  /** The place of one value. */
  public static byte[] place(Object value) {
    return EncodedValue.indexed(value);
  }
}
