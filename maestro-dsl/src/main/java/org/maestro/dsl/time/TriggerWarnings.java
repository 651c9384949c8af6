package org.maestro.dsl.time;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.cron.CronDialects;
import org.maestro.dsl.cron.CronSchedule;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.zones.Zones;

/** What is right about time triggers, and yet may not be what their author means. */
public final class TriggerWarnings {
  private TriggerWarnings() {}

  /**
   * Warnings about triggers that are without problems.
   *
   * @param pointer of their list
   */
  public static List<DefinitionProblem> of(List<TimeTrigger> triggers, String pointer) {
    var warnings = new ArrayList<DefinitionProblem>();
    for (var i = 0; i < triggers.size(); i++) {
      var trigger = triggers.get(i);
      var zone = trigger.timezone() == null ? ZoneOffset.UTC : Zones.of(trigger.timezone());
      var at = pointer + "/" + i;
      switch (trigger.type()) {
        case CRON -> {
          if (trigger.cron() != null) {
            for (var warning : CronDialects.warnings(trigger.cron(), zone)) {
              warnings.add(warning(at + "/cron", warning));
            }
          }
        }
        case PREDEFINED -> {
          for (var known : CronSchedule.Predefined.values()) {
            if (("@" + known.name()).equalsIgnoreCase(trigger.expression())) {
              for (var warning : CronDialects.warnings(known.clockOnly(), zone)) {
                warnings.add(warning(at + "/expression", warning));
              }
            }
          }
        }
        case INTERVAL -> {
          // It has one meaning.
        }
      }
    }
    return List.copyOf(warnings);
  }

  private static DefinitionProblem warning(String pointer, String message) {
    return new DefinitionProblem(pointer, message, null, ProblemCode.CLOCK_DIALECT.id());
  }
}
