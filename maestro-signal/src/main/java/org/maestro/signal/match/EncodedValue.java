package org.maestro.signal.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of a signal's parameter as bytes that have the order of the values: whole numbers by
 * size, texts by code point, all numbers before all texts. Equal bytes are equal values.
 */
final class EncodedValue {
  /**
   * How many bytes of a value are in the index; what differs only behind them is compared later.
   */
  static final int INDEXED = 256;

  private static final byte NUMBER = 'n';
  private static final byte TEXT = 's';
  private static final byte[] LEAST_NUMBER = number(Long.MIN_VALUE);
  private static final byte[] GREATEST_NUMBER = number(Long.MAX_VALUE);
  private static final byte[] LEAST_TEXT = {TEXT};

  /** No text in UTF-8 contains the byte 0xFF. */
  private static final byte[] GREATEST_TEXT = {TEXT, (byte) 0xFF};

  private EncodedValue() {}

  /**
   * All of it.
   *
   * @param value a String or a Long
   */
  static byte[] whole(Object value) {
    return switch (value) {
      case Long number -> number(number);
      case String text -> text(text);
      default -> throw new IllegalArgumentException("expected a String or a Long");
    };
  }

  /** As much of it as the index has. */
  static byte[] indexed(Object value) {
    var whole = whole(value);
    return whole.length > INDEXED ? Arrays.copyOf(whole, INDEXED) : whole;
  }

  /** Before the first of its type. */
  static byte[] least(Object value) {
    return (value instanceof Long ? LEAST_NUMBER : LEAST_TEXT).clone();
  }

  /** Not before the last of its type. */
  static byte[] greatest(Object value) {
    return (value instanceof Long ? GREATEST_NUMBER : GREATEST_TEXT).clone();
  }

  private static byte[] number(long value) {
    // With the sign bit turned the bytes of negative numbers come first.
    return ByteBuffer.allocate(9).put(NUMBER).putLong(value ^ Long.MIN_VALUE).array();
  }

  private static byte[] text(String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(bytes.length + 1).put(TEXT).put(bytes).array();
  }
}
