package org.maestro.engine.api.permit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.permit.PermitChannel;
import org.maestro.engine.permit.PermitConfiguration;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitMessage;
import org.maestro.engine.permit.PermitRules;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class TagPermitApiTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static TestRoutes routes;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
  @Import({
    DatabaseConfiguration.class,
    WebConfiguration.class,
    SecurityConfiguration.class,
    PermitConfiguration.class,
    PermitApiConfiguration.class
  })
  static class Routes {
    @Bean
    static InstantSource clock() {
      return InstantSource.system();
    }

    @Bean
    static PermitChannel permitChannel() {
      return new PermitChannel() {
        @Override
        public void send(PermitMessage message) {}

        @Override
        public void granted(PermitHolder holder) {}

        @Override
        public void limitsChanged() {}
      };
    }
  }

  @BeforeAll
  static void start() {
    routes = new TestRoutes(DATABASE, Routes.class);
  }

  @AfterAll
  static void stop() {
    routes.close();
    DATABASE.close();
  }

  @Test
  void aLimitIsSetReadListedAndDeleted() {
    var set =
        routes.call("POST", "/tag-permits", Map.of("tag", "db", "max_allowed", 2, "team", "data"));
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.text()).isEmpty();
    assertThat(routes.bean(PermitRules.TagLimits.class).limit("db")).isEqualTo(2);
    var got = routes.call("GET", "/tag-permits/db", null);
    assertThat(got.json()).containsOnlyKeys("tag", "max_allowed", "timeline", "extra_info");
    assertThat(got.at("max_allowed")).isEqualTo(2L);
    assertThat(got.at("extra_info")).isEqualTo(Map.of("team", "data"));
    assertThat(got.text()).contains("\"author\":\"tester\"");
    assertThat((List<?>) routes.call("GET", "/tag-permits", null).at("elements")).hasSize(1);
    var deleted = routes.call("DELETE", "/tag-permits/db", null);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.at("max_allowed")).isEqualTo(2L);
    assertThat(routes.bean(PermitRules.TagLimits.class).isEmpty()).isTrue();
    assertThat(routes.call("GET", "/tag-permits/db", null).status()).isEqualTo(404);
    assertThat(routes.call("DELETE", "/tag-permits/db", null).at("code"))
        .isEqualTo("no-such-tag-permit");
  }

  @Test
  void whatWasReadCanBeSentBack() {
    routes.call("POST", "/tag-permits", Map.of("tag", "round", "max_allowed", 0, "x", 1));
    var read = routes.call("GET", "/tag-permits/round", null);
    assertThat(routes.call("POST", "/tag-permits", read.json()).status()).isEqualTo(200);
    assertThat(routes.call("GET", "/tag-permits/round", null).json()).isEqualTo(read.json());
    routes.call("DELETE", "/tag-permits/round", null);
  }

  @Test
  void badLimitsAreRefused() {
    for (var body :
        List.of(
            Map.of("max_allowed", 1),
            Map.of("tag", "db"),
            Map.of("tag", "db", "max_allowed", -1),
            Map.of("tag", "db", "max_allowed", "many"),
            Map.of("tag", "db", "max_allowed", 1.5),
            Map.of("tag", " ", "max_allowed", 1),
            Map.of("tag", "x".repeat(513), "max_allowed", 1))) {
      assertThat(routes.call("POST", "/tag-permits", body).status()).as("%s", body).isEqualTo(400);
    }
    assertThat(routes.call("GET", "/tag-permits", null).at("elements")).isEqualTo(List.of());
  }
}
