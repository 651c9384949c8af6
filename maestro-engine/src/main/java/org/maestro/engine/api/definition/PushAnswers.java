package org.maestro.engine.api.definition;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.dsl.time.TriggerWarnings;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PushAnswer;
import org.maestro.model.definition.PushAnswer.NextFire;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.WorkflowDefinition;

/** What pushes answer. */
final class PushAnswers {
  private static final int SHOWN = 3;

  private PushAnswers() {}

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
