package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.Outline;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Table;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Tree;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.Route;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.AggregatedInfo.StepAggregate;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.StepView;
import org.maestro.model.instance.Why;
import org.maestro.model.param.Param;
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
      arity = "1..*",
      description = "such as hello, hello@3, hello#12, hello#12/load or hello#12/each[17]")
  List<String> names = List.of();

  DescribeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    var ref =
        Named.by(
            session,
            name,
            Ref.Kind.WORKFLOW,
            Ref.Kind.VERSION,
            Ref.Kind.INSTANCE,
            Ref.Kind.STEP_OF_RUN);
    switch (ref.kind()) {
      case WORKFLOW, VERSION -> workflow(ref);
      case INSTANCE -> run(ref);
      case STEP_OF_RUN, STEP -> step(ref);
    }
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
    var overview =
        session.server().get(Route.workflow(ref.workflow(), "overview"), WorkflowOverview.class);
    var version =
        session
            .server()
            .get(
                Route.workflow(
                    ref.workflow(), "versions", ref.version() == null ? "default" : ref.version()),
                WorkflowDefinition.class);
    var lines = new ArrayList<String>();
    var content = version.body().workflow();
    var outline = Outline.of(content);
    var properties = version.body().propertiesSnapshot().properties();
    lines.add(style().bold(ref.workflow() + "@" + version.body().metadata().workflowVersionId()));
    fact(lines, "name", outline.name());
    fact(lines, "description", outline.description());
    fact(lines, "owner", properties.get("owner") instanceof String owner ? owner : null);
    var strategy = Records.read(Strategy.class, properties.get("run_strategy"));
    counts(lines, ref, overview.body(), strategy);
    fact(lines, "strategy", strategy(strategy));
    params(lines, new Tree(content).at("params").map());
    section(lines, "steps");
    var steps = new Table("STEP", "TYPE", "NEXT");
    outline
        .steps()
        .forEach(
            step -> steps.row(Cell.of(step.id()), Cell.of(step.kind()), Cell.of(step.edges())));
    lines.addAll(steps.lines(style()));
    outline
        .handlers()
        .forEach((on, own) -> {
          section(lines, on);
          var table = new Table("STEP", "TYPE", "NEXT");
          own.forEach(
              step -> table.row(Cell.of(step.id()), Cell.of(step.kind()), Cell.of(step.edges())));
          lines.addAll(table.lines(style()));
        });
    triggers(lines, ref.workflow());
    breakpoints(lines, ref.workflow());
    session
        .report()
        .one(
            ref.toString(),
            org.maestro.cli.output.Report.members(
                "overview", overview.tree(), "version", version.tree()),
            lines);
  }

  private void counts(List<String> lines, Ref ref, WorkflowOverview overview, Strategy strategy) {
    fact(
        lines,
        "versions",
        "active %s, latest %d"
            .formatted(
                overview.activeVersionId() == null ? "none" : overview.activeVersionId(),
                overview.latestVersionId()));
    fact(lines, "instances", instances(overview, strategy));
    fact(
        lines,
        "paused",
        overview.pause() == null
            ? null
            : "by %s at %s; nothing starts until maestro resume %s"
                .formatted(
                    overview.pause().by(),
                    session.times().at(overview.pause().at()),
                    ref.workflow()));
  }

  /** Such as {@code 12 so far: 1 in progress, 2 failed}. */
  private static String instances(WorkflowOverview overview, Strategy strategy) {
    var parts = new ArrayList<String>();
    overview
        .nonterminalInstances()
        .forEach((status, count) -> {
          if (count > 0) {
            parts.add("%,d %s".formatted(count, status.toLowerCase(Locale.ROOT).replace('_', ' ')));
          }
        });
    if (overview.failedInstances() > 0) {
      parts.add(
          "%,d failed%s"
              .formatted(
                  overview.failedInstances(),
                  "STRICT_SEQUENTIAL".equals(strategy.rule()) ? " and in the way" : ""));
    }
    return "%,d so far%s"
        .formatted(
            overview.latestInstanceId(), parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  /** As the properties have it. */
  private record Strategy(@Nullable String rule, @Nullable Long workflowConcurrency) {}

  private static @Nullable String strategy(Strategy strategy) {
    return strategy.rule() == null || strategy.workflowConcurrency() == null
        ? strategy.rule()
        : strategy.rule() + ", at most " + strategy.workflowConcurrency();
  }

  private void triggers(List<String> lines, String workflow) {
    var table = new Table(Triggers.HEADINGS);
    Triggers.of(session, workflow).forEach(trigger -> table.row(trigger.cells()));
    if (!table.isEmpty()) {
      section(lines, "triggers of the active version");
      lines.addAll(table.lines(style()));
    }
  }

  private void breakpoints(List<String> lines, String workflow) {
    var found =
        session
            .server()
            .all(
                Route.of("workflows", "steps", "breakpoints").with("workflowId", workflow),
                StepBreakpoint.class);
    if (!found.isEmpty()) {
      section(lines, "breakpoints");
      found.forEach(breakpoint ->
          lines.add(
              "%s/%s  set by %s at %s"
                  .formatted(
                      workflow,
                      breakpoint.body().stepId(),
                      Style.harmless(breakpoint.body().createdBy()),
                      session.times().at(breakpoint.body().createTime()))));
    }
  }

  private void params(List<String> lines, Map<String, Object> params) {
    var table = new Table("PARAMETER", "TYPE", "FROM", "VALUE");
    params.forEach((name, tree) -> {
      var param = Records.read(Param.class, tree);
      table.row(
          Cell.of(name),
          Cell.of(Words.of(param.type()).toLowerCase(Locale.ROOT)),
          Cell.of(
              param.source() == null
                  ? "definition"
                  : param.source().name().toLowerCase(Locale.ROOT)),
          Cell.of(shortened(value(param))));
    });
    if (!table.isEmpty()) {
      section(lines, "parameters");
      lines.addAll(table.lines(style()));
    }
  }

  /** What it came to, and how it is written where that says more. */
  private static String value(Param param) {
    var written = param.expression() != null ? "= " + param.expression() : text(param.value());
    var result = param.evaluatedResult();
    return result != null && !text(result).equals(written)
        ? text(result) + "   (" + written + ")"
        : written;
  }

  private static String text(@Nullable Object value) {
    var text = new Tree(value).text();
    return text != null ? text : value == null ? "-" : Json.compact(value);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }

  private void run(Ref ref) {
    var answer =
        session
            .server()
            .get(
                Instances.run(ref).with("enriched", true).with("aggregated", true),
                InstanceView.class);
    var run = answer.body();
    var lines = new ArrayList<String>();
    var named = ref.withRun(run.workflowRunId());
    lines.add(style().bold(named.toString()) + "  " + style().status(Words.of(run.status())));
    way(lines);
    fact(lines, "version", ref.workflow() + "@" + run.workflowVersionId());
    fact(lines, "started by", LsCommand.initiator(run.initiator()));
    fact(lines, "request id", run.workflowUuid());
    fact(lines, "created", session.times().at(run.createTime()));
    fact(lines, "started", session.times().at(run.startTime()));
    fact(lines, "ended", session.times().at(run.endTime()));
    fact(lines, "took", Times.took(run.startTime(), run.endTime(), session.now()));
    params(lines, run.params());
    steps(lines, run);
    handlers(lines, run);
    timeline(lines, run.timeline());
    why(lines, named);
    session.report().one(named.toString(), answer.tree(), lines);
  }

  private void steps(List<String> lines, InstanceView run) {
    var views =
        run.aggregatedInfo() == null
            ? Map.<String, StepAggregate>of()
            : run.aggregatedInfo().stepAggregatedViews();
    var table = new Table("STEP", "TYPE", "STATUS", "STARTED", "TOOK");
    Outline.of(run.runtimeWorkflow())
        .kinds()
        .forEach((id, kind) -> {
          var step = views.get(id);
          var start = step == null ? null : step.startTime();
          table.row(
              Cell.of(id),
              Cell.of(kind),
              session.statusCell(step == null ? "NOT_CREATED" : Words.of(step.status())),
              Cell.of(session.times().at(start)),
              Cell.of(Times.took(start, step == null ? null : step.endTime(), session.now())));
        });
    section(lines, "steps");
    lines.addAll(table.lines(style()));
  }

  private void handlers(List<String> lines, InstanceView run) {
    if (run.handlers() == null) {
      return;
    }
    var table = new Table("AFTER IT", "STATUS", "RUN");
    run.handlers()
        .forEach(handler ->
            table.row(
                Cell.of(handler.on()),
                session.statusCell(Words.of(handler.status())),
                Cell.of(
                    Ref.run(
                            handler.workflowId(),
                            handler.workflowInstanceId(),
                            handler.workflowRunId())
                        .toString())));
    section(lines, "handlers");
    lines.addAll(table.lines(style()));
  }

  private void timeline(List<String> lines, List<TimelineEvent> events) {
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
                      style().dim(session.times().at(event.timestamp())),
                      Style.harmless(event.message())));
          if (event.errors() != null) {
            event.errors().forEach(error -> lines.add("    " + Style.harmless(error)));
          }
        });
  }

  private void why(List<String> lines, Ref ref) {
    section(lines, "why");
    var answer = session.server().get(Explanation.route(session, ref), Why.class);
    lines.addAll(Explanation.lines(answer.body(), style()));
  }

  private void step(Ref ref) {
    var step = Instances.step(session, ref);
    var found =
        session
            .server()
            .find(
                Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText()),
                StepView.class);
    var lines = new ArrayList<String>();
    lines.add(
        style().bold(ref.toString())
            + "  "
            + style()
                .status(
                    found
                        .map(attempt -> Words.of(attempt.body().runtimeState().status()))
                        .orElse("NOT_CREATED")));
    way(lines);
    found.ifPresent(attempt -> attempt(lines, attempt.body()));
    loop(lines, ref, step.step());
    why(lines, new Ref(ref.workflow(), null, ref.instance(), ref.run(), step.step()));
    session.report().one(ref.toString(), found.map(attempt -> attempt.tree()).orElse(null), lines);
  }

  /** The iterations that it stands in, where it was named by them. */
  private void way(List<String> lines) {
    for (var step : session.way()) {
      var items = new ArrayList<String>();
      step.iteration().items().forEach((item, value) -> items.add(item + " = " + text(value)));
      fact(lines, "iteration", step + (items.isEmpty() ? "" : ": " + String.join(", ", items)));
      fact(lines, "failure", step.iteration().failure());
    }
  }

  private void loop(List<String> lines, Ref ref, String step) {
    if (Instances.isForeach(Instances.kind(session, ref, step))) {
      var run = Instances.runNumber(session, ref);
      section(lines, "iterations");
      lines.addAll(Loop.lines(session, new Ref(ref.workflow(), null, ref.instance(), run, step)));
    }
  }

  private void attempt(List<String> lines, StepView attempt) {
    var state = attempt.runtimeState();
    fact(
        lines,
        "attempt",
        "%d of run %d".formatted(attempt.stepAttemptId(), attempt.workflowRunId()));
    fact(lines, "created", session.times().at(state.createTime()));
    fact(lines, "started", session.times().at(state.startTime()));
    fact(lines, "ended", session.times().at(state.endTime()));
    fact(lines, "took", Times.took(state.startTime(), state.endTime(), session.now()));
    fact(lines, "after", String.join(", ", attempt.transition().predecessors()));
    params(lines, attempt.params());
    timeline(lines, attempt.timeline());
  }
}
