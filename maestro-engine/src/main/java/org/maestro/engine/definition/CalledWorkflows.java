package org.maestro.engine.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;

/**
 * Looks which workflows a definition starts by its steps that its owner may not start now. That is
 * no error: they may be pushed or opened later, and are asked again whenever a step starts one.
 */
public final class CalledWorkflows {
  private final DefinitionStore store;
  private final AccessPolicy access;

  CalledWorkflows(DefinitionStore store, AccessPolicy access) {
    this.store = store;
    this.access = access;
  }

  /** What the owner should know; pointers are into the body of a push. */
  public List<DefinitionProblem> warnings(Workflow workflow, String owner) {
    var warnings = new ArrayList<DefinitionProblem>();
    workflow
        .levels()
        .forEach(
            (field, steps) -> look(workflow.id(), steps, "/workflow/" + field, owner, warnings));
    return warnings;
  }

  private void look(
      String id, List<Step> steps, String pointer, String owner, List<DefinitionProblem> warnings) {
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var here = pointer + "/" + i + "/" + step.wrapper();
      var called = called(step);
      if (called != null && !called.equals(id)) {
        store
            .head(called)
            .map(head -> Optional.ofNullable(refusal(head, owner)))
            .orElseGet(() -> Optional.of(missing(called)))
            .ifPresent(why ->
                warnings.add(
                    new DefinitionProblem(
                        here + "/params/subworkflow_id",
                        "step [%s] would not be able to start its workflow now: %s"
                            .formatted(step.id(), why),
                        null,
                        ProblemCode.CALLED.id())));
      }
      look(id, step.inner(), here + "/steps", owner, warnings);
    }
  }

  /** The workflow that a step starts, if it is written down; null else. */
  private static @Nullable String called(Step step) {
    if (!(step instanceof Step.Subworkflow)) {
      return null;
    }
    var param = step.common().params().get("subworkflow_id");
    return param != null && param.value() instanceof String id && id.indexOf('$') < 0 ? id : null;
  }

  private static String missing(String workflowId) {
    return "there is no workflow \"%s\" yet; push it, or correct subworkflow_id"
        .formatted(workflowId);
  }

  /** Why the owner may not start it; null if they may. */
  private @Nullable String refusal(WorkflowHead head, String owner) {
    var workflow = head.workflow();
    try {
      access.requireMayStart(
          access.actingFor(owner),
          workflow.workflowId(),
          workflow.owner(),
          head.properties().properties().starters());
      return null;
    } catch (ApiException e) {
      return e.detail();
    }
  }
}
