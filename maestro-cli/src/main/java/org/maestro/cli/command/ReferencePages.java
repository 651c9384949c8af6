package org.maestro.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Table;
import org.maestro.cli.server.Records;
import org.maestro.model.reference.Reference;
import org.maestro.model.reference.ReferenceEntry;
import org.maestro.model.reference.ReferenceTable;
import org.maestro.sel.Spelling;

/** What can be looked up without a server: the reference that comes with this program. */
final class ReferencePages {
  /** The topics' names, so that a word can be told from a workflow without reading all of it. */
  private static final List<String> TOPICS =
      List.of(
          "step-type",
          "sel",
          "params",
          "parameter",
          "strategy",
          "failure-mode",
          "retry",
          "status",
          "mode",
          "type",
          "field",
          "event",
          "problem",
          "error",
          "limit",
          "setting",
          "command",
          "exit-code");

  /** Words that people look for and that stand in several topics. */
  private static final List<String> SUBJECTS =
      List.of("alerting", "foreach", "while", "subworkflow", "template", "trigger");

  private static final int MOST_HINTS = 5;

  private ReferencePages() {}

  /** Whether a word names a topic. */
  static boolean isTopic(String word) {
    return TOPICS.contains(word) || SUBJECTS.contains(word);
  }

  /** The topic that somebody may have meant; null if there is none like it. */
  static @Nullable String topicLike(String word) {
    var all = new ArrayList<>(TOPICS);
    all.addAll(SUBJECTS);
    return Spelling.nearest(word, all);
  }

  /** An entry, and the JSON that it was read from. */
  private record Page(ReferenceEntry entry, @Nullable Object tree) {
    String key() {
      return entry.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Prints a topic, or what the further words name in it. */
  static void print(Session session, String topic, List<String> words) {
    if (SUBJECTS.contains(topic)) {
      printSubject(session, topic, words);
      return;
    }
    var pages = pages(topic);
    if (words.isEmpty()) {
      session.report().list(pages.stream().map(ReferencePages::item).toList(), "NAME", "MEANS");
      return;
    }
    for (var word : words) {
      var found = find(pages, word);
      if (found.isEmpty()) {
        throw CommandFailure.notFound(
            "there is no %s \"%s\" in the reference".formatted(topic, word),
            hint(topic, pages, word));
      }
      found.forEach(page -> print(session, page));
    }
  }

  private static void printSubject(Session session, String subject, List<String> words) {
    var pages = allPages().filter(page -> isAbout(page, subject)).toList();
    if (words.isEmpty()) {
      session.report().list(pages.stream().map(ReferencePages::item).toList(), "NAME", "MEANS");
      return;
    }
    for (var word : words) {
      var found = find(pages, word);
      if (found.isEmpty()) {
        throw CommandFailure.notFound(
            "there is nothing called \"%s\" about %s in the reference".formatted(word, subject),
            hint(subject, pages, word));
      }
      found.forEach(page -> print(session, page));
    }
  }

  /** What is called so, belongs to it, or is a field of that name. */
  private static boolean isAbout(Page page, String subject) {
    var name = page.key();
    return name.equals(subject)
        || name.startsWith(subject + ".")
        || name.startsWith(subject + "_")
        || last(name).equals(subject);
  }

  /** Prints what is called so in any topic; whether there was anything. */
  static boolean printWord(Session session, String word) {
    var wanted = word.toLowerCase(Locale.ROOT);
    var found = allPages().filter(page -> bare(page.key()).equals(wanted)).toList();
    found.forEach(page -> print(session, page));
    return !found.isEmpty();
  }

  private static void print(Session session, Page page) {
    session
        .report()
        .one(page.entry().name(), page.tree(), lines(page.entry(), session.console().style()));
  }

  private static Stream<Page> allPages() {
    return TOPICS.stream().flatMap(topic -> pages(topic).stream());
  }

  private static List<Page> pages(String topic) {
    try (var in = Reference.class.getResourceAsStream(Reference.RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(Reference.RESOURCE + " is missing");
      }
      var tree = (Map<?, ?>) Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return list(tree, "topics").stream()
          .map(found -> (Map<?, ?>) found)
          .filter(found -> topic.equals(found.get("id")))
          .flatMap(found -> list(found, "entries").stream())
          .map(entry -> new Page(Records.read(ReferenceEntry.class, entry), entry))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<?> list(@Nullable Map<?, ?> tree, String name) {
    return tree != null && tree.get(name) instanceof List<?> list ? list : List.of();
  }

  private static Report.Item item(Page page) {
    return Report.Item.of(
        page.entry().name(),
        page.tree(),
        Table.Cell.of(page.entry().name()),
        Table.Cell.of(firstSentence(page.entry())));
  }

  private static String firstSentence(ReferenceEntry entry) {
    return entry.text().isEmpty()
        ? entry.facts().values().stream().findFirst().orElse("")
        : entry.text().split("(?<=\\.)\\s", 2)[0];
  }

  /** By its whole name, else by the word before its arguments, else by the last part of that. */
  private static List<Page> find(List<Page> pages, String word) {
    var wanted = word.toLowerCase(Locale.ROOT);
    return Stream.<Predicate<Page>>of(
            page -> page.key().equals(wanted),
            page -> bare(page.key()).equals(wanted),
            page -> last(bare(page.key())).equals(wanted))
        .map(rule -> pages.stream().filter(rule).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static String bare(String name) {
    var bracket = name.indexOf('(');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replaceFirst("^new ", "");
  }

  private static String hint(String topic, List<Page> pages, String word) {
    var names = pages.stream().map(page -> last(bare(page.entry().name()))).distinct().toList();
    var nearest = Spelling.nearest(word, names);
    if (nearest != null) {
      return "did you mean \"%s\"?".formatted(nearest);
    }
    var wanted = word.toLowerCase(Locale.ROOT);
    var within =
        names.stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
            .limit(MOST_HINTS)
            .collect(Collectors.joining(", "));
    return within.isEmpty()
        ? "maestro explain %s lists them all".formatted(topic)
        : "there are " + within;
  }

  private static List<String> lines(ReferenceEntry entry, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold(entry.name()));
    if (!entry.text().isEmpty()) {
      lines.add("  " + entry.text());
    }
    entry.facts().forEach((what, value) -> lines.add("  %s: %s".formatted(style.dim(what), value)));
    for (var table : entry.tables()) {
      lines.add("");
      lines.add(style.bold(table.title()));
      lines.addAll(lines(table, style));
    }
    return lines;
  }

  private static List<String> lines(ReferenceTable table, Style style) {
    var printed =
        new Table(
            table.columns().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
    table.rows().forEach(row -> printed.row(row.stream().map(Table.Cell::of).toList()));
    return printed.lines(style);
  }
}
