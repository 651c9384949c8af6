package org.maestro.conductor;

import java.lang.reflect.Proxy;
import java.util.Set;

/** Stands in for the parts of a Conductor installation that a run's state machine doesn't have. */
final class AbsentPart {

  private AbsentPart() {}

  /**
   * A part that ignores the named calls, answering null, and refuses all others: a call nobody
   * thought of must not pass unnoticed.
   */
  static <T> T of(Class<T> part, String... ignored) {
    Set<String> harmless = Set.of(ignored);
    Object stand =
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (_, method, _) -> {
              if (harmless.contains(method.getName())) {
                return null;
              }
              throw new UnsupportedOperationException(
                  "a run's state machine has no " + part.getSimpleName() + ": " + method.getName());
            });
    return part.cast(stand);
  }
}
