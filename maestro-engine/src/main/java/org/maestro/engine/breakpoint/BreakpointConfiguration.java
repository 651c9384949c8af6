package org.maestro.engine.breakpoint;

import org.maestro.service.database.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the breakpoints. Needs a {@link BreakpointNews} from the wiring of the nodes. */
@Configuration(proxyBeanMethods = false)
public class BreakpointConfiguration {

  @Bean
  BreakpointStore breakpointStore(JdbcClient jdbc) {
    return new BreakpointStore(jdbc);
  }

  @Bean(initMethod = "reload")
  KnownBreakpoints knownBreakpoints(
      Transactions transactions, BreakpointStore store, BreakpointNews news) {
    return new KnownBreakpoints(transactions, store, news);
  }
}
