package org.maestro.engine.loop;

import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.HandlerKind;

/** How a handler is named on the way down to a step: no step can have such an id. */
public final class HandlerPath {
  private static final String MARK = ":";

  private HandlerPath() {}

  /** The part of a path that leads to the steps of a handler. */
  public static String of(HandlerKind kind) {
    return MARK + kind.field();
  }

  /** The handler that a part of a path leads to; null if it is the id of a step. */
  public static @Nullable HandlerKind kind(String part) {
    for (var kind : HandlerKind.values()) {
      if (part.equals(of(kind))) {
        return kind;
      }
    }
    return null;
  }
}
