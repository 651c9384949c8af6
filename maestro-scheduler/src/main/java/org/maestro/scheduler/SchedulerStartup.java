package org.maestro.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.TopicConsumer;
import org.maestro.scheduler.bucket.BucketLeases;
import org.maestro.service.messaging.Installation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the scheduler when everything else stands, and gives its buckets back at the end. */
final class SchedulerStartup implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(SchedulerStartup.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Installation installation;
  private final ServiceTopics topics;
  private final BucketLeases leases;
  private final Supplier<Thread> loop;
  private final Supplier<List<TopicConsumer>> consumers;
  private final Supplier<ScheduledExecutorService> heartbeats;
  private final long heartbeatMillis;
  private @Nullable Running running;
  private boolean leasesFail;

  /** What has been started. */
  private record Running(
      List<TopicConsumer> consumers, ScheduledExecutorService heartbeats, Thread loop) {}

  /**
   * With everything that it starts.
   *
   * @param loop starts the loop that fires triggers, in a thread of its own
   */
  SchedulerStartup(
      Installation installation,
      ServiceTopics topics,
      BucketLeases leases,
      Supplier<Thread> loop,
      Supplier<List<TopicConsumer>> consumers,
      Supplier<ScheduledExecutorService> heartbeats,
      long heartbeatMillis) {
    this.installation = installation;
    this.topics = topics;
    this.leases = leases;
    this.loop = loop;
    this.consumers = consumers;
    this.heartbeats = heartbeats;
    this.heartbeatMillis = heartbeatMillis;
  }

  @Override
  public void start() {
    installation.prepare(admin -> admin.ensure(topics));
    leases.prepare();
    leases.renew();
    var thread = loop.get();
    var beats = heartbeats.get();
    var _ =
        beats.scheduleWithFixedDelay(
            () -> renewQuietly(thread), heartbeatMillis, heartbeatMillis, TimeUnit.MILLISECONDS);
    var started = consumers.get();
    started.forEach(TopicConsumer::start);
    running = new Running(started, beats, thread);
  }

  private void renewQuietly(Thread firing) {
    if (!firing.isAlive()) {
      // It only ends like this when the JVM is in trouble: let others have the triggers.
      if (!leasesFail) {
        log.error("The loop that fires triggers has died; the leases are not renewed");
      }
      leasesFail = true;
      return;
    }
    try {
      leases.renew();
      leasesFail = false;
    } catch (RuntimeException e) {
      if (!leasesFail) {
        log.warn("Renewing the leases failed, trying again: {}", e.toString());
      }
      leasesFail = true;
    }
  }

  @Override
  public void stop() {
    var stopping = running;
    if (stopping == null) {
      return;
    }
    running = null;
    stopping.consumers().forEach(TopicConsumer::close);
    stopping.loop().interrupt();
    try {
      stopping.loop().join(STOP_TIMEOUT);
      stopping.heartbeats().shutdownNow();
      var _ =
          stopping.heartbeats().awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    try {
      leases.release();
    } catch (RuntimeException e) {
      log.warn(
          "Giving the buckets back failed; others have them when the lease ends: {}", e.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }

  @Override
  public int getPhase() {
    return 0; // before the web server, which starts near the end
  }
}
