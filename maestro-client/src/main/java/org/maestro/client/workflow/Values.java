package org.maestro.client.workflow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java values as trees hold them. */
final class Values {
  private Values() {}

  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double number) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Float number) {
      return new BigDecimal(number.toString());
    }
    if (value instanceof ParamBuilder param) {
      return param.tree();
    }
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((key, item) -> {
        if (item instanceof ParamBuilder param) {
          param.putInto(copy, String.valueOf(key));
        } else {
          copy.put(String.valueOf(key), plain(item));
        }
      });
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<@Nullable Object>(list.size());
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    return value;
  }
}
