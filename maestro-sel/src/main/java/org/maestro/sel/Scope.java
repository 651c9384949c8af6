package org.maestro.sel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an expression gets its inputs: the values of names it doesn't declare, and the functions of
 * {@code params}. Only plain JDK values may be handed over: {@code Long}, {@code Integer}, {@code
 * Double}, {@code Float}, {@code BigDecimal}, {@code Boolean}, {@code String}, {@code List}, {@code
 * Map} with string keys, and null. They are copied: an expression can't change them.
 */
public interface Scope {

  /**
   * The value of a free name, asked at most once per name and evaluation.
   *
   * @throws UnknownNameException if there is none
   */
  @Nullable Object get(String name);

  /**
   * The result of {@code params.function(arguments)}; {@code params['x']} arrives as {@code
   * call("get", ["x"])}. Arguments are plain values, too.
   *
   * @throws SelException for an unknown function or wrong arguments
   */
  @Nullable Object call(String function, List<@Nullable Object> arguments);
}
