package org.maestro.engine.api.breakpoint;

import java.time.InstantSource;
import org.maestro.engine.breakpoint.BreakpointStore;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.run.RunCommands;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over breakpoints. Needs {@link RunCommands}. */
@Configuration(proxyBeanMethods = false)
public class BreakpointApiConfiguration {

  @Bean
  BreakpointService breakpointService(
      Transactions transactions,
      BreakpointStore store,
      KnownBreakpoints breakpoints,
      DefinitionStore definitions,
      RunCommands commands,
      AccessPolicy access,
      InstantSource clock) {
    return new BreakpointService(
        transactions, store, breakpoints, definitions, commands, access, clock);
  }

  @Bean
  BreakpointController breakpointController(BreakpointService breakpoints) {
    return new BreakpointController(breakpoints);
  }
}
