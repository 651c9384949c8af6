package org.maestro.service.web;

import org.maestro.model.info.ServiceInfo;
import org.maestro.zones.Zones;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which build a service is, and what it goes by. */
@RestController
public final class InfoController {
  /** Which build the service is, and which time-zone rules it goes by. */
  @GetMapping(
      path = {"/info", "/api/v3/info"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  ServiceInfo info() {
    var version = InfoController.class.getPackage().getImplementationVersion();
    var rules = Zones.rules();
    return new ServiceInfo(
        version == null ? "development" : version,
        Runtime.version().toString(),
        new ServiceInfo.ZoneRules(rules.version(), rules.place()));
  }
}
