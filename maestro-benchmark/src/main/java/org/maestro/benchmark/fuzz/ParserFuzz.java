package org.maestro.benchmark.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.maestro.zones.Zones;

/**
 * The program: damages the project's own examples and watches what reading them leads to. Every
 * finding is printed with its input, as short as it could be made, and the arguments that repeat
 * it; the exit status is 1 then.
 */
public final class ParserFuzz {
  private static final int EXIT_FOUND = 1;
  private static final int EXIT_USAGE = 2;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** Half of a platform thread's, so that there is twice as much room as is needed here. */
  private static final long STACK_BYTES = 512 * 1024;

  private ParserFuzz() {}

  /** Runs it; see {@link FuzzOptions#USAGE} for the arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Zones.install();
    FuzzOptions options;
    Corpus corpus;
    try {
      options = FuzzOptions.parse(List.of(arguments));
      corpus = Corpus.of(options.checkout());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + FuzzOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    // A case that never ends keeps its thread, so the process has to be ended for it.
    System.exit(run(options, corpus, System.out).isEmpty() ? 0 : EXIT_FOUND);
  }

  /** Runs the cases and gives what was found, one finding of each kind. */
  static List<Finding> run(FuzzOptions options, Corpus corpus, PrintStream out)
      throws InterruptedException {
    var worker = new FuzzWorker(options, new Cases(options, corpus), out);
    var thread = new Thread(null, worker, "fuzz", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    while (!thread.join(LOOK_EVERY)) {
      var current = worker.current();
      if (current != null
          && Attempt.nanosOf(thread) - current.started() > 2 * Attempt.MOST_NANOS
          && current.equals(worker.current())) {
        var stack = Finding.stack(thread.getStackTrace());
        var endless =
            new Finding(current.seed(), current.input(), "endless", "still running:" + stack);
        out.println(endless.report());
        return List.of(endless);
      }
    }
    out.println(worker.summary());
    return worker.findings();
  }
}
