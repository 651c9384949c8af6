package org.maestro.engine.ui;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wiring of the web UI. */
@Configuration(proxyBeanMethods = false)
public class UiConfiguration {
  /** Where the module of the UI puts its files; the engine does without that module. */
  private static final String FOLDER = "/META-INF/maestro-ui/";

  @Bean
  static UiFiles uiFiles() {
    return new UiFiles(name -> UiConfiguration.class.getResourceAsStream(FOLDER + name));
  }

  /** Behind the gate and the limits, which hold for pages as for everything else. */
  @Bean
  static FilterRegistrationBean<UiFilter> uiFilter(UiFiles files) {
    var registration = new FilterRegistrationBean<>(new UiFilter(files));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 18);
    return registration;
  }
}
