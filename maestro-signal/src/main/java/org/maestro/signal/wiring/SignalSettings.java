package org.maestro.signal.wiring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.signal.source.SourceMapping;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the signal service.
 *
 * @param retentionDays how long signals, and what came of them, are kept; default 365; 0: for ever
 * @param cloudEventTypes the name of the signal by the type of a CloudEvent, where it isn't the
 *     type
 * @param sources topics of other systems whose messages are signals
 */
@ConfigurationProperties("maestro.signal")
public record SignalSettings(
    @DefaultValue("365") int retentionDays,
    @DefaultValue Map<String, String> cloudEventTypes,
    @DefaultValue List<Source> sources) {
  public SignalSettings {
    cloudEventTypes = Map.copyOf(cloudEventTypes);
    sources = List.copyOf(sources);
  }

  /**
   * A topic whose messages are signals. Values that begin with {@code /} are JSON pointers into the
   * message, others are taken as they are.
   *
   * @param name of the signal
   * @param params of the signal by name
   * @param requestId what announces once; without it each message does
   */
  public record Source(
      String topic,
      String name,
      @DefaultValue Map<String, String> params,
      @Nullable String requestId) {
    public Source {
      params = Map.copyOf(params);
    }

    SourceMapping mapping() {
      return new SourceMapping(topic, name, params, requestId);
    }
  }
}
