package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What leads from one process to one server of this machine. While it is cut, nothing passes and
 * nobody is told, as behind a firewall that drops: connections stay open, what is sent waits, and a
 * new connection is neither accepted nor refused. When it is mended everything goes on where it
 * was.
 */
final class Cable implements AutoCloseable {
  private static final int WAITING_ROOM = 8;

  /** A connection that isn't accepted within so long on this machine finds no room to wait in. */
  private static final int FULL_AFTER_MILLIS = 200;

  private static final int BUFFER = 1 << 16;

  private final int target;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock state = new ReentrantLock();
  private final Condition mended = state.newCondition();
  private boolean cut;

  /** Our own connections, which take the room of all others; by their ports. */
  private final Set<Integer> plugs = ConcurrentHashMap.newKeySet();

  /**
   * @param target the port on 127.0.0.1 that it leads to
   */
  Cable(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, WAITING_ROOM, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Its port on 127.0.0.1. */
  int port() {
    return server.getLocalPort();
  }

  /** Nothing passes from now on. */
  void cut() {
    state.lock();
    try {
      cut = true;
    } finally {
      state.unlock();
    }
    plug();
  }

  /**
   * The system accepts connections on its own until as many wait as there is room for. Whoever
   * takes one of them to hold it makes room for one more, so it has to be full twice in a row.
   */
  private void plug() {
    for (int full = 0; full < 2; ) {
      var plug = new Socket();
      try {
        plug.connect(new InetSocketAddress(server.getInetAddress(), port()), FULL_AFTER_MILLIS);
        plugs.add(plug.getLocalPort());
        open.add(plug);
        full = 0;
      } catch (SocketTimeoutException e) {
        full++; // everybody else waits as long now
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Everything passes again, and first what waits. */
  void mend() {
    state.lock();
    try {
      cut = false;
      mended.signalAll();
    } finally {
      state.unlock();
    }
  }

  private void awaitMended() throws InterruptedException {
    state.lock();
    try {
      while (cut) {
        mended.await();
      }
    } finally {
      state.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        var near = server.accept();
        awaitMended();
        if (plugs.remove(near.getPort())) {
          near.close();
        } else {
          threads.execute(() -> serve(near));
        }
      }
    } catch (IOException e) {
      // Closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket near) {
    try (near;
        var far = new Socket(server.getInetAddress(), target)) {
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      open.add(near);
      open.add(far);
      try {
        var back = threads.submit(() -> pass(far, near));
        pass(near, far);
        back.get();
      } finally {
        open.remove(near);
        open.remove(far);
      }
    } catch (IOException | ExecutionException e) {
      // The server doesn't listen, or one of both has gone: then the other one loses it, too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What one sends to the other, and that it has ended: that, too, only while the cable is whole.
   */
  private void pass(Socket from, Socket to) {
    var buffer = new byte[BUFFER];
    try {
      try {
        for (int n = from.getInputStream().read(buffer); n >= 0; ) {
          awaitMended();
          to.getOutputStream().write(buffer, 0, n);
          n = from.getInputStream().read(buffer);
        }
        awaitMended();
        to.shutdownOutput();
      } catch (IOException e) {
        awaitMended();
        from.close();
        to.close();
      }
    } catch (IOException e) {
      // Closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
