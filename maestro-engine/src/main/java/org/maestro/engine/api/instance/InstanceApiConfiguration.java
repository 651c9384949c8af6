package org.maestro.engine.api.instance;

import java.time.Duration;
import org.maestro.engine.instance.FailureQueries;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.loop.LoopActions;
import org.maestro.engine.instance.loop.LoopQueries;
import org.maestro.engine.instance.why.WhyQueries;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over runs and steps. */
@Configuration(proxyBeanMethods = false)
public class InstanceApiConfiguration {

  @Bean
  FilterRegistrationBean<ReadGate> readGate(ProblemWriter problems) {
    var answers = ReadGate.answersIn(Runtime.getRuntime().maxMemory());
    // Behind the filter that knows the caller.
    return new FilterRegistrationBean<>(new ReadGate(answers, Duration.ofSeconds(10), problems));
  }

  @Bean
  InstanceController instanceController(InstanceQueries queries, FailureQueries failures) {
    return new InstanceController(queries, failures);
  }

  @Bean
  StepController stepController(InstanceQueries queries) {
    return new StepController(queries);
  }

  @Bean
  LoopController loopController(LoopQueries queries, LoopActions actions) {
    return new LoopController(queries, actions);
  }

  @Bean
  WhyController whyController(WhyQueries queries) {
    return new WhyController(queries);
  }
}
