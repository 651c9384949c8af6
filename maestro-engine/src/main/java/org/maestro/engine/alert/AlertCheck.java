package org.maestro.engine.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.sel.Interpolation;
import org.maestro.sel.Spelling;

/**
 * What of an alerting property nobody will act on here. It is accepted all the same: definitions
 * are written for installations with other channels, too.
 */
public final class AlertCheck {
  private static final String AT = "/properties/alerting";

  /** What is sent, by type, and what isn't. */
  private static final Set<String> SENT = Set.of("STEP_FAILURE", "RUN_SUCCESS", "TCT_VIOLATION");

  private static final Set<String> NOT_SENT =
      Set.of(
          "LONG_RUNNING",
          "DEPENDENCY_LATE",
          "BREAKPOINT_HIT",
          "DEFINITION_CHANGE",
          "SUCCESS_WITHIN");

  private final Channels channels;
  private final Set<String> params;
  private final List<DefinitionProblem> found = new ArrayList<>();

  private AlertCheck(Channels channels, Set<String> params) {
    this.channels = channels;
    this.params = params;
  }

  /**
   * What whoever pushes should know; pointers are into the body of a push.
   *
   * @param params the names that e-mail addresses may be made of: those of the run
   */
  public static List<DefinitionProblem> warnings(
      @Nullable Map<String, Object> property, Channels channels, Set<String> params) {
    if (property == null || property.isEmpty()) {
      return List.of();
    }
    var check = new AlertCheck(channels, params);
    check.look(property);
    return check.found;
  }

  private void look(Map<String, Object> property) {
    var alerting = Alerting.of(property);
    AlertShape.look(property, this::warn);
    targets("", alerting.everybody());
    alerting.types().forEach(this::type);
    var tct = alerting.tct();
    var problem = tct == null ? null : Promise.problem(tct);
    if (problem != null) {
      warn("/tct", problem + "; nobody is told that a run is late", null);
    }
    if (alerting.asked().isEmpty()) {
      warn("", "nobody is named who could be told", null);
    }
  }

  private void type(String name, Alerting.TypeConfig config) {
    var at = "/type_configs/" + name;
    if (config.disabled()) {
      return;
    }
    if (NOT_SENT.contains(name)) {
      warn(at, "%s is not sent".formatted(name), null);
      return;
    }
    if (!SENT.contains(name)) {
      warn(
          at,
          "expected one of %s, found %s; it is not sent"
              .formatted(String.join(", ", new TreeSet<>(SENT)), name),
          Spelling.nearest(name, SENT));
      return;
    }
    if ("STEP".equals(config.granularity())) {
      warn(at + "/granularity", "a failure is told once for a run, not for each step", null);
    }
    if (config.actions().contains("cancel")) {
      warn(at + "/actions", "cancel is not done; set a timeout for the workflow", null);
    }
    targets(at, config.targets());
  }

  private void targets(String at, Alerting.Targets targets) {
    if (!targets.emails().isEmpty() && !channels.mail()) {
      warn(
          at + "/emails",
          "no e-mail is sent: this installation has no mail server (maestro.notify.smtp)",
          null);
    }
    targets.emails().forEach(text -> address(at, text));
    each(targets.webhooks(), at + "/webhooks", "webhook", "webhooks", channels.webhooks());
    for (var name : targets.pagerduties()) {
      if (!channels.webhooks().contains(name)) {
        warn(
            at + "/pagerduties",
            "PagerDuty is not told: that needs a webhook named %s (maestro.notify.webhooks.%s)"
                .formatted(name, name),
            null);
      }
    }
    each(
        targets.slackChannels().stream().map(AlertPlan::slackName).toList(),
        at + "/slack/channels",
        "Slack channel",
        "slack",
        channels.slack());
    each(
        targets.slackUsers().stream().map(AlertPlan::slackName).toList(),
        at + "/slack/users",
        "Slack channel",
        "slack",
        channels.slack());
    if (!targets.mentioned().isEmpty()) {
      warn(at + "/slack/mention_users", "nobody is mentioned in Slack", null);
    }
  }

  private void address(String at, String text) {
    if (text.indexOf('$') < 0) {
      for (var address : AlertPlan.addresses(text)) {
        if (!AlertPlan.isAddress(address)) {
          warn(at + "/emails", AlertPlan.noAddress(address) + "; it is told nothing", null);
        }
      }
      return;
    }
    for (var name : Interpolation.names(text)) {
      if (!params.contains(name) && !name.contains("__")) {
        var nearest = Spelling.nearest(name, params);
        warn(
            at + "/emails",
            "%s: there is no parameter %s of the workflow%s; nobody is told by it"
                .formatted(text, name, nearest == null ? "" : ", did you mean ${" + nearest + "}?"),
            null);
      }
    }
  }

  private void each(
      Collection<String> names, String at, String what, String setting, Set<String> known) {
    for (var name : names) {
      if (!known.contains(name)) {
        warn(
            at,
            "expected the name of a %s of this installation (maestro.notify.%s), found %s; there %s"
                .formatted(
                    what,
                    setting,
                    name,
                    known.isEmpty()
                        ? "are none"
                        : "are " + String.join(", ", new TreeSet<>(known))),
            Spelling.nearest(name, known));
      }
    }
  }

  private void warn(String at, String message, @Nullable String suggestion) {
    found.add(new DefinitionProblem(AT + at, message, suggestion, ProblemCode.ALERTING.id()));
  }
}
