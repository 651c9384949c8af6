package org.maestro.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.RunStatus;
import org.maestro.sel.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists workflows, runs, versions, steps. */
@Command(
    name = "ls",
    description = {
      "Lists workflows, instances, runs, versions or steps.",
      "Without a name workflows; for hello its instances, newest first; for hello#12 its steps;",
      "with --runs the runs of all workflows or of an instance; with --versions versions."
    })
final class LsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a workflow, an instance or a run")
  @Nullable String name;

  @Option(names = "--runs", description = "runs, of all workflows or all runs of an instance")
  boolean runs;

  @Option(names = "--versions", description = "versions of a workflow")
  boolean versions;

  @Option(names = "--status", paramLabel = "STATUS", description = "only runs of this status")
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
    var ref = session.about(name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE);
    if (ref.kind() == Ref.Kind.WORKFLOW) {
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

  private List<Tree> list(Route route) {
    var found = session.server().list(route, most.limit);
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
    var found = list(Route.of("workflows").with("owner", owner).with("tag", tag).with("q", search));
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

  private Item workflow(Tree workflow) {
    var id = workflow.at("workflow_id").text("");
    return Item.of(
        id,
        workflow.map(),
        Cell.of(id),
        Cell.of(workflow.at("owner").text("-")),
        Cell.of(workflow.at("active_version_id").text("-")),
        Cell.of(workflow.at("latest_version_id").text("-")),
        Cell.of(workflow.at("latest_instance_id").text("0")),
        Cell.of(
            workflow.at("pause").isPresent() ? "by " + workflow.at("pause", "by").text("?") : "-"),
        Cell.of(session.times().at(workflow.at("modify_time").number())));
  }

  private Route filtered(Route route) {
    return route.with("status", status()).with("from", from());
  }

  private @Nullable String status() {
    if (status == null) {
      return null;
    }
    var word = status.toUpperCase(Locale.ROOT).replace('-', '_');
    var known = Arrays.stream(RunStatus.values()).map(Enum::name).toList();
    if (known.contains(word)) {
      return word;
    }
    var nearest = Spelling.nearestOrBeginning(word, known);
    throw CommandFailure.usage(
        "expected --status to be one of %s, found \"%s\""
            .formatted(String.join(", ", known), status),
        nearest == null
            ? "letter case does not matter"
            : "did you mean \"%s\"?".formatted(nearest));
  }

  private @Nullable Long from() {
    if (since == null) {
      return null;
    }
    var ago = Times.duration(since);
    if (ago == null) {
      throw CommandFailure.usage(
          "expected --since to be like 30m, 2h or 7d, found \"%s\"".formatted(since));
    }
    return session.now() - ago.toMillis();
  }

  private void searchRuns() {
    var found = list(filtered(Route.of("instances").with("owner", owner)));
    nothing(found.isEmpty(), "no runs");
    printRuns(found);
  }

  private void instances(String workflow) {
    var found = list(filtered(Route.workflow(workflow, "instances")));
    nothing(found.isEmpty(), "no instances; to start one: maestro run " + workflow);
    printRuns(found);
  }

  private void runs(Ref ref) {
    printRuns(list(Route.instance(ref.workflow(), ref.instanceNumber(), "runs")));
  }

  private void printRuns(List<Tree> found) {
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

  private Item run(Tree run) {
    var ref =
        Ref.run(
            run.at("workflow_id").text(""),
            run.at("workflow_instance_id").number(0),
            run.at("workflow_run_id").number(1));
    var state = run.at("status").text("?");
    return Item.of(
        ref.toString(),
        run.map(),
        Cell.of(ref.toString()),
        session.statusCell(state),
        Cell.of(run.at("workflow_version_id").text("-")),
        Cell.of(initiator(run.at("initiator"))),
        Cell.of(session.times().at(run.at("create_time").number())),
        Cell.of(
            Times.took(run.at("start_time").number(), run.at("end_time").number(), session.now())));
  }

  static String initiator(Tree initiator) {
    var type = initiator.at("type").text("?").toLowerCase(Locale.ROOT);
    var user = initiator.at("user").text();
    return user == null ? type : user + " (" + type + ")";
  }

  private void versions(String workflow) {
    session
        .report()
        .list(
            list(Route.workflow(workflow, "versions", "pagination")).stream()
                .map(version -> version(workflow, version))
                .toList(),
            "VERSION",
            "ACTIVE",
            "AUTHOR",
            "CREATED",
            "MESSAGE");
  }

  private Item version(String workflow, Tree version) {
    var metadata = version.at("metadata");
    var number = metadata.at("workflow_version_id").text("?");
    return Item.of(
        workflow + "@" + number,
        version.map(),
        Cell.of(workflow + "@" + number),
        Cell.of(version.at("is_active").isTrue() ? "yes" : "-"),
        Cell.of(metadata.at("version_author").text("-")),
        Cell.of(session.times().at(metadata.at("create_time").number())),
        Cell.of(metadata.at("message").text("")));
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

  private Item step(Tree step) {
    var id = step.at("step_id").text("?");
    var state = step.at("runtime_state");
    var ref =
        new Ref(
            step.at("workflow_id").text(""),
            null,
            step.at("workflow_instance_id").number(),
            step.at("workflow_run_id").number(),
            id);
    return Item.of(
        ref.toString(),
        step.map(),
        Cell.of(id),
        session.statusCell(state.at("status").text("?")),
        Cell.of(step.at("step_attempt_id").text("-")),
        Cell.of(session.times().at(state.at("start_time").number())),
        Cell.of(
            Times.took(
                state.at("start_time").number(), state.at("end_time").number(), session.now())));
  }
}
