package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.instance.StepView;
import org.maestro.model.loop.IterationView;
import org.maestro.model.start.Initiator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists workflows, runs, versions, steps. */
@Command(
    name = "ls",
    description = {
      "Lists workflows, instances, runs, versions, steps, iterations or attempts.",
      "Without a name workflows; for hello its instances, newest first; for hello#12 its steps;",
      "for hello#12/each, a loop, its iterations with a summary, for another step its attempts;",
      "with --runs the runs of all workflows or of an instance; with --versions versions."
    })
final class LsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "such as hello, hello#12, hello#12/each or hello#12/each[17]")
  @Nullable String name;

  @Option(names = "--runs", description = "runs, of all workflows or all runs of an instance")
  boolean runs;

  @Option(names = "--versions", description = "versions of a workflow")
  boolean versions;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "only runs of this status; of a loop iterations, several with commas")
  @Nullable String status;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "only runs made since then, such as 2h")
  @Nullable String since;

  @Option(names = "--owner", paramLabel = "NAME", description = "only of this owner")
  @Nullable String owner;

  @Option(names = "--tag", paramLabel = "NAME", description = "only workflows with this tag")
  @Nullable String tag;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "only workflows with this in id or name")
  @Nullable String search;

  @Mixin final IterationOptions chosen = new IterationOptions();

  @Mixin final LimitOption most = new LimitOption();

  LsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (most.limit < 1) {
      throw CommandFailure.usage("expected --limit to be 1 or more, found " + most.limit);
    }
    if (name == null) {
      if (versions) {
        throw CommandFailure.usage("expected a workflow whose versions to list; found none");
      }
      if (runs || status != null || since != null) {
        searchRuns();
      } else {
        workflows();
      }
      return ExitCode.OK.number();
    }
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN);
    if (chosen.isGiven() && ref.kind() != Ref.Kind.STEP_OF_RUN) {
      throw CommandFailure.usage(
          "expected --index, --item and --group with a loop such as hello#12/each, found " + ref);
    }
    if (ref.kind() == Ref.Kind.STEP_OF_RUN) {
      step(ref);
    } else if (ref.kind() == Ref.Kind.WORKFLOW) {
      if (versions) {
        versions(ref.workflow());
      } else {
        instances(ref.workflow());
      }
    } else if (runs) {
      runs(ref);
    } else {
      steps(ref);
    }
    return ExitCode.OK.number();
  }

  private <T> List<Answer<T>> list(Route route, Class<T> type) {
    var found = session.server().list(route, type, most.limit);
    if (found.size() == most.limit) {
      session
          .console()
          .talk(
              session
                  .console()
                  .talkStyle()
                  .dim("the first %d; --limit shows more".formatted(most.limit)));
    }
    return found;
  }

  private void nothing(boolean isEmpty, String message) {
    if (isEmpty && session.isTable()) {
      session.console().talk(message);
    }
  }

  private void workflows() {
    var found =
        list(
            Route.of("workflows").with("owner", owner).with("tag", tag).with("q", search),
            WorkflowSummary.class);
    nothing(
        found.isEmpty(),
        owner == null && tag == null && search == null
            ? "no workflows yet: maestro init writes one, maestro push publishes it"
            : "no workflow fits");
    session
        .report()
        .list(
            found.stream().map(this::workflow).toList(),
            "WORKFLOW",
            "OWNER",
            "ACTIVE",
            "LATEST",
            "INSTANCES",
            "PAUSED",
            "CHANGED");
  }

  private Item workflow(Answer<WorkflowSummary> answer) {
    var workflow = answer.body();
    return Item.of(
        workflow.workflowId(),
        answer.tree(),
        Cell.of(workflow.workflowId()),
        Cell.of(Words.orDash(workflow.owner())),
        Cell.of(Words.orDash(workflow.activeVersionId())),
        Cell.of(String.valueOf(workflow.latestVersionId())),
        Cell.of(String.valueOf(workflow.latestInstanceId())),
        Cell.of(workflow.pause() == null ? "-" : "by " + workflow.pause().by()),
        Cell.of(session.times().at(workflow.modifyTime())));
  }

  private Route filtered(Route route) {
    return route
        .with("status", RunFilter.status(status))
        .with("from", RunFilter.from(session, since));
  }

  private void searchRuns() {
    var found = list(filtered(Route.of("instances").with("owner", owner)), RunSummary.class);
    nothing(found.isEmpty(), "no runs");
    printRuns(found);
  }

  private void instances(String workflow) {
    var found = rows(workflow);
    nothing(found.isEmpty(), "no instances; to start one: maestro run " + workflow);
    printRuns(found);
  }

  /** Rows are a tenth of whole instances; not everybody may ask for them. */
  private List<Answer<RunSummary>> rows(String workflow) {
    try {
      return list(filtered(Route.of("instances").with("workflow", workflow)), RunSummary.class);
    } catch (ServerProblem e) {
      if (e.exitCode() != ExitCode.NOT_ALLOWED) {
        throw e;
      }
      return list(filtered(Route.workflow(workflow, "instances")), RunSummary.class);
    }
  }

  private void runs(Ref ref) {
    printRuns(list(Route.instance(ref.workflow(), ref.instanceNumber(), "runs"), RunSummary.class));
  }

  private void printRuns(List<Answer<RunSummary>> found) {
    session
        .report()
        .list(
            found.stream().map(this::run).toList(),
            "INSTANCE",
            "STATUS",
            "VERSION",
            "STARTED BY",
            "CREATED",
            "TOOK");
  }

  private Item run(Answer<RunSummary> answer) {
    var run = answer.body();
    var ref = Ref.run(run.workflowId(), run.workflowInstanceId(), run.workflowRunId());
    return Item.of(
        ref.toString(),
        named(ref.toString(), answer.tree()),
        Cell.of(ref.toString()),
        session.statusCell(Words.of(run.status())),
        Cell.of(String.valueOf(run.workflowVersionId())),
        Cell.of(initiator(run.initiator())),
        Cell.of(session.times().at(run.createTime())),
        Cell.of(Times.took(run.startTime(), run.endTime(), session.now())));
  }

  /** Who or what started it; null if it is of a kind that this program doesn't know. */
  static String initiator(@Nullable Initiator initiator) {
    if (initiator == null) {
      return "?";
    }
    var type = initiator.typeName().toLowerCase(Locale.ROOT);
    return initiator instanceof Initiator.Manual(var user) && user != null
        ? user + " (" + type + ")"
        : type;
  }

  private void versions(String workflow) {
    session
        .report()
        .list(
            list(Route.workflow(workflow, "versions", "pagination"), WorkflowDefinition.class)
                .stream()
                .map(version -> version(workflow, version))
                .toList(),
            "VERSION",
            "ACTIVE",
            "AUTHOR",
            "CREATED",
            "MESSAGE");
  }

  private Item version(String workflow, Answer<WorkflowDefinition> answer) {
    var version = answer.body();
    var metadata = version.metadata();
    var name = workflow + "@" + metadata.workflowVersionId();
    var message = metadata.extraInfo().get("message");
    return Item.of(
        name,
        answer.tree(),
        Cell.of(name),
        Cell.of(version.isActive() ? "yes" : "-"),
        Cell.of(Words.orDash(metadata.versionAuthor())),
        Cell.of(session.times().at(metadata.createTime())),
        Cell.of(message == null ? "" : message.toString()));
  }

  private void step(Ref ref) {
    var step = Instances.step(session, ref);
    if (Instances.isForeach(Instances.kind(session, ref, step.step()))) {
      iterations(ref, step.step());
    } else {
      new Attempts(session).list(ref, step.step());
    }
  }

  private void iterations(Ref ref, String step) {
    var loop =
        new Ref(ref.workflow(), null, ref.instance(), Instances.runNumber(session, ref), step);
    if (session.isTable()) {
      session.console().data(Loop.lines(session, loop));
      session.console().data("");
    }
    var found =
        list(chosen.filter(session, loop, Iterations.route(loop), status), IterationView.class);
    nothing(found.isEmpty(), "no iteration fits");
    if (found.size() == most.limit) {
      var next = found.getLast().body().index() + 1;
      session.console().talk("the next ones: --index %d..".formatted(next));
    }
    var items =
        found.stream()
            .flatMap(iteration -> iteration.body().items().keySet().stream())
            .distinct()
            .toList();
    session
        .report()
        .list(
            found.stream().map(iteration -> iteration(loop, items, iteration)).toList(),
            Stream.of(
                    Stream.of("ITERATION", "STATUS"),
                    items.stream(),
                    Stream.of("STARTED", "TOOK", "FAILURE"))
                .flatMap(headings -> headings)
                .toArray(String[]::new));
  }

  private Item iteration(Ref loop, List<String> items, Answer<IterationView> answer) {
    var iteration = answer.body();
    var name = loop + "[" + iteration.index() + "]";
    var cells = new ArrayList<Cell>();
    cells.add(Cell.of("[" + iteration.index() + "]"));
    cells.add(session.statusCell(Words.of(iteration.status())));
    items.forEach(item -> cells.add(Cell.of(Words.orDash(iteration.items().get(item)))));
    cells.add(Cell.of(session.times().at(iteration.startTime())));
    cells.add(Cell.of(Times.took(iteration.startTime(), iteration.endTime(), session.now())));
    cells.add(Cell.of(iteration.failure() == null ? "" : iteration.failure()));
    return new Item(name, named(name, answer.tree()), cells);
  }

  /** With the name that every command takes. */
  private static Object named(String name, @Nullable Object tree) {
    var named = new LinkedHashMap<String, Object>();
    named.put("ref", name);
    if (tree instanceof Map<?, ?> members) {
      members.forEach((member, value) -> Json.put(named, String.valueOf(member), value));
    }
    return named;
  }

  private void steps(Ref ref) {
    var found = Instances.steps(session, ref);
    nothing(found.isEmpty(), "no step has been reached; to see why: maestro explain " + ref);
    session
        .report()
        .list(
            found.stream().map(this::step).toList(),
            "STEP",
            "STATUS",
            "ATTEMPT",
            "STARTED",
            "TOOK");
  }

  private Item step(Answer<StepView> answer) {
    var step = answer.body();
    var state = step.runtimeState();
    var ref =
        new Ref(
            step.workflowId(),
            null,
            step.workflowInstanceId(),
            step.workflowRunId(),
            step.stepId());
    return Item.of(
        ref.toString(),
        named(ref.toString(), answer.tree()),
        Cell.of(step.stepId()),
        session.statusCell(Words.of(state.status())),
        Cell.of(String.valueOf(step.stepAttemptId())),
        Cell.of(session.times().at(state.startTime())),
        Cell.of(Times.took(state.startTime(), state.endTime(), session.now())));
  }
}
