package org.maestro.cli.watch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Console;
import org.maestro.cli.output.Times;
import org.maestro.cli.server.Pause;

/**
 * Follows a run until it ends: a picture that is redrawn on a terminal, a line per change
 * elsewhere. Looks often while things change and rarely while nothing does. Never acts on the run.
 */
public final class RunWatcher {
  private static final Duration OFTEN = Duration.ofMillis(250);
  private static final Duration RARELY = Duration.ofSeconds(3);
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final long LOOP_LINE_MILLIS = 2_000;

  private final RunReader reader;
  private final InstantSource clock;
  private final Pause pause;
  private final @Nullable Duration timeout;

  /**
   * A watcher.
   *
   * @param timeout after which it gives up; null for never
   */
  public RunWatcher(
      RunReader reader, InstantSource clock, Pause pause, @Nullable Duration timeout) {
    this.reader = reader;
    this.clock = clock;
    this.pause = pause;
    this.timeout = timeout;
  }

  /** Where progress goes. */
  public interface View {
    /** How the run stands after a look at it. */
    void show(RunState state);

    /** Time has passed. */
    default void tick(RunState state) {}
  }

  /**
   * Returns how the run ended.
   *
   * @throws CommandFailure TIMEOUT if it goes on beyond the timeout
   */
  public RunState watch(View view) {
    var began = clock.millis();
    var wait = OFTEN;
    @Nullable RunState before = null;
    while (true) {
      var now = reader.read();
      view.show(now);
      if (now.hasEnded()) {
        return now;
      }
      wait = before == null || differs(before, now) ? OFTEN : longer(wait);
      before = now;
      sleep(wait, began, view, now);
    }
  }

  private static boolean differs(RunState before, RunState now) {
    return !before.status().equals(now.status()) || !before.steps().equals(now.steps());
  }

  private static Duration longer(Duration wait) {
    var next = wait.multipliedBy(3).dividedBy(2);
    return next.compareTo(RARELY) > 0 ? RARELY : next;
  }

  private void sleep(Duration wait, long began, View view, RunState now) {
    var left = wait;
    while (!left.isZero()) {
      if (timeout != null && clock.millis() - began >= timeout.toMillis()) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "%s is %s after %s".formatted(now.ref(), now.status(), Times.took(timeout.toMillis())),
            List.of("it goes on; to come back: maestro watch " + now.ref()));
      }
      var part = left.compareTo(REDRAW) > 0 ? REDRAW : left;
      pause.of(part);
      if (Thread.currentThread().isInterrupted()) {
        throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
      }
      left = left.minus(part);
      view.tick(now);
    }
  }

  /** A line per change; loops at most every two seconds. */
  public static View lines(Console console, Times times, boolean asTalk) {
    return new Lines(console, times, asTalk);
  }

  /** A picture that is redrawn. */
  public static View picture(Console console, Times times, Screen screen, InstantSource clock) {
    return new Picture(console, times, screen, clock);
  }

  private static final class Lines implements View {
    private final Consumer<String> out;
    private final Console console;
    private final RunLines lines;
    private final LoopRate rate = new LoopRate();
    private final Map<String, Long> loopsShown = new HashMap<>();
    private @Nullable RunState before;

    Lines(Console console, Times times, boolean asTalk) {
      this.console = console;
      this.out = asTalk ? console::talk : console::data;
      this.lines = new RunLines(asTalk ? console.talkStyle() : console.style(), times, rate);
    }

    @Override
    public void show(RunState state) {
      rate.see(state);
      var due = due(state);
      lines.changes(before, state, due).forEach(out);
      due.forEach(step -> loopsShown.put(step, state.seenAt()));
      console.flush();
      before = state;
    }

    private Set<String> due(RunState state) {
      var due = new HashSet<String>();
      for (var step : state.steps()) {
        var shown = loopsShown.get(step.id());
        if (step.loop() != null && (shown == null || state.seenAt() - shown >= LOOP_LINE_MILLIS)) {
          due.add(step.id());
        }
      }
      return due;
    }
  }

  private static final class Picture implements View {
    private final Console console;
    private final Screen screen;
    private final InstantSource clock;
    private final RunLines lines;
    private final LoopRate rate = new LoopRate();
    private int drawn;

    Picture(Console console, Times times, Screen screen, InstantSource clock) {
      this.console = console;
      this.screen = screen;
      this.clock = clock;
      this.lines = new RunLines(console.style(), times, rate);
    }

    @Override
    public void show(RunState state) {
      rate.see(state);
      tick(state);
    }

    @Override
    public void tick(RunState state) {
      var now = lines.picture(state, screen.width(), screen.height(), clock.millis());
      // In one piece, so that it doesn't flicker: up to the first line, clear, draw.
      var text = new StringBuilder();
      if (drawn > 0) {
        text.append("\u001b[").append(drawn).append("A\r\u001b[J");
      }
      now.forEach(line -> text.append(line).append('\n'));
      drawn = now.size();
      console.raw(text.toString());
      console.flush();
    }
  }
}
