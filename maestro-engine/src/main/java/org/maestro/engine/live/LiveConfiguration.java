package org.maestro.engine.live;

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

/** Wiring of what tells open pages that something has changed. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {
  private static final Duration TICK = Duration.ofMillis(500);

  @Bean
  LiveFeed liveFeed(ChangeFeed changes) {
    var feed = new LiveFeed(UUID.randomUUID().toString());
    changes.listenToAll(feed::changed);
    return feed;
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService liveTicks(LiveFeed feed) {
    var ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("maestro-live").factory());
    var _ =
        ticks.scheduleAtFixedRate(
            feed::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return ticks;
  }

  @Bean
  LiveController liveController(
      LiveFeed feed, AccessPolicy access, @Qualifier("pageStreams") Streams streams) {
    return new LiveController(
        feed, access, streams, Thread.ofVirtual().name("live-teller-", 0).factory());
  }
}
