package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.RunParams;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.backfill.BackfillBody;
import org.maestro.model.backfill.BackfillPlan;
import org.maestro.model.backfill.BackfillView;
import org.maestro.model.backfill.BackfillView.ValueRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A workflow started once per value of a range. */
@Command(
    name = "backfill",
    description = {
      "Starts a workflow once per value of a range, so many at a time.",
      "A back-fill has an id; it can be watched, paused, resumed where it was, and stopped."
    })
final class BackfillCommand {

  /** With all its subcommands. */
  static CommandLine tree(Session session) {
    var tree = new CommandLine(new BackfillCommand());
    tree.addSubcommand(new Create(session));
    tree.addSubcommand(new Ls(session));
    tree.addSubcommand(new Get(session));
    tree.addSubcommand(new Runs(session));
    tree.addSubcommand(new Watch(session));
    tree.addSubcommand(new Pause(session));
    tree.addSubcommand(new Resume(session));
    tree.addSubcommand(new Stop(session));
    tree.addSubcommand(new RestartFailed(session));
    return tree;
  }

  private static Route route(String id, Object... below) {
    return Route.of("backfills", id).below(below);
  }

  /** Makes one. */
  @Command(
      name = "create",
      description = {
        "Makes a back-fill and starts it.",
        "Both ends of a range belong to it. Without --param a run sees the times (RUN_TS,",
        "TARGET_RUN_DATE, …) that it would have seen if the clock had started it then."
      })
  static final class Create implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", description = "such as hello or hello@3")
    String workflow = "";

    @Option(names = "--days", paramLabel = "FROM..TO", description = "such as 20210101..20220101")
    @Nullable String days;

    @Option(
        names = "--hours",
        paramLabel = "FROM..TO",
        description = "such as 2021010100..2021010123")
    @Nullable String hours;

    @Option(names = "--step", paramLabel = "N", description = "every Nth day or hour (1)")
    @Nullable Long step;

    @Option(
        names = "--cron",
        paramLabel = "CRON",
        description = "the times of a cron, within --range")
    @Nullable String cron;

    @Option(names = "--range", paramLabel = "FROM..TO", description = "the days of --cron")
    @Nullable String range;

    @Option(
        names = "--values",
        paramLabel = "VALUE",
        split = ",",
        description = "these values, separated by commas")
    @Nullable List<String> values;

    @Option(
        names = "--value",
        paramLabel = "VALUE",
        description = "this value, commas and all; may be repeated")
    @Nullable List<String> singleValues;

    @Option(
        names = "--param",
        paramLabel = "NAME",
        description = "the run param that gets each value")
    @Nullable String param;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "of the range (the workflow's own)")
    @Nullable String zone;

    @Option(
        names = "--concurrency",
        paramLabel = "N",
        description = "runs at a time, within what the run strategy allows (1)")
    @Nullable Long concurrency;

    @Option(
        names = "--max-failures",
        paramLabel = "N",
        description = "pause when more values fail than this: a number, 10%%, or all (all)")
    @Nullable String maxFailures;

    @Option(names = "--newest-first", description = "begin at the end of the range")
    boolean newestFirst;

    @Option(
        names = "--skip",
        paramLabel = "WHICH",
        description = "leave out values with a run that has succeeded, or was started")
    @Nullable String skip;

    @Option(
        names = {"-p", "--set"},
        paramLabel = "NAME=VALUE",
        description = "a parameter of all runs; may be repeated")
    List<String> params = List.of();

    @Option(names = "--dry-run", description = "only say what would be run")
    boolean dryRun;

    @Mixin final WatchOption following = new WatchOption();

    Create(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var ref = Named.by(session, workflow, Ref.Kind.WORKFLOW, Ref.Kind.VERSION);
      var version = ref.version() == null ? "active" : ref.version();
      var route = Route.workflow(ref.workflow(), "backfills");
      var body = body(ref, version);
      if (dryRun) {
        var answer =
            session.server().send("POST", route.with("dry_run", true), body, BackfillPlan.class);
        session.report().one(ref.workflow(), answer.tree(), preview(answer.body()));
        return ExitCode.OK.number();
      }
      var made = session.server().send("POST", route, body, BackfillView.class);
      var id = made.body().id();
      if (!following.watch || session.isTable()) {
        session.report().one(id, made.tree(), List.of(id));
        session.console().flush();
      }
      if (following.watch) {
        return new BackfillWatching(session).until(id).number();
      }
      if (session.isTable()) {
        session
            .console()
            .talk(session.console().talkStyle().dim("to follow it: maestro backfill watch " + id));
      }
      return ExitCode.OK.number();
    }

    private BackfillBody body(Ref ref, String version) {
      requireOneRange();
      if (param != null && param.contains("=")) {
        throw CommandFailure.usage(
            "expected --param NAME, the param that gets each value of the range; found \"%s\""
                .formatted(param),
            "what all runs get is given with -p %s".formatted(param));
      }
      return new BackfillBody(
          version,
          days == null ? null : ends("--days", days),
          hours == null ? null : ends("--hours", hours),
          cron(),
          listed(),
          zone,
          param,
          newestFirst ? "newest_first" : null,
          concurrency,
          params.isEmpty() ? null : runParams(ref, version),
          skip,
          maxFailures);
    }

    private Map<String, Object> runParams(Ref ref, String version) {
      var given = RunParams.of(session.server(), ref.workflow(), version);
      params.forEach(given::add);
      return given.tree();
    }

    private void requireOneRange() {
      var given =
          Stream.of(days, hours, cron, values == null ? singleValues : values)
              .filter(Objects::nonNull)
              .count();
      if (given != 1) {
        throw CommandFailure.usage(
            "expected exactly one of --days, --hours, --cron and --values (or --value), found "
                + given);
      }
      if (cron != null && range == null) {
        throw CommandFailure.usage("expected --range FROM..TO with --cron, found none");
      }
      if (step != null && days == null && hours == null) {
        throw CommandFailure.usage("expected --step with --days or --hours only");
      }
    }

    private BackfillBody.@Nullable Cron cron() {
      if (cron == null || range == null) {
        return null;
      }
      var ends = ends("--range", range);
      return new BackfillBody.Cron(cron, ends.from(), ends.to());
    }

    private @Nullable List<Object> listed() {
      if (values == null && singleValues == null) {
        return null;
      }
      var all = new ArrayList<Object>();
      all.addAll(Objects.requireNonNullElse(values, List.of()));
      all.addAll(Objects.requireNonNullElse(singleValues, List.of()));
      return all;
    }

    private BackfillBody.Range ends(String option, String text) {
      var dots = text.indexOf("..");
      if (dots < 1 || dots + 2 == text.length()) {
        throw CommandFailure.usage("expected %s FROM..TO, found \"%s\"".formatted(option, text));
      }
      return new BackfillBody.Range(text.substring(0, dots), text.substring(dots + 2), step);
    }

    private static List<String> preview(BackfillPlan plan) {
      return List.of(
          "%s%s, %d at a time, %s gets the value"
              .formatted(
                  Words.count(plan.total(), "run", "runs"),
                  plan.skipped() == 0
                      ? ""
                      : ", %s skipped".formatted(Words.count(plan.skipped(), "value", "values")),
                  plan.concurrencyInForce(),
                  plan.param()),
          "first: " + String.join(", ", plan.firstValues()),
          "last:  " + String.join(", ", plan.lastValues()),
          "run before: %,d, of which %,d succeeded (%s looked at)"
              .formatted(
                  plan.alreadyRan().started(),
                  plan.alreadyRan().succeeded(),
                  Words.count(plan.alreadyRan().instancesLookedAt(), "instance", "instances")));
    }
  }

  /** Lists them. */
  @Command(name = "ls", description = "Lists the back-fills of a workflow, newest first.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW")
    String workflow = "";

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var ref = Named.by(session, workflow, Ref.Kind.WORKFLOW);
      var found =
          session
              .server()
              .list(Route.workflow(ref.workflow(), "backfills"), BackfillView.class, most.limit);
      if (found.isEmpty() && session.isTable()) {
        session.console().talk("no back-fills");
      }
      session
          .report()
          .list(
              found.stream().map(this::item).toList(),
              "BACKFILL",
              "STATUS",
              "VALUES",
              "OK",
              "FAILED",
              "RUNNING",
              "WAITING",
              "BY",
              "CREATED");
      return ExitCode.OK.number();
    }

    private Item item(Answer<BackfillView> answer) {
      var backfill = answer.body();
      var counts = backfill.counts();
      return Item.of(
          backfill.id(),
          answer.tree(),
          Cell.of(backfill.id()),
          session.statusCell(Words.of(backfill.status())),
          Cell.of(String.valueOf(counts.total())),
          Cell.of(String.valueOf(counts.succeeded())),
          Cell.of(String.valueOf(BackfillLines.unsuccessful(counts))),
          Cell.of(String.valueOf(counts.running())),
          Cell.of(String.valueOf(counts.waiting())),
          Cell.of(backfill.createdBy()),
          Cell.of(session.times().at(backfill.createTime())));
    }
  }

  /** Shows one. */
  @Command(name = "get", description = "Everything that the server has about a back-fill.")
  static final class Get implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Get(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      tell(session, session.server().get(route(id), BackfillView.class));
      return ExitCode.OK.number();
    }
  }

  /** Lists values. */
  @Command(name = "runs", description = "Lists the values of a back-fill with their runs.")
  static final class Runs implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "only succeeded, failed, timed_out, stopped or in_progress")
    @Nullable String status;

    @Mixin final LimitOption most = new LimitOption();

    Runs(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var wanted = RunFilter.status(status);
      var workflow = session.server().get(route(id), BackfillView.class).body().workflowId();
      session
          .report()
          .list(
              session
                  .server()
                  .list(route(id, "runs").with("status", wanted), ValueRun.class, most.limit)
                  .stream()
                  .map(run -> item(workflow, run))
                  .toList(),
              "VALUE",
              "STATUS",
              "INSTANCE");
      return ExitCode.OK.number();
    }

    private Item item(String workflow, Answer<ValueRun> answer) {
      var run = answer.body();
      var instance =
          run.workflowInstanceId() == null ? "-" : workflow + "#" + run.workflowInstanceId();
      return Item.of(
          instance,
          answer.tree(),
          Cell.of(run.value()),
          session.statusCell(run.status() == null ? "-" : run.status().name()),
          Cell.of(instance));
    }
  }

  /** Follows one. */
  @Command(
      name = "watch",
      description = {
        "Follows a back-fill until it has ended, or stands still.",
        "Ends with 0 if all its runs succeeded, else with 1. Ctrl-C lets go of it; it goes on."
      })
  static final class Watch implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Watch(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return new BackfillWatching(session).until(id).number();
    }
  }

  /** Holds one. */
  @Command(name = "pause", description = "Starts no more runs; those that run go on.")
  static final class Pause implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Pause(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, route(id, "actions", "pause"));
    }
  }

  /** Lets one go on. */
  @Command(name = "resume", description = "Goes on where a back-fill was paused or stopped.")
  static final class Resume implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Resume(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, route(id, "actions", "resume"));
    }
  }

  /** Gives one up. */
  @Command(name = "stop", description = "Gives up what has not been started.")
  static final class Stop implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    @Option(names = "--end-runs", description = "end the runs that are under way, too")
    boolean endRuns;

    Stop(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(
          session, route(id, "actions", "stop").with("end_runs", endRuns ? (Boolean) true : null));
    }
  }

  /** Runs again what did not succeed. */
  @Command(
      name = "restart-failed",
      description = "Runs again what failed, timed out or was stopped.")
  static final class RestartFailed implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    RestartFailed(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, route(id, "actions", "restart-failed"));
    }
  }

  private static int act(Session session, Route route) {
    tell(session, session.server().sendRepeatable("PUT", route, null, BackfillView.class));
    return ExitCode.OK.number();
  }

  private static void tell(Session session, Answer<BackfillView> backfill) {
    session
        .report()
        .one(
            backfill.body().id(),
            backfill.tree(),
            BackfillLines.page(backfill.body(), session.console().style(), session.now()));
  }
}
