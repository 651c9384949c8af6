package org.maestro.engine.step.runtime.shell;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;

/** A connection to a keeper: a thread hears of ends until it closes. */
final class KeeperConnection implements AutoCloseable {
  /** Others wait meanwhile. */
  private static final Duration GREETING = Duration.ofSeconds(15);

  private final SocketChannel channel;
  private final Duration patience;
  private final Consumer<Optional<String>> changed;
  private final AtomicLong requests = new AtomicLong();
  private final CompletableFuture<KeeperMessage.Hello> hello = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  /**
   * @param changed hears the attempts that have ended, and of the connection's end; must return at
   *     once
   */
  private KeeperConnection(
      SocketChannel channel, Duration patience, Consumer<Optional<String>> changed) {
    this.channel = channel;
    this.patience = patience;
    this.changed = changed;
  }

  /**
   * Connects, and hears who is there.
   *
   * @throws IOException if nobody is, or doesn't say so in time
   */
  static KeeperConnection open(Path socket, Duration patience, Consumer<Optional<String>> changed)
      throws IOException, InterruptedException {
    var connection =
        new KeeperConnection(
            SocketChannel.open(UnixDomainSocketAddress.of(socket)), patience, changed);
    Thread.ofPlatform().daemon().name("maestro-keeper").start(connection::listen);
    try {
      connection.await(connection.hello, GREETING);
      return connection;
    } catch (IOException | InterruptedException e) {
      connection.close();
      throw e;
    }
  }

  boolean isOpen() {
    return !isClosed;
  }

  /** Whether it can be talked to. */
  boolean isOfThisVersion() {
    return hello.isDone() && hello.join().version() == KeeperMessage.VERSION;
  }

  /**
   * Has the job run unless its attempt is claimed.
   *
   * @throws IOException if nobody knows whether it is, or if this machine can't claim it
   */
  void run(KeeperMessage.Run order) throws IOException, InterruptedException {
    var request = requests.incrementAndGet();
    var answer = new CompletableFuture<String>();
    answers.put(request, answer);
    try {
      send(
          new KeeperMessage.Run(
              request,
              order.uuid(),
              order.folder(),
              order.command(),
              order.environment(),
              order.outputBytes(),
              order.hidden()));
      var problem = await(answer, patience);
      if (!problem.isEmpty()) {
        throw new RefusedException(problem);
      }
    } finally {
      answers.remove(request);
    }
  }

  void stop(String uuid, Duration grace) throws IOException {
    send(new KeeperMessage.Stop(uuid, grace.toMillis()));
  }

  private synchronized void send(KeeperMessage message) throws IOException {
    var frame = ByteBuffer.wrap(message.frame());
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  private <T> T await(CompletableFuture<T> answer, Duration atMost)
      throws IOException, InterruptedException {
    if (isClosed && !answer.isDone()) { // nobody would complete it
      throw new IOException("the keeper has gone");
    }
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the keeper has gone", e);
    } catch (TimeoutException e) {
      throw new IOException("the keeper doesn't answer within " + atMost, e);
    }
  }

  private void listen() {
    try (var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)))) {
      for (var message = KeeperMessage.read(in); message != null; ) {
        switch (message) {
          case KeeperMessage.Hello greeting -> hello.complete(greeting);
          case KeeperMessage.Answer(var request, var problem) -> {
            var answer = answers.get(request);
            if (answer != null) {
              answer.complete(problem);
            }
          }
          case KeeperMessage.Ended(var uuid) -> changed.accept(Optional.of(uuid));
          case KeeperMessage.Run _, KeeperMessage.Stop _ ->
              throw new IOException("expected an answer, found an order");
        }
        message = isOfThisVersion() ? KeeperMessage.read(in) : null;
      }
    } catch (IOException e) {
      // It ends the same way.
    }
    isClosed = true;
    var gone = new IOException("the connection has ended");
    hello.completeExceptionally(gone);
    answers.values().forEach(answer -> answer.completeExceptionally(gone));
    changed.accept(Optional.empty());
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone anyway.
    }
  }

  /** The keeper can't claim the attempt. */
  static final class RefusedException extends IOException {
    RefusedException(String message) {
      super(message);
    }
  }
}
