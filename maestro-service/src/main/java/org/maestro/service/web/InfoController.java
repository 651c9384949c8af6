package org.maestro.service.web;

import org.maestro.zones.Zones;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which build a service is, and what it goes by. */
@RestController
public final class InfoController {
  /**
   * What a service says of itself.
   *
   * @param version as its jar's manifest says it
   */
  public record Info(String version, String java, Zones.Rules zoneRules) {}

  /** Which build the service is, and which time-zone rules it goes by. */
  @GetMapping(
      path = {"/info", "/api/v3/info"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  Info info() {
    var version = InfoController.class.getPackage().getImplementationVersion();
    return new Info(
        version == null ? "development" : version, Runtime.version().toString(), Zones.rules());
  }
}
