package org.maestro.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.name.StepName;
import org.maestro.cli.output.BrokenPipe;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.LogStream;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.cli.watch.RunState;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.StepView;
import org.maestro.model.log.LogText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what steps print. */
@Command(
    name = "logs",
    description = {
      "Prints what a step, or every step of a run, has printed.",
      "Its standard output goes to ours, its standard error to ours. With -f it goes on until the",
      "step or the run has ended. With --failed only of the steps that made a run fail: down",
      "through children, and of a loop one iteration for each failure group."
    })
final class LogsCommand implements Callable<Integer> {
  private static final int CHUNK = 65_536;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      description =
          "such as hello#12/load, hello#12/load.2, hello#12/each[17], hello#12, or hello: its"
              + " latest instance")
  String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "go on until it ends; Ctrl-C lets go of it")
  boolean follow;

  @Option(names = "--failed", description = "only of the steps that made a run fail")
  boolean failed;

  @Option(
      names = "--stream",
      paramLabel = "STREAM",
      description = "stdout, stderr or all (${DEFAULT-VALUE})")
  Stream stream = Stream.ALL;

  /** Which of a job's streams. */
  enum Stream {
    STDOUT,
    STDERR,
    ALL;

    List<String> names() {
      return switch (this) {
        case STDOUT -> List.of("stdout");
        case STDERR -> List.of("stderr");
        case ALL -> List.of("stdout", "stderr");
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  LogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
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
    var run = session.server().get(Instances.run(ref), InstanceView.class).body();
    var exact = ref.withRun(run.workflowRunId());
    try (var _ = session.around().interrupts().onInterrupt(() -> {})) {
      if (failed) {
        ofFailed(exact);
      } else if (exact.step() == null) {
        ofRun(exact);
      } else {
        ofStep(exact);
      }
    }
    return ExitCode.OK.number();
  }

  /** One attempt of one step. */
  private record Attempt(Route route, String step, @Nullable StepStatus status) {
    /** Whether it prints nothing any more. */
    boolean hasEnded() {
      return status != null && status.isTerminal();
    }
  }

  private void ofStep(Ref ref) {
    var step = Instances.step(session, ref);
    var route = Instances.run(ref).below("steps", step.step(), "attempts", step.attemptText());
    var attempt = new Attempt(route, step.step(), null);
    if (follow) {
      awaitLog(ref, attempt);
      followAll(List.of(attempt), false);
    } else if (!printStreams(attempt, false)) {
      var found = requireAttempt(ref, step, route);
      if (isLoop(found)) {
        throw CommandFailure.notFound(
            "step \"%s\" of %s is a loop, which prints nothing itself"
                .formatted(step.step(), ref.withoutStep()),
            ofIterations(ref.withoutStep(), step.step()));
      }
      throw CommandFailure.notFound(
          "step \"%s\" of %s has printed nothing".formatted(step.step(), ref.withoutStep()),
          "to see why: maestro explain " + ref,
          "to wait for it: maestro logs -f " + ref);
    }
  }

  private static boolean isLoop(StepView step) {
    return step.definition().containsKey("foreach") || step.definition().containsKey("while");
  }

  private static String ofIterations(Ref run, String loop) {
    return "its iterations have logs of their own: maestro logs '%1$s/%2$s[0]'; maestro ls %1$s/%2$s shows them"
        .formatted(run, loop);
  }

  private StepView requireAttempt(Ref ref, StepName step, Route route) {
    var found = session.server().find(route, StepView.class);
    if (found.isEmpty()) {
      throw CommandFailure.notFound(
          step.attempt() == null
              ? "step \"%s\" of %s has not been reached".formatted(step.step(), ref.withoutStep())
              : "step \"%s\" of %s has no attempt %d"
                  .formatted(step.step(), ref.withoutStep(), step.attempt()),
          step.attempt() == null
              ? "to see why: maestro explain " + ref
              : "maestro attempts %s/%s shows what there is"
                  .formatted(ref.withoutStep(), step.step()));
    }
    return found.get().body();
  }

  private void ofRun(Ref ref) {
    if (follow) {
      followRun(ref);
      return;
    }
    var printed = false;
    for (var step : Instances.steps(session, ref)) {
      printed |= printStreams(attempt(ref, step.body()), true);
      if (isLoop(step.body())) {
        session
            .console()
            .talk(
                "%s is a loop; %s"
                    .formatted(step.body().stepId(), ofIterations(ref, step.body().stepId())));
      }
    }
    if (!printed) {
      session.console().talk("no step of %s has printed anything".formatted(ref));
    }
  }

  private void ofFailed(Ref ref) {
    if (follow || ref.step() != null) {
      throw CommandFailure.usage("expected --failed with a run and without --follow");
    }
    var console = session.console();
    var steps = FailedSteps.of(session, ref);
    if (steps.isEmpty()) {
      console.talk("no step of %s has failed".formatted(ref));
    }
    for (var step : steps) {
      console.talk(
          "%s  %s%s"
              .formatted(
                  console.talkStyle().bold(step.name()),
                  console.talkStyle().status(Words.of(step.attempt().runtimeState().status())),
                  step.more() == 0 ? "" : ", and %,d like it".formatted(step.more())));
      if (!printStreams(attempt(step.run(), step.attempt()), true)) {
        console.talk("  it has printed nothing");
      }
    }
  }

  private static Attempt attempt(Ref ref, StepView step) {
    return new Attempt(
        Instances.run(ref).below("steps", step.stepId(), "attempts", step.stepAttemptId()),
        step.stepId(),
        step.runtimeState().status());
  }

  /** Whether there was a log. */
  private boolean printStreams(Attempt attempt, boolean named) {
    var found = false;
    for (var stream : stream.names()) {
      var offset = 0L;
      var sink = sink(attempt.step(), stream, named);
      while (true) {
        var piece =
            session
                .server()
                .find(
                    attempt
                        .route()
                        .below("logs")
                        .with("stream", stream)
                        .with("offset", offset)
                        .with("limit", CHUNK),
                    LogText.class);
        if (piece.isEmpty()) {
          break;
        }
        found = true;
        sink.accept(piece.get().body().text());
        var next = piece.get().body().nextOffset();
        if (piece.get().body().eof() || next == offset) {
          break;
        }
        offset = next;
      }
      sink.close();
    }
    return found;
  }

  /** Where text goes: as it is, or in whole lines with the step's name before each. */
  private Sink sink(String step, String stream, boolean named) {
    var console = session.console();
    Consumer<String> out =
        stream.equals("stdout")
            ? text -> {
              console.raw(text);
              console.flush();
            }
            : console::rawError;
    var style = stream.equals("stdout") ? console.style() : console.talkStyle();
    return new Sink(out, named ? style.cyan(step) + " | " : null);
  }

  private static final class Sink {
    private final Consumer<String> out;
    private final @Nullable String prefix;
    private final StringBuilder rest = new StringBuilder();

    Sink(Consumer<String> out, @Nullable String prefix) {
      this.out = out;
      this.prefix = prefix;
    }

    void accept(String text) {
      if (prefix == null) {
        out.accept(text);
        return;
      }
      rest.append(text);
      var lines = new StringBuilder();
      for (var end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        lines.append(prefix).append(rest, 0, end + 1);
        rest.delete(0, end + 1);
      }
      if (!lines.isEmpty()) {
        out.accept(lines.toString());
      }
    }

    void close() {
      if (!rest.isEmpty()) {
        out.accept(prefix + rest + "\n");
        rest.setLength(0);
      }
    }
  }

  /** Waits until the attempt has begun to print, or never will. */
  private void awaitLog(Ref ref, Attempt attempt) {
    var deadline = deadline();
    var told = false;
    while (!hasLog(attempt)) {
      var state =
          session
              .server()
              .find(attempt.route(), StepView.class)
              .map(found -> Words.of(found.body().runtimeState().status()))
              .orElse("NOT_CREATED");
      if (hasEnded(ref)) {
        throw CommandFailure.notFound(
            "step \"%s\" of %s has printed nothing; it is %s"
                .formatted(attempt.step(), ref.withoutStep(), state),
            "to see why: maestro explain " + ref);
      }
      if (!told) {
        session.console().talk("step \"%s\" is %s; waiting".formatted(attempt.step(), state));
        told = true;
      }
      waitOnce(deadline);
    }
  }

  private long deadline() {
    var timeout = session.timeout();
    return timeout == null ? Long.MAX_VALUE : session.now() + timeout.toMillis();
  }

  private void waitOnce(long deadline) {
    if (session.now() >= deadline) {
      throw new CommandFailure(ExitCode.TIMEOUT, "it has not ended in the time of --timeout");
    }
    session.pause().of(LOOK);
    if (Thread.currentThread().isInterrupted()) {
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  private void followAll(List<Attempt> attempts, boolean named) {
    var failures = new ConcurrentLinkedQueue<RuntimeException>();
    var followers = new ArrayList<Thread>();
    attempts.forEach(attempt -> followers.addAll(followers(attempt, named, failures)));
    var deadline = deadline();
    while (followers.stream().anyMatch(Thread::isAlive)) {
      throwFirst(failures);
      waitOnce(deadline);
    }
    throwFirst(failures);
  }

  private static void throwFirst(ConcurrentLinkedQueue<RuntimeException> failures) {
    var failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
  }

  private List<Thread> followers(
      Attempt attempt, boolean named, ConcurrentLinkedQueue<RuntimeException> failures) {
    return stream.names().stream()
        .map(stream ->
            Thread.ofVirtual()
                .name("follower")
                .start(() -> {
                  try {
                    var sink = sink(attempt.step(), stream, named);
                    new LogStream(session.server())
                        .follow(
                            attempt.route().below("logs", "stream").with("stream", stream),
                            0,
                            sink::accept);
                    sink.close();
                  } catch (ServerProblem e) {
                    if (e.status() != 404) {
                      failures.add(e);
                    }
                  } catch (CommandFailure | BrokenPipe e) {
                    failures.add(e);
                  }
                }))
        .toList();
  }

  /** Follows attempts as they begin, until the run has ended and all is printed. */
  private void followRun(Ref ref) {
    var failures = new ConcurrentLinkedQueue<RuntimeException>();
    var known = new HashMap<String, List<Thread>>();
    var deadline = deadline();
    while (true) {
      var ended = hasEnded(ref);
      for (var step : Instances.steps(session, ref)) {
        var attempt = attempt(ref, step.body());
        if (known.containsKey(attempt.route().path())) {
          continue;
        }
        if (hasLog(attempt)) {
          known.put(attempt.route().path(), followers(attempt, true, failures));
        } else if (attempt.hasEnded()) {
          known.put(attempt.route().path(), List.of()); // and will have none
        }
      }
      throwFirst(failures);
      if (ended && isQuiet(known)) {
        return;
      }
      waitOnce(deadline);
    }
  }

  private boolean hasLog(Attempt attempt) {
    return session
        .server()
        .find(attempt.route().below("logs").with("limit", 1), LogText.class)
        .isPresent();
  }

  private boolean hasEnded(Ref ref) {
    var run = session.server().get(Instances.run(ref), InstanceView.class).body();
    return RunState.isEnd(Words.of(run.status()));
  }

  private static boolean isQuiet(Map<String, List<Thread>> followers) {
    return followers.values().stream().flatMap(List::stream).noneMatch(Thread::isAlive);
  }
}
