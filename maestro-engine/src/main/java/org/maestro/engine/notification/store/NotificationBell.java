package org.maestro.engine.notification.store;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells who sends notifications that new ones have been committed on this node. */
public final class NotificationBell {
  private final CopyOnWriteArrayList<Consumer<Set<String>>> listeners =
      new CopyOnWriteArrayList<>();

  /**
   * Has somebody told.
   *
   * @param listener is given the channels; must not fail and must not take time
   */
  public void listen(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  void ring(Set<String> channels) {
    listeners.forEach(listener -> listener.accept(channels));
  }
}
