package org.maestro.engine.step.runtime.job;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells listeners what appears or changes in folders, by the file system's own notifications: one
 * descriptor and one thread for all folders. A notification may be lost when very many come at
 * once; listeners then hear an empty name and look for themselves.
 */
public final class FolderWatch implements AutoCloseable {
  private final WatchService watch;
  private final Map<Path, Watched> folders = new HashMap<>();

  /** Opens the file system's notifications. */
  public FolderWatch(Path anyFolder) {
    try {
      watch = anyFolder.getFileSystem().newWatchService();
    } catch (IOException e) {
      throw new UncheckedIOException("the file system offers no notifications", e);
    }
    Thread.ofPlatform().daemon().name("maestro-folder-watch").start(this::listen);
  }

  /**
   * Calls the listener with the name of each file that is created or written in the folder, until
   * the subscription is closed. The listener must return at once.
   */
  public Subscription subscribe(Path folder, Consumer<Optional<Path>> listener) throws IOException {
    synchronized (folders) {
      var watched = folders.get(folder);
      if (watched == null) {
        watched =
            new Watched(
                folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY), new CopyOnWriteArrayList<>());
        folders.put(folder, watched);
      }
      watched.listeners.add(listener);
    }
    return () -> unsubscribe(folder, listener);
  }

  private void unsubscribe(Path folder, Consumer<Optional<Path>> listener) {
    synchronized (folders) {
      var watched = folders.get(folder);
      if (watched != null && watched.listeners.remove(listener) && watched.listeners.isEmpty()) {
        watched.key.cancel();
        folders.remove(folder);
      }
    }
  }

  private void listen() {
    try {
      while (true) {
        var key = watch.take();
        for (var event : key.pollEvents()) {
          var name =
              event.context() instanceof Path path ? Optional.of(path) : Optional.<Path>empty();
          listenersOf(key).forEach(listener -> listener.accept(name));
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // Closed: nobody listens any more.
    }
  }

  private List<Consumer<Optional<Path>>> listenersOf(WatchKey key) {
    synchronized (folders) {
      var watched = folders.get((Path) key.watchable());
      return watched == null ? List.of() : watched.listeners;
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }

  private record Watched(WatchKey key, List<Consumer<Optional<Path>>> listeners) {}

  /** Ends the notifications of one listener. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
