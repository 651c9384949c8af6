package org.maestro.dsl.builder;

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
    return switch (value) {
      case null -> null;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case Double number -> BigDecimal.valueOf(number);
      case Float number -> new BigDecimal(number.toString());
      case ParamBuilder param -> param.tree();
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, item) -> {
          if (item instanceof ParamBuilder param) {
            param.putInto(copy, String.valueOf(key));
          } else {
            copy.put(String.valueOf(key), plain(item));
          }
        });
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(item -> copy.add(plain(item)));
        yield copy;
      }
      default -> value;
    };
  }
}
