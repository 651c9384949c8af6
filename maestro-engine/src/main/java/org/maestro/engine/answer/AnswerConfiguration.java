package org.maestro.engine.answer;

import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wiring of answers that are shared. */
@Configuration(proxyBeanMethods = false)
public class AnswerConfiguration {

  /** Behind what knows the caller, and before what gives places to answers. */
  @Bean
  FilterRegistrationBean<SharedAnswers> sharedAnswers() {
    var registration =
        new FilterRegistrationBean<>(
            new SharedAnswers(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                System::nanoTime,
                LockSupport::parkNanos));
    registration.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
    registration.setAsyncSupported(true);
    return registration;
  }
}
