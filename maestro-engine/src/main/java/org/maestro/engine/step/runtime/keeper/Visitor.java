package org.maestro.engine.step.runtime.keeper;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * An engine's connection. One that doesn't read what it is told is cut off: it comes back and looks
 * for itself.
 */
final class Visitor {
  private static final int MOST_UNREAD = 10_000;

  private final SocketChannel channel;
  private final Jobs jobs;
  private final Consumer<Visitor> gone;
  private final BlockingQueue<KeeperMessage> news = new ArrayBlockingQueue<>(MOST_UNREAD);

  Visitor(SocketChannel channel, Jobs jobs, Consumer<Visitor> gone) {
    this.channel = channel;
    this.jobs = jobs;
    this.gone = gone;
  }

  void start(KeeperMessage.Hello hello) {
    tell(hello);
    Thread.ofPlatform().name("listener").start(this::listen);
    Thread.ofPlatform().name("teller").start(this::speak);
  }

  void tell(KeeperMessage message) {
    if (!news.offer(message)) {
      close();
    }
  }

  private void listen() {
    try (var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)))) {
      for (var message = KeeperMessage.read(in); message != null; ) {
        switch (message) {
          case KeeperMessage.Run run -> jobs.threads().execute(() -> answer(run));
          case KeeperMessage.Stop(var uuid, var graceMillis) -> jobs.stop(uuid, graceMillis);
          case KeeperMessage.Hello _, KeeperMessage.Answer _, KeeperMessage.Ended _ ->
              throw new IOException("expected an order, found " + message);
        }
        message = KeeperMessage.read(in);
      }
    } catch (IOException e) {
      // Whoever it was comes back, or has gone for good.
    } finally {
      close();
    }
  }

  private void answer(KeeperMessage.Run order) {
    try {
      tell(new KeeperMessage.Answer(order.request(), run(order)));
    } catch (Jobs.LeavingException e) {
      close();
    }
  }

  private String run(KeeperMessage.Run order) throws Jobs.LeavingException {
    try {
      return jobs.run(order);
    } catch (RuntimeException e) { // an order that makes no sense must not end other jobs
      return "the keeper can't carry out the order: " + e;
    }
  }

  private void speak() {
    try {
      while (channel.isOpen()) {
        var frame = ByteBuffer.wrap(news.take().frame());
        while (frame.hasRemaining()) {
          channel.write(frame);
        }
      }
    } catch (IOException e) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    gone.accept(this);
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone anyway.
    }
    news.clear();
    var _ = news.offer(new KeeperMessage.Ended("")); // wakes who speaks
  }
}
