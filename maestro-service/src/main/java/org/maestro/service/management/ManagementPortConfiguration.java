package org.maestro.service.management;

import org.maestro.service.problem.ProblemWriter;
import org.maestro.service.security.Authenticator;
import org.maestro.service.security.RequestGate;
import org.maestro.service.security.SecuritySettings;
import org.maestro.service.web.ProblemsOfTomcat;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * What stands before the second port, if there is one: the same gate, on the same address unless
 * told otherwise. Spring makes a context of its own for it, which sees this class alone.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementPortConfiguration {

  @Bean
  static FilterRegistrationBean<RequestGate> managementGate(
      Authenticator authenticator, ProblemWriter problems) {
    var registration =
        new FilterRegistrationBean<>(new RequestGate(authenticator, _ -> false, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  static ProblemsOfTomcat managementProblems(ProblemWriter problems) {
    return new ProblemsOfTomcat(problems);
  }

  @Bean
  static ManagementAddress managementAddress(
      ServerProperties server, ManagementServerProperties management, SecuritySettings security) {
    return new ManagementAddress(server, management, security);
  }

  /** Comes after Spring's own customizer, which says every address where none is given. */
  record ManagementAddress(
      ServerProperties server, ManagementServerProperties management, SecuritySettings security)
      implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {
    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
      var own = management.getAddress();
      var address = own == null ? server.getAddress() : own;
      if (security.dev() && (address == null || !address.isLoopbackAddress())) {
        throw new IllegalStateException(
            "maestro.dev=true trusts every request: expected management.server.address to be a"
                + " loopback address, found "
                + (address == null ? "none" : address.getHostAddress()));
      }
      factory.setAddress(address);
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }
  }
}
