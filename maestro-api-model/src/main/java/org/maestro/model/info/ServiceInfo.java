package org.maestro.model.info;

/**
 * What a service says of itself.
 *
 * @param version as its jar's manifest says it
 */
public record ServiceInfo(String version, String java, ZoneRules zoneRules) {

  /** How the rules of time zones are called, and where they come from. */
  public record ZoneRules(String version, String place) {}
}
