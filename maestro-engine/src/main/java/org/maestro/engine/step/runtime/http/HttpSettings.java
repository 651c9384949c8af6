package org.maestro.engine.step.runtime.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Http steps may do.
 *
 * @param allowList hosts they may call, see {@link AllowList}; empty refuses every request
 * @param connectTimeout for one connection
 * @param requestTimeout for one request, from its first byte to the last byte of its response
 * @param maxResponseBytes a longer response fails the step
 * @param maxConcurrent requests in flight at once; more wait their turn
 * @param pollDelay before the request is repeated when {@code state_expr} says CONTINUE
 */
@ConfigurationProperties("maestro.step.http")
public record HttpSettings(
    @DefaultValue List<String> allowList,
    @DefaultValue("30s") Duration connectTimeout,
    @DefaultValue("30s") Duration requestTimeout,
    @DefaultValue("1048576") int maxResponseBytes,
    @DefaultValue("1000") int maxConcurrent,
    @DefaultValue("5s") Duration pollDelay) {

  public HttpSettings {
    allowList = List.copyOf(allowList);
  }

  /** The defaults with an allow-list. */
  public static HttpSettings allowing(String... hosts) {
    return new HttpSettings(
        List.of(hosts),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        1 << 20,
        1000,
        Duration.ofSeconds(5));
  }
}
