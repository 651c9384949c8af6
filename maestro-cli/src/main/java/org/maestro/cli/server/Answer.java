package org.maestro.cli.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered.
 *
 * @param body what this program reads of it
 * @param tree all of it as it came, for programs that want it
 */
public record Answer<T>(T body, @Nullable Object tree) {

  static <T> Answer<T> of(Class<T> type, @Nullable Object tree) {
    return new Answer<>(Records.read(type, tree), tree);
  }

  /** The elements of one of its lists. */
  public <E> List<Answer<E>> elements(String member, Class<E> type) {
    return elements(tree instanceof Map<?, ?> map ? map.get(member) : null, type);
  }

  static <E> List<Answer<E>> elements(@Nullable Object list, Class<E> type) {
    return list instanceof List<?> elements
        ? elements.stream().map(element -> of(type, element)).toList()
        : List.of();
  }
}
