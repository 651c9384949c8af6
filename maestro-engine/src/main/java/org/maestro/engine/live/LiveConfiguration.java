package org.maestro.engine.live;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maestro.engine.run.shard.ChangeFeed;
import org.maestro.service.limit.Streams;
import org.maestro.service.security.AccessPolicy;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of what tells open pages that something has changed. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {
  private static final Duration TICK = Duration.ofMillis(500);

  @Bean
  LiveFeed liveFeed(ChangeFeed changes, JsonMapper json) {
    var feed = new LiveFeed(UUID.randomUUID().toString(), json);
    changes.listenToAll(feed::changed);
    return feed;
  }

  /** Of the whole machine, or of as much of it as the container may use. */
  @Bean
  LivePace livePace(LiveFeed feed) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new LivePace(machine::getCpuLoad, feed::listeners);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService liveTicks(LiveFeed feed, LivePace pace) {
    var ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("maestro-live").factory());
    var _ =
        ticks.scheduleAtFixedRate(
            () -> {
              pace.tick();
              if (pace.isTimeToTell(System.nanoTime())) {
                feed.tick();
              }
            },
            TICK.toMillis(),
            TICK.toMillis(),
            TimeUnit.MILLISECONDS);
    return ticks;
  }

  @Bean
  LiveController liveController(
      LiveFeed feed,
      LivePace pace,
      AccessPolicy access,
      @Qualifier("pageStreams") Streams streams) {
    return new LiveController(
        feed, pace, access, streams, Thread.ofVirtual().name("live-teller-", 0).factory());
  }
}
