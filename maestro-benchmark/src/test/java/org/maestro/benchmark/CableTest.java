package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CableTest {
  /** So long nothing is looked for that must not come. */
  private static final int PATIENCE = 500;

  /**
   * So long something is waited for that must come. A system that finds the waiting room still full
   * right after the mending drops the request to connect, and asks again after a second, then two.
   */
  private static final int LONG_PATIENCE = 10_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket echo;
  private Cable cable;

  @BeforeEach
  void begin() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::echo);
    cable = new Cable(echo.getLocalPort());
  }

  @AfterEach
  void end() throws IOException {
    cable.close();
    echo.close();
    threads.shutdownNow();
    threads.close();
  }

  private void echo() {
    try {
      while (true) {
        var socket = echo.accept();
        threads.execute(() -> {
          try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
          } catch (IOException e) {
            // It has been cut off.
          }
        });
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private Socket connect() throws IOException {
    return connect(LONG_PATIENCE);
  }

  private Socket connect(int patience) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), cable.port()), patience);
      socket.setSoTimeout(patience);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static int ask(Socket socket, int what) throws IOException {
    socket.getOutputStream().write(what);
    return socket.getInputStream().read();
  }

  @Test
  void whatIsSentArrives() throws IOException {
    try (var socket = connect()) {
      assertThat(ask(socket, 7)).isEqualTo(7);
    }
  }

  @Test
  void anEndArrivesToo() throws IOException {
    try (var socket = connect()) {
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void nothingPassesACutCableAndNobodyIsToldUntilItIsMended() throws IOException {
    try (var socket = connect()) {
      assertThat(ask(socket, 7)).isEqualTo(7);
      cable.cut();
      socket.setSoTimeout(PATIENCE);
      assertThatThrownBy(() -> ask(socket, 8)).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(LONG_PATIENCE);
      cable.mend();
      assertThat(socket.getInputStream().read()).isEqualTo(8);
      assertThat(ask(socket, 9)).isEqualTo(9);
    }
  }

  @Test
  void nobodyConnectsThroughACutCable() throws IOException {
    cable.cut();
    assertThatThrownBy(() -> connect(PATIENCE)).isInstanceOf(SocketTimeoutException.class);
    cable.mend();
    try (var socket = connect()) {
      assertThat(ask(socket, 7)).isEqualTo(7);
    }
  }

  @Test
  void aCableCanBeCutAgain() throws IOException {
    for (int time = 0; time < 3; time++) {
      cable.cut();
      cable.mend();
    }
    cable.cut();
    assertThatThrownBy(() -> connect(PATIENCE)).isInstanceOf(SocketTimeoutException.class);
  }
}
