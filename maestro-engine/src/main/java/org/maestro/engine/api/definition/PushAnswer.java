package org.maestro.engine.api.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.dsl.time.TriggerWarnings;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.WorkflowDefinition;

/**
 * The answer to a push.
 *
 * @param warnings what is right, and yet may not be meant so
 * @param nextFires the first fires of its time triggers, were it active from now on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PushAnswer(
    WorkflowDefinition workflowDefinition,
    List<DefinitionProblem> warnings,
    List<NextFire> nextFires) {
  private static final int SHOWN = 3;

  /**
   * A fire to come. Times are epoch milliseconds.
   *
   * @param index of the trigger, from 0
   * @param triggerTime what the run gets to see
   * @param fireTime when it is asked for: later by the workflow's share of {@code fuzzy_max_delay}
   * @param localTime the trigger's time on its clock, with its offset
   */
  record NextFire(int index, long triggerTime, long fireTime, String localTime) {}

  PushAnswer {
    warnings = List.copyOf(warnings);
    nextFires = List.copyOf(nextFires);
  }

  static PushAnswer of(
      WorkflowDefinition definition,
      String workflowId,
      List<TimeTrigger> triggers,
      List<DefinitionProblem> moreWarnings,
      Instant now) {
    var warnings = new ArrayList<>(warnings(triggers));
    warnings.addAll(moreWarnings);
    return new PushAnswer(definition, warnings, nextFires(workflowId, triggers, now));
  }

  static List<DefinitionProblem> warnings(List<TimeTrigger> triggers) {
    return TriggerWarnings.of(triggers, "/workflow/time_triggers");
  }

  private static List<NextFire> nextFires(
      String workflowId, List<TimeTrigger> triggers, Instant now) {
    var fires = new ArrayList<NextFire>();
    for (var i = 0; i < triggers.size(); i++) {
      var ticks = TriggerTicks.of(triggers.get(i));
      var delay = ticks.delayMillis(workflowId);
      for (var tick : ticks.next(now.minusMillis(delay), SHOWN)) {
        fires.add(
            new NextFire(
                i,
                tick.toEpochMilli(),
                tick.toEpochMilli() + delay,
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tick.atZone(ticks.zone()))));
      }
    }
    fires.sort(Comparator.comparingLong(NextFire::fireTime).thenComparingInt(NextFire::index));
    return fires;
  }
}
