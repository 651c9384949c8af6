package org.maestro.messaging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The topics on which the services talk to each other.
 *
 * @param triggers the engine says which triggers workflows have; keyed by workflow
 * @param requests the engine is asked for starts and told of opened gates; keyed by workflow
 * @param answers the engine says what became of starts; keyed by workflow
 * @param signals signals to be announced and waited for; keyed by the signal's name, so that
 *     whoever owns a partition is the only one to deal with its names
 */
public record ServiceTopics(String triggers, String requests, String answers, String signals) {
  /** How many partitions each topic but {@code signals} has. */
  public static final int PARTITIONS = 8;

  /** How many partitions the topic of signals has. */
  public static final int SIGNAL_PARTITIONS = 16;

  /** The prefix of all names when nothing else is configured. */
  public static final String DEFAULT_PREFIX = "maestro";

  /** The topics of the installation with this prefix. */
  public static ServiceTopics of(String prefix) {
    return new ServiceTopics(
        prefix + ".triggers", prefix + ".requests", prefix + ".answers", prefix + ".signals");
  }

  Map<String, Integer> partitions() {
    var partitions = new LinkedHashMap<String, Integer>();
    partitions.put(triggers, PARTITIONS);
    partitions.put(requests, PARTITIONS);
    partitions.put(answers, PARTITIONS);
    partitions.put(signals, SIGNAL_PARTITIONS);
    return partitions;
  }
}
