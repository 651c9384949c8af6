package org.maestro.cli.command;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopFailures;
import picocli.CommandLine.Option;

/** Which iterations of a loop are meant. */
final class IterationOptions {
  private static final Pattern RANGE =
      Pattern.compile("(?<from>[0-9]{1,18})(?<open>\\.\\.(?<to>[0-9]{1,18})?)?");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

  @Option(
      names = "--index",
      paramLabel = "FROM..TO",
      description = "of a loop: these iterations, such as 7, 100..199 or 100..")
  @Nullable String index;

  @Option(
      names = "--item",
      paramLabel = "NAME=VALUE",
      description = "of a loop: with this value; * at its end is any rest; may be repeated")
  List<String> items = List.of();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "of a loop: of this failure group, by its number in maestro ls or its text")
  @Nullable String group;

  /** Whether some are chosen by what only iterations have. */
  boolean isGiven() {
    return index != null || group != null || !items.isEmpty();
  }

  /** The same path, asking for these only. */
  Route filter(Session session, Ref loop, Route route, @Nullable String status) {
    var filtered =
        route
            .with("status", status == null ? null : statuses(status))
            .with("signature", group == null ? null : signature(session, loop, group));
    for (var item : Iterations.items(items).entrySet()) {
      filtered = filtered.with("item." + item.getKey(), item.getValue());
    }
    return index == null ? filtered : range(filtered, index);
  }

  private static String statuses(String written) {
    var words = new StringBuilder();
    for (var word : written.split(",", -1)) {
      words
          .append(words.isEmpty() ? "" : ",")
          .append(RunFilter.word(word.strip(), IterationStatus.class));
    }
    return words.toString();
  }

  private static Route range(Route route, String index) {
    var range = RANGE.matcher(index);
    if (!range.matches()) {
      throw CommandFailure.usage(
          "expected --index to be like 7, 100..199 or 100.., found \"%s\"".formatted(index));
    }
    var from = Long.parseLong(range.group("from"));
    var to =
        range.group("open") == null
            ? (Long) from
            : range.group("to") == null ? null : Long.valueOf(range.group("to"));
    return route.with("from", from).with("to", to == null ? null : (Long) (to + 1));
  }

  private static String signature(Session session, Ref loop, String group) {
    if (!NUMBER.matcher(group).matches()) {
      return group;
    }
    var groups =
        session
            .server()
            .get(Iterations.route(loop).below("failures"), LoopFailures.class)
            .body()
            .groups();
    var number = Integer.parseInt(group);
    if (number > groups.size()) {
      throw CommandFailure.notFound(
          "%s has %d failure groups, not %d".formatted(loop, groups.size(), number),
          "maestro ls %s shows them".formatted(loop));
    }
    return groups.get(number - 1).signature();
  }
}
