package org.maestro.service.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsConfigurationTest {
  @Test
  void settingsThatNobodyReadsAreTold() {
    var environment = new StandardEnvironment();
    // What a build sets for its tests is none of a service's settings.
    environment
        .getPropertySources()
        .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "given",
                Map.of(
                    "maestro.scheduler.lease-millis",
                    5,
                    "maestro.scheduler.leese-millis",
                    5,
                    "maestro.embedding.port",
                    0,
                    "spring.datasource.url",
                    "jdbc:x",
                    "MAESTRO_SERVER",
                    "http://127.0.0.1")));

    assertThat(SettingsConfiguration.problems(environment))
        .containsExactly(
            "unknown setting maestro.scheduler.leese-millis; did you mean maestro.scheduler.lease-millis?");
  }
}
