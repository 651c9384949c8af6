package org.maestro.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.Outline;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What a shell asks for while somebody types a name. Says nothing rather than late or wrong: a
 * shell that waits, or that shows an error, is worse than one that doesn't complete.
 */
@Command(
    name = "names",
    hidden = true,
    description = "Prints the names that begin so: for the completion of shells.")
final class NamesCommand implements Callable<Integer> {
  /** How long the server may take, unless {@code --timeout} says so. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private static final long MOST = 100;
  private static final Pattern RUN = Pattern.compile("([^#/@]+)#([0-9.]*)");
  private static final Pattern STEP = Pattern.compile("([^#/@]+)#([0-9]+)(?:\\.([0-9]+))?/(.*)");

  private final Session session;

  @Parameters(paramLabel = "BEGINNING", arity = "0..1", description = "what is typed already")
  String beginning = "";

  NamesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var given = session.timeout();
    var patience = given == null ? PATIENCE : given;
    try {
      CompletableFuture.supplyAsync(this::names)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(session.console()::data);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // None, then.
    }
    return ExitCode.OK.number();
  }

  private List<String> names() {
    var step = STEP.matcher(beginning);
    if (step.matches()) {
      return beginningSo(
          steps(step.group(1), Long.parseLong(step.group(2)), step.group(3)).stream()
              .map(id -> beginning.substring(0, beginning.indexOf('/') + 1) + id));
    }
    var run = RUN.matcher(beginning);
    return beginningSo(run.matches() ? instances(run.group(1)) : workflows());
  }

  private List<String> beginningSo(Stream<String> names) {
    return names.filter(name -> name.startsWith(beginning)).toList();
  }

  private Stream<String> workflows() {
    return session
        .server()
        .list(
            Route.of("workflows").with("q", beginning.isEmpty() ? null : beginning),
            WorkflowSummary.class,
            MOST)
        .stream()
        .map(workflow -> workflow.body().workflowId());
  }

  private Stream<String> instances(String workflow) {
    return session
        .server()
        .list(Route.of("instances").with("workflow", workflow), RunSummary.class, MOST)
        .stream()
        .map(run -> workflow + "#" + run.body().workflowInstanceId());
  }

  private List<String> steps(String workflow, long instance, @Nullable String run) {
    var found =
        session
            .server()
            .get(
                Route.instance(workflow, instance, "runs", run == null ? "latest" : run)
                    .with("enriched", true),
                InstanceView.class)
            .body();
    return Outline.of(found.runtimeWorkflow()).steps().stream().map(Outline.Step::id).toList();
  }
}
