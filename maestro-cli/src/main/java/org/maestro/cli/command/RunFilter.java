package org.maestro.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.output.Times;
import org.maestro.model.instance.RunStatus;
import org.maestro.sel.Spelling;

/** Options that choose among many, in the words of the server. */
final class RunFilter {
  private RunFilter() {}

  /** The status of a run; null for any. */
  static @Nullable String status(@Nullable String written) {
    return written == null ? null : word(written, RunStatus.class);
  }

  /**
   * One of the words of an enum, without regard to case; hyphens may stand for underscores.
   *
   * @throws CommandFailure if it is none
   */
  static String word(String written, Class<? extends Enum<?>> words) {
    var word = written.toUpperCase(Locale.ROOT).replace('-', '_');
    List<String> known = Arrays.stream(words.getEnumConstants()).map(Enum::name).toList();
    if (known.contains(word)) {
      return word;
    }
    var nearest = Spelling.nearestOrBeginning(word, known);
    throw CommandFailure.usage(
        "expected --status to be one of %s, found \"%s\""
            .formatted(String.join(", ", known), written),
        nearest == null
            ? "letter case does not matter"
            : "did you mean \"%s\"?".formatted(nearest));
  }

  /** When what is meant was made at the earliest; null for any time. */
  static @Nullable Long from(Session session, @Nullable String since) {
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
}
