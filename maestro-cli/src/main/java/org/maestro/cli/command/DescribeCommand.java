package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Table;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;
import org.maestro.cli.watch.RunReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What people want to know of something, on one page. */
@Command(name = "describe", description = "Shows a workflow, run or step on one page.")
final class DescribeCommand implements Callable<Integer> {
  private static final int LONGEST_VALUE = 70;
  private static final int MOST_EVENTS = 20;

  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      description = "such as hello, hello@3, hello#12 or hello#12/load")
  String name = "";

  DescribeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var ref =
        session.about(
            name, Ref.Kind.WORKFLOW, Ref.Kind.VERSION, Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN);
    switch (ref.kind()) {
      case WORKFLOW, VERSION -> workflow(ref);
      case INSTANCE -> run(ref);
      case STEP_OF_RUN, STEP -> step(ref);
    }
    return ExitCode.OK.number();
  }

  private Style style() {
    return session.console().style();
  }

  private void fact(List<String> lines, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add(style().dim("%-12s".formatted(label)) + " " + Style.harmless(value));
    }
  }

  private void section(List<String> lines, String title) {
    lines.add("");
    lines.add(style().bold(title));
  }

  private void workflow(Ref ref) {
    var overview = session.server().get(Route.workflow(ref.workflow(), "overview"));
    var version =
        session
            .server()
            .get(
                Route.workflow(
                    ref.workflow(), "versions", ref.version() == null ? "default" : ref.version()));
    var lines = new ArrayList<String>();
    lines.add(
        style()
            .bold(ref.workflow() + "@" + version.at("metadata", "workflow_version_id").text("?")));
    var content = version.at("workflow");
    fact(lines, "name", content.at("name").text());
    fact(lines, "description", content.at("description").text());
    fact(lines, "owner", version.at("properties_snapshot", "owner").text());
    fact(
        lines,
        "versions",
        "active %s, latest %s"
            .formatted(
                overview.at("active_version_id").text("none"),
                overview.at("latest_version_id").text("?")));
    fact(lines, "strategy", strategy(version.at("properties_snapshot", "run_strategy")));
    fact(
        lines,
        "instances",
        "%s so far; live: %s; failed: %s"
            .formatted(
                overview.at("latest_instance_id").text("0"),
                Json.compact(overview.at("nonterminal_instances").value()),
                overview.at("failed_instances").text("0")));
    var pause = overview.at("pause");
    fact(
        lines,
        "paused",
        pause.isPresent()
            ? "by %s at %s; nothing starts until maestro resume %s"
                .formatted(
                    pause.at("by").text("?"),
                    session.times().at(pause.at("at").number()),
                    ref.workflow())
            : null);
    params(lines, content.at("params"));
    section(lines, "steps");
    var steps = new Table("STEP", "TYPE", "NEXT");
    content
        .at("steps")
        .list()
        .forEach(wrapped ->
            wrapped
                .members()
                .forEach((wrapper, step) ->
                    steps.row(
                        Cell.of(step.at("id").text("?")),
                        Cell.of(step.at("type").text(step.at("sub_type").text(wrapper))),
                        Cell.of(edges(step.at("transition", "successors"))))));
    lines.addAll(steps.lines(style()));
    breakpoints(lines, ref.workflow());
    session
        .report()
        .one(
            ref.toString(),
            org.maestro.cli.output.Report.members(
                "overview", overview.value(), "version", version.value()),
            lines);
  }

  private static @Nullable String strategy(Tree strategy) {
    var rule = strategy.at("rule").text();
    var concurrency = strategy.at("workflow_concurrency").text();
    return rule == null || concurrency == null ? rule : rule + ", at most " + concurrency;
  }

  private static String edges(Tree successors) {
    var edges = new ArrayList<String>();
    successors
        .members()
        .forEach((to, condition) ->
            edges.add(
                condition.text("true").equals("true")
                    ? to
                    : "%s if %s".formatted(to, condition.text(""))));
    return String.join(", ", edges);
  }

  private void breakpoints(List<String> lines, String workflow) {
    var found =
        session
            .server()
            .get(Route.of("workflows", "steps", "breakpoints").with("workflowId", workflow))
            .list();
    if (!found.isEmpty()) {
      section(lines, "breakpoints");
      found.forEach(breakpoint ->
          lines.add(
              "%s/%s  set by %s at %s"
                  .formatted(
                      workflow,
                      breakpoint.at("step_id").text("?"),
                      Style.harmless(breakpoint.at("created_by").text("?")),
                      session.times().at(breakpoint.at("create_time").number()))));
    }
  }

  private void params(List<String> lines, Tree params) {
    var table = new Table("PARAMETER", "TYPE", "FROM", "VALUE");
    params
        .members()
        .forEach((param, written) ->
            table.row(
                Cell.of(param),
                Cell.of(written.at("type").text("?").toLowerCase(Locale.ROOT)),
                Cell.of(written.at("source").text("definition").toLowerCase(Locale.ROOT)),
                Cell.of(shortened(value(written)))));
    if (!table.isEmpty()) {
      section(lines, "parameters");
      lines.addAll(table.lines(style()));
    }
  }

  /** What it came to, and how it is written where that says more. */
  private static String value(Tree param) {
    var result = param.at("evaluated_result");
    var written =
        param.at("expression").isPresent()
            ? "= " + param.at("expression").text("")
            : text(param.at("value"));
    return result.isPresent() && !text(result).equals(written)
        ? text(result) + "   (" + written + ")"
        : written;
  }

  private static String text(Tree value) {
    var text = value.text();
    return text != null ? text : value.isPresent() ? Json.compact(value.value()) : "-";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private void run(Ref ref) {
    var run =
        session.server().get(Instances.run(ref).with("enriched", true).with("aggregated", true));
    var lines = new ArrayList<String>();
    var named = ref.withRun(run.at("workflow_run_id").number(1));
    lines.add(style().bold(named.toString()) + "  " + style().status(run.at("status").text("?")));
    fact(lines, "version", ref.workflow() + "@" + run.at("workflow_version_id").text("?"));
    fact(lines, "started by", LsCommand.initiator(run.at("initiator")));
    fact(lines, "request id", run.at("workflow_uuid").text());
    fact(lines, "created", session.times().at(run.at("create_time").number()));
    fact(lines, "started", session.times().at(run.at("start_time").number()));
    fact(lines, "ended", session.times().at(run.at("end_time").number()));
    fact(
        lines,
        "took",
        Times.took(run.at("start_time").number(), run.at("end_time").number(), session.now()));
    params(lines, run.at("params"));
    steps(lines, run);
    timeline(lines, run.at("timeline"));
    why(lines, named);
    session.report().one(named.toString(), run.value(), lines);
  }

  private void steps(List<String> lines, Tree run) {
    var views = run.at("aggregated_info", "step_aggregated_views");
    var table = new Table("STEP", "TYPE", "STATUS", "STARTED", "TOOK");
    RunReader.kinds(run.at("runtime_workflow"))
        .forEach((id, kind) -> {
          var step = views.at(id);
          table.row(
              Cell.of(id),
              Cell.of(kind),
              session.statusCell(step.at("status").text("NOT_CREATED")),
              Cell.of(session.times().at(step.at("start_time").number())),
              Cell.of(
                  Times.took(
                      step.at("start_time").number(),
                      step.at("end_time").number(),
                      session.now())));
        });
    section(lines, "steps");
    lines.addAll(table.lines(style()));
  }

  private void timeline(List<String> lines, Tree timeline) {
    var events = timeline.list();
    if (events.isEmpty()) {
      return;
    }
    section(lines, "timeline");
    if (events.size() > MOST_EVENTS) {
      lines.add(style().dim("… %d earlier".formatted(events.size() - MOST_EVENTS)));
    }
    events.stream()
        .skip(Math.max(0, events.size() - MOST_EVENTS))
        .forEach(event -> {
          lines.add(
              "%s  %s"
                  .formatted(
                      style().dim(session.times().at(event.at("timestamp").number())),
                      Style.harmless(event.at("message").text(""))));
          event
              .at("errors")
              .list()
              .forEach(error -> lines.add("    " + Style.harmless(error.text(""))));
        });
  }

  private void why(List<String> lines, Ref ref) {
    section(lines, "why");
    lines.addAll(Explanation.lines(session.server().get(Explanation.route(session, ref)), style()));
  }

  private void step(Ref ref) {
    var step = Instances.step(session, ref);
    var found =
        session
            .server()
            .find(Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText()));
    var attempt = found.orElse(new Tree(null));
    var lines = new ArrayList<String>();
    var state = attempt.at("runtime_state");
    lines.add(
        style().bold(ref.toString())
            + "  "
            + style().status(state.at("status").text("NOT_CREATED")));
    if (found.isPresent()) {
      fact(
          lines,
          "attempt",
          "%s of run %s"
              .formatted(
                  attempt.at("step_attempt_id").text("?"),
                  attempt.at("workflow_run_id").text("?")));
      fact(lines, "created", session.times().at(state.at("create_time").number()));
      fact(lines, "started", session.times().at(state.at("start_time").number()));
      fact(lines, "ended", session.times().at(state.at("end_time").number()));
      fact(
          lines,
          "took",
          Times.took(
              state.at("start_time").number(), state.at("end_time").number(), session.now()));
      fact(
          lines,
          "after",
          String.join(
              ", ",
              attempt.at("transition", "predecessors").list().stream()
                  .map(predecessor -> predecessor.text(""))
                  .toList()));
      params(lines, attempt.at("params"));
      timeline(lines, attempt.at("timeline"));
    }
    why(lines, new Ref(ref.workflow(), null, ref.instance(), ref.run(), step.step()));
    session.report().one(ref.toString(), attempt.value(), lines);
  }
}
