package org.maestro.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.loop.LoopAction;
import org.maestro.model.loop.LoopActionAnswer;

/** Acts on all that a filter means. */
final class Many {
  private static final int MOST = 10_000;

  private final Session session;
  private final ManyOptions chosen;
  private final LoopAction action;

  Many(Session session, ManyOptions chosen, LoopAction action) {
    this.session = session;
    this.chosen = chosen;
    this.action = action;
  }

  /**
   * Acts on what is meant by a workflow, or a loop of a run, with a filter.
   *
   * @param each acts on one instance
   */
  int act(Ref ref, Consumer<String> each) {
    return switch (ref.kind()) {
      case WORKFLOW, VERSION -> instances(ref, each);
      case STEP_OF_RUN, STEP -> {
        iterations(ref);
        yield 0;
      }
      case INSTANCE ->
          throw CommandFailure.usage(
              "expected a workflow such as %s or a loop such as %s/each with a filter, found %s"
                  .formatted(ref.workflow(), ref, ref));
    };
  }

  /** All at once, by the server. */
  private void iterations(Ref ref) {
    if (chosen.since != null) {
      throw CommandFailure.usage(
          "expected --since with a workflow only, found it with %s".formatted(ref));
    }
    var step = Instances.step(session, ref).step();
    var loop =
        new Ref(ref.workflow(), null, ref.instance(), Instances.runNumber(session, ref), step);
    var word = action.name().toLowerCase(Locale.ROOT);
    var route = Iterations.route(loop).below("actions", word);
    var answer =
        session
            .server()
            .send(
                "POST",
                chosen
                    .iterations
                    .filter(session, loop, route, chosen.status)
                    .with("dry_run", chosen.dryRun ? (Boolean) true : null),
                null,
                LoopActionAnswer.class);
    session.report().one(loop.toString(), answer.tree(), List.of(line(loop, answer.body())));
  }

  private String line(Ref loop, LoopActionAnswer answer) {
    var samples =
        answer.samples().stream()
            .map(sample -> "[" + sample + "]")
            .collect(Collectors.joining(", "));
    return "%s  %s %s%s"
        .formatted(
            loop,
            Words.count(answer.matched(), "iteration", "iterations"),
            "%s %s"
                .formatted(
                    chosen.dryRun ? "would be" : answer.matched() == 1 ? "is being" : "are being",
                    participle(action)),
            samples.isEmpty() ? "" : ", such as " + samples);
  }

  private static String participle(LoopAction action) {
    return switch (action) {
      case RESTART -> "restarted";
      case STOP -> "stopped";
      case KILL -> "killed";
    };
  }

  /** One after the other, by their latest runs. */
  private int instances(Ref workflow, Consumer<String> each) {
    if (chosen.iterations.isGiven()) {
      throw CommandFailure.usage(
          "expected --index, --item and --group with a loop such as %s#12/each, found %s"
              .formatted(workflow.workflow(), workflow));
    }
    var found =
        session
            .server()
            .list(
                Route.of("instances")
                    .with("workflow", workflow.workflow())
                    .with("status", RunFilter.status(chosen.status))
                    .with("from", RunFilter.from(session, chosen.since)),
                RunSummary.class,
                MOST + 1L);
    if (found.size() > MOST) {
      throw CommandFailure.usage(
          "expected at most %,d instances, found more".formatted(MOST),
          "--since names fewer of them");
    }
    if (chosen.dryRun) {
      session.report().list(found.stream().map(this::item).toList(), "INSTANCE", "STATUS");
    }
    var talk = session.console();
    talk.talk(
        "%s %s %s"
            .formatted(
                Words.count(found.size(), "instance", "instances"),
                chosen.dryRun ? "would be" : "to be",
                participle(action)));
    if (chosen.dryRun || found.isEmpty()) {
      return 0;
    }
    return Each.of(session, found.stream().map(Many::name).toList(), each);
  }

  private static String name(Answer<RunSummary> run) {
    return new Ref(run.body().workflowId(), null, run.body().workflowInstanceId(), null, null)
        .toString();
  }

  private Item item(Answer<RunSummary> run) {
    return Item.of(
        name(run),
        run.tree(),
        Cell.of(name(run)),
        session.statusCell(Words.of(run.body().status())));
  }
}
