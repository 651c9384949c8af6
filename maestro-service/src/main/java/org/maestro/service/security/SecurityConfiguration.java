package org.maestro.service.security;

import java.nio.file.Path;
import java.util.ArrayList;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wiring of identity and access. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityConfiguration {

  @Bean
  AccessPolicy accessPolicy(Authenticator authenticator) {
    return new RememberedPolicy(new OwnerPolicy(authenticator::rolesOf));
  }

  @Bean
  Authenticator authenticator(SecuritySettings settings, ServerProperties server) {
    if (settings.dev()) {
      return new DevelopmentAuthenticator(server.getAddress());
    }
    var tokens = new ArrayList<>(settings.security().tokens());
    if (settings.security().tokenFile() != null) {
      tokens.addAll(TokenAuthenticator.read(Path.of(settings.security().tokenFile())));
    }
    return new TokenAuthenticator(tokens);
  }

  @Bean
  FilterRegistrationBean<RequestGate> requestGate(
      Authenticator authenticator, ObjectProvider<OpenPaths> open, ProblemWriter problems) {
    OpenPaths all = path -> open.stream().anyMatch(some -> some.contains(path));
    var registration = new FilterRegistrationBean<>(new RequestGate(authenticator, all, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }
}
