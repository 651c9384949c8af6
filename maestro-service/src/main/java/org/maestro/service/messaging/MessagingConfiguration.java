package org.maestro.service.messaging;

import org.maestro.messaging.MessageSender;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the one sender of a process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerSettings.class)
public class MessagingConfiguration {

  @Bean
  MessageSender messageSender(BrokerSettings settings) {
    return new MessageSender(settings.settings("", "maestro-" + ProcessHandle.current().pid()));
  }
}
