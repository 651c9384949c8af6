package org.maestro.cli.name;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.sel.Spelling;

/**
 * A step and perhaps one of its attempts.
 *
 * @param attempt null means the latest
 */
public record StepName(String step, @Nullable Long attempt) {
  private static final Pattern WITH_ATTEMPT = Pattern.compile("(.+)\\.([1-9][0-9]{0,17})");

  /**
   * Finds what was meant among the steps that exist: ids may contain dots, so {@code load.2} is the
   * step of that id if there is one, else the second attempt of {@code load}.
   *
   * @throws CommandFailure if there is no such step
   */
  public static StepName resolve(String written, Collection<String> steps, String of) {
    if (steps.contains(written)) {
      return new StepName(written, null);
    }
    var matcher = WITH_ATTEMPT.matcher(written);
    if (matcher.matches() && steps.contains(matcher.group(1))) {
      return new StepName(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
    var nearest = Spelling.nearestOrBeginning(written, steps);
    throw CommandFailure.notFound(
        "%s has no step \"%s\"".formatted(of, written),
        nearest == null
            ? "its steps: " + String.join(", ", steps)
            : "did you mean \"%s\"?".formatted(nearest));
  }

  /** For a path: the number, or {@code latest}. */
  public String attemptText() {
    return attempt == null ? "latest" : attempt.toString();
  }
}
