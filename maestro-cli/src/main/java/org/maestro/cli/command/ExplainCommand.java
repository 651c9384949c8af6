package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.instance.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Answers "why is it not running?". */
@Command(
    name = "explain",
    aliases = "why",
    description = {
      "Says why an instance, a run or a step does not run, or what it is doing.",
      "Also explains words, without a server: maestro explain step-type Shell,"
          + " maestro explain sel substring, maestro explain alerting. Alone, such a topic lists"
          + " what there is."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "such as hello#12, hello#12/load, or hello: its latest instance")
  List<String> names = List.of();

  ExplainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (ReferencePages.isTopic(names.getFirst())) {
      ReferencePages.print(session, names.getFirst(), names.subList(1, names.size()));
      return ExitCode.OK.number();
    }
    return Each.of(session, names, this::one);
  }

  private void one(String name) {
    try {
      explain(name);
    } catch (ServerProblem e) {
      if (e.exitCode() != ExitCode.NOT_FOUND || name.indexOf('#') >= 0) {
        throw e;
      }
      if (!ReferencePages.printWord(session, name)) {
        throw notFound(name, e);
      }
    }
  }

  private static CommandFailure notFound(String name, ServerProblem e) {
    var topic = ReferencePages.topicLike(name);
    return topic == null
        ? e
        : new CommandFailure(
            e.exitCode(),
            e.text(),
            List.of("as a topic: did you mean maestro explain %s?".formatted(topic)));
  }

  private void explain(String name) {
    var ref =
        Instances.latest(
            session,
            Named.by(
                session,
                name,
                Ref.Kind.INSTANCE,
                Ref.Kind.STEP_OF_RUN,
                Ref.Kind.WORKFLOW,
                Ref.Kind.STEP));
    var why = session.server().get(Explanation.route(session, ref), Why.class);
    session
        .report()
        .one(ref.toString(), why.tree(), Explanation.lines(why.body(), session.console().style()));
  }
}
