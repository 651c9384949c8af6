package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.trigger.TriggerView;
import org.maestro.model.trigger.WorkflowTriggers;

/** What starts a workflow by itself: its time triggers and its signal triggers. */
final class Triggers {
  static final String[] HEADINGS = {"WORKFLOW", "KIND", "RULE", "ZONE", "NEXT", "LAST"};

  private static final int NOT_FOUND = 404;

  private Triggers() {}

  /** All of one workflow; none if it has no active version. */
  static List<Item> of(Session session, String workflow) {
    var items = new ArrayList<Item>();
    time(session, workflow).forEach(trigger -> items.add(item(session, trigger)));
    items.addAll(signals(active(session, workflow), workflow));
    return items;
  }

  /** Those that the scheduler has heard of. */
  static List<Answer<TriggerView>> time(Session session, String workflow) {
    return session
        .server()
        .find(Route.workflow(workflow, "triggers"), WorkflowTriggers.class)
        .map(found -> found.elements("time_triggers", TriggerView.class))
        .orElse(List.of());
  }

  /** Empty if the workflow has no active version. */
  static Optional<WorkflowDefinition> active(Session session, String workflow) {
    try {
      return Optional.of(
          session
              .server()
              .get(Route.workflow(workflow, "versions", "active"), WorkflowDefinition.class)
              .body());
    } catch (ServerProblem e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      session.server().tree(Route.workflow(workflow, "overview")); // tells if there is no such one
      return Optional.empty();
    }
  }

  private static List<Item> signals(Optional<WorkflowDefinition> active, String workflow) {
    if (active.isEmpty()) {
      return List.of();
    }
    var disabled = areSignalsDisabled(active.get());
    var items = new ArrayList<Item>();
    for (var tree : signalTriggers(active.get())) {
      var rule = rule(Records.read(SignalTrigger.class, tree));
      items.add(
          Item.of(
              workflow,
              Report.members(
                  "workflow_id", workflow,
                  "version_id", active.get().metadata().workflowVersionId(),
                  "index", items.size(),
                  "paused", disabled,
                  "signal_trigger", tree),
              Cell.of(workflow),
              Cell.of("signal"),
              Cell.of(rule),
              Cell.of("-"),
              Cell.of(disabled ? "paused" : "when they come"),
              Cell.of("-")));
    }
    return items;
  }

  static List<?> signalTriggers(WorkflowDefinition active) {
    return active.workflow().get("signal_triggers") instanceof List<?> triggers
        ? triggers
        : List.of();
  }

  static boolean areSignalsDisabled(WorkflowDefinition active) {
    return Boolean.TRUE.equals(
        active.propertiesSnapshot().properties().get("signal_trigger_disabled"));
  }

  /** Such as {@code db/a(day=1) and db/b if x > 1}. */
  private static String rule(SignalTrigger trigger) {
    var signals =
        trigger.definitions().entrySet().stream()
            .map(entry -> entry.getKey() + matches(entry.getValue().matchParams()))
            .collect(Collectors.joining(" and "));
    return trigger.condition() == null ? signals : signals + " if " + trigger.condition();
  }

  private static String matches(Map<String, SignalTrigger.Match> params) {
    return params.isEmpty()
        ? ""
        : params.entrySet().stream()
            .map(entry -> entry.getKey() + sign(entry.getValue()) + entry.getValue().value())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String sign(SignalTrigger.Match match) {
    return match.operator() == null ? " ? " : match.operator().symbol();
  }

  /** A time trigger, and how it stands. */
  static Item item(Session session, Answer<TriggerView> answer) {
    var trigger = answer.body();
    var rule = Records.read(TimeTrigger.class, trigger.trigger());
    return Item.of(
        trigger.workflowId(),
        answer.tree(),
        Cell.of(trigger.workflowId()),
        Cell.of("time"),
        Cell.of(rule(rule)),
        Cell.of(rule.timezone() == null ? "UTC" : rule.timezone()),
        Cell.of(next(session, trigger)),
        Cell.of(
            session
                .times()
                .at(trigger.lastFire() == null ? null : (Long) trigger.lastFire().time())));
  }

  private static String next(Session session, TriggerView trigger) {
    if (trigger.problem() != null) {
      return "never: " + trigger.problem();
    }
    if (trigger.paused()) {
      return "paused";
    }
    return session
        .times()
        .at(
            trigger.nextFires().isEmpty()
                ? null
                : (Long) trigger.nextFires().getFirst().fireTime());
  }

  /** What a person would call the trigger. */
  private static String rule(TimeTrigger trigger) {
    return trigger.cron() != null
        ? trigger.cron()
        : trigger.expression() != null ? trigger.expression() : "every " + trigger.interval();
  }
}
