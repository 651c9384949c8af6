package org.maestro.engine.log;

import org.maestro.engine.step.runtime.shell.AttemptFolders;
import org.maestro.engine.step.runtime.shell.FolderWatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the log store and its API. They need an {@link AttemptDirectory}. */
@Configuration(proxyBeanMethods = false)
public class LogConfiguration {

  @Bean
  LogStore logStore(AttemptFolders folders, FolderWatch watch) {
    return new LogStore(folders, watch);
  }

  @Bean
  LogController logController(AttemptDirectory directory, LogStore logs) {
    return new LogController(directory, logs);
  }
}
