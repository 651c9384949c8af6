package org.maestro.engine.log;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.service.limit.Streams;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the log store and its API. They need an {@link AttemptDirectory}. */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {

  private static final int READS_AT_ONCE = 4;

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService logReaders() {
    return Executors.newFixedThreadPool(
        READS_AT_ONCE, Thread.ofPlatform().daemon().name("maestro-log-reader-", 0).factory());
  }

  @Bean
  LogStore logStore(
      AttemptFolders folders,
      FolderWatch watch,
      @Qualifier("logReaders") ExecutorService logReaders) {
    return new LogStore(folders, watch, logReaders);
  }

  @Bean
  LogController logController(AttemptDirectory directory, LogStore logs, Streams streams) {
    return new LogController(
        directory, logs, streams, Thread.ofVirtual().name("log-follower").factory());
  }
}
