package org.maestro.engine.permit;

import java.time.InstantSource;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the permits. Needs a {@link PermitChannel} from the wiring of the nodes. */
@Configuration(proxyBeanMethods = false)
public class PermitConfiguration {

  @Bean
  TagPermitStore tagPermitStore(JdbcClient jdbc, JsonMapper json) {
    return new TagPermitStore(jdbc, json);
  }

  @Bean
  HeldAttemptStore heldAttemptStore(JdbcClient jdbc) {
    return new HeldAttemptStore(jdbc);
  }

  @Bean
  KnownTagLimits knownTagLimits() {
    return new KnownTagLimits();
  }

  @Bean
  NodePermits nodePermits(PermitChannel channel) {
    return new NodePermits(new RemotePermits(channel::send));
  }

  @Bean(initMethod = "reload")
  TagPermits tagPermits(
      Transactions transactions,
      TagPermitStore store,
      KnownTagLimits known,
      NodePermits permits,
      PermitChannel channel,
      AccessPolicy access,
      InstantSource clock) {
    return new TagPermits(transactions, store, known, permits, channel, access, clock);
  }

  @Bean
  PermitRecovery permitRecovery(
      Transactions transactions,
      HeldAttemptStore attempts,
      KnownTagLimits known,
      NodePermits permits,
      PermitChannel channel,
      InstantSource clock) {
    return new PermitRecovery(transactions, attempts, known, permits, channel, clock);
  }
}
