package org.maestro.service.setting;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tells the operator which settings are given and nobody reads. */
@Configuration(proxyBeanMethods = false)
public class SettingsConfiguration {
  private static final Logger log = LoggerFactory.getLogger(SettingsConfiguration.class);

  /** Those of the command line and of scripts, which may be there for others. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "MAESTRO_SERVER",
          "MAESTRO_USER",
          "MAESTRO_TOKEN",
          "MAESTRO_TOKEN_FILE",
          "MAESTRO_CONTEXT",
          "MAESTRO_CONFIG",
          "MAESTRO_JAVA_OPTS");

  /** After the start, which must not wait for it. */
  @Bean
  static ApplicationListener<ApplicationReadyEvent> settingNames(
      ConfigurableEnvironment environment) {
    return _ ->
        problems(environment).forEach(problem -> log.warn("Nobody reads a setting: {}", problem));
  }

  static List<String> problems(ConfigurableEnvironment environment) {
    var names = SettingNames.ofReference();
    return given(environment).stream().map(names::problem).filter(Objects::nonNull).toList();
  }

  private static Set<String> given(ConfigurableEnvironment environment) {
    var all = new TreeSet<String>();
    for (var source : environment.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> named
          && !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
        for (var name : named.getPropertyNames()) {
          if (!OF_OTHERS.contains(name)) {
            all.add(name);
          }
        }
      }
    }
    return all;
  }
}
