package org.maestro.engine.api.run;

import java.time.InstantSource;
import org.maestro.engine.action.ActionService;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.shard.ChangeFeed;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.engine.start.Admission;
import org.maestro.engine.start.RestartService;
import org.maestro.engine.start.StartService;
import org.maestro.engine.start.StartStore;
import org.maestro.engine.start.WorkflowRuns;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST API that starts runs and acts on them. */
@Configuration(proxyBeanMethods = false)
public class RunApiConfiguration {

  @Bean
  WorkflowRuns workflowRuns(StartStore store, Admission admission) {
    return new WorkflowRuns(store, admission::check);
  }

  @Bean
  ActionService actionService(
      RunInspection inspection,
      RunCommands commands,
      ChangeFeed changes,
      RestartService restarts,
      WorkflowRuns workflowRuns,
      CompiledVersions versions,
      AccessPolicy access,
      InstantSource clock) {
    return new ActionService(
        inspection, commands, changes, restarts, workflowRuns, versions, access, clock);
  }

  @Bean
  StartController startController(StartService starts, ActionService actions, InstantSource clock) {
    return new StartController(starts, actions, clock);
  }

  @Bean
  StepActionController stepActionController(ActionService actions) {
    return new StepActionController(actions);
  }
}
