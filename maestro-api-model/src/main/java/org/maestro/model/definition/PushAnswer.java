package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The answer to a push.
 *
 * @param warnings what is right, and yet may not be meant so
 * @param nextFires the first fires of its time triggers, were it active from now on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PushAnswer(
    WorkflowDefinition workflowDefinition,
    List<DefinitionProblem> warnings,
    List<NextFire> nextFires) {
  /**
   * A fire to come. Times are epoch milliseconds.
   *
   * @param index of the trigger, from 0
   * @param triggerTime what the run gets to see
   * @param fireTime when it is asked for: later by the workflow's share of {@code fuzzy_max_delay}
   * @param localTime the trigger's time on its clock, with its offset
   */
  public record NextFire(int index, long triggerTime, long fireTime, String localTime) {}

  public PushAnswer {
    warnings = List.copyOf(warnings);
    nextFires = List.copyOf(nextFires);
  }
}
