package org.maestro.signal.match;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.SignalRequest.Condition;

/**
 * One thing that a signal must have to meet some conditions, so that those who wait need not all be
 * looked at when a signal comes: a parameter with a value, or nothing.
 */
public final class Hook {
  private static final byte[] ANY = {};

  private Hook() {}

  /** What these conditions hang on: their first equality, else nothing. */
  public static byte[] of(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.operator() == MatchOperator.EQUALS)
        .findFirst()
        .map(condition -> hook(condition.param(), condition.value()))
        .orElse(ANY.clone());
  }

  /** Everything that conditions met by these parameters may hang on. */
  public static List<byte[]> offeredBy(Map<String, Object> params) {
    var hooks = new ArrayList<byte[]>();
    hooks.add(ANY.clone());
    params.forEach((param, value) -> hooks.add(hook(param, value)));
    return hooks;
  }

  private static byte[] hook(String param, Object value) {
    var name = param.getBytes(StandardCharsets.UTF_8);
    var place = EncodedValue.indexed(value);
    return ByteBuffer.allocate(name.length + 1 + place.length)
        .put(name)
        .put((byte) 0)
        .put(place)
        .array();
  }
}
