package org.maestro.dev.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.maestro.model.reference.Reference;
import org.maestro.model.reference.ReferenceTable;
import org.maestro.model.reference.ReferenceTopic;

/** The reference as pages for people, by file name. */
final class Pages {
  private static final String MADE =
      "<!-- Made from the code; ReferenceTest says how to write it anew. -->\n\n";

  private final Reference reference;
  private final Map<String, String> pages = new TreeMap<>();

  Pages(Reference reference) {
    this.reference = reference;
  }

  /** All of them. */
  Map<String, String> make(Map<?, ?> openApi, Path root) throws IOException {
    page("step-types.md", "Step types", "step-type");
    pages.put("sel.md", callables());
    page("parameters.md", "Parameters", "parameter", "params", "type", "mode");
    page("running.md", "How things run", "strategy", "failure-mode", "retry", "status", "event");
    page("yaml.md", "Fields of the YAML form", "field");
    page("problems.md", "Problems and errors", "problem", "error");
    page("limits.md", "Limits", "limit");
    page("settings.md", "Settings", "setting");
    page("command-line.md", "The command line", "command", "exit-code");
    pages.put("rest.md", rest(openApi));
    pages.put("languages.md", languages(root));
    pages.put("README.md", contents());
    return pages;
  }

  private ReferenceTopic topic(String id) {
    return reference.topics().stream()
        .filter(topic -> topic.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private String contents() {
    var text = new StringBuilder(MADE + "# Reference\n\n");
    text.append(
        "Made from the code of this release and checked against it by a test. The same is told by"
            + "\n`maestro explain TOPIC [NAME]` without a server, and by `GET /api/v3/reference`."
            + "\n\n| Page | |\n|---|---|\n");
    pages.forEach((file, page) ->
        text.append("| [%s](%s) | %s |\n".formatted(heading(page), file, topics(file))));
    return text.toString();
  }

  private static String heading(String page) {
    return page.lines()
        .filter(line -> line.startsWith("# "))
        .findFirst()
        .orElseThrow()
        .substring(2);
  }

  private final Map<String, List<String>> topicsOfPages = new TreeMap<>();

  private String topics(String file) {
    return topicsOfPages.getOrDefault(file, List.of()).stream()
        .map(id -> "`maestro explain " + id + "`")
        .collect(Collectors.joining(", "));
  }

  private void page(String file, String title, String... topics) {
    topicsOfPages.put(file, List.of(topics));
    var text = new StringBuilder(MADE + "# " + title + "\n");
    for (var id : topics) {
      var topic = topic(id);
      if (topics.length > 1) {
        text.append("\n## ").append(topic.title()).append('\n');
      }
      text.append('\n').append(wrapped(topic.text())).append('\n');
      var isList = topic.entries().stream().allMatch(entry -> entry.tables().isEmpty());
      text.append('\n').append(isList ? list(topic) : chapters(topic, topics.length > 1));
    }
    pages.put(file, text.toString());
  }

  /** Entries without parts: one table. */
  private static String list(ReferenceTopic topic) {
    var facts = new LinkedHashSet<String>();
    topic.entries().forEach(entry -> facts.addAll(entry.facts().keySet()));
    var hasText = topic.entries().stream().anyMatch(entry -> !entry.text().isEmpty());
    var columns = new ArrayList<String>();
    columns.add("Name");
    facts.forEach(fact -> columns.add(capital(fact)));
    if (hasText) {
      columns.add("Means");
    }
    var rows = new ArrayList<List<String>>();
    for (var entry : topic.entries()) {
      var row = new ArrayList<String>();
      row.add(code(entry.name()));
      facts.forEach(fact -> row.add(code(entry.facts().getOrDefault(fact, ""))));
      if (hasText) {
        row.add(entry.text());
      }
      rows.add(row);
    }
    return table(columns, rows);
  }

  private static String chapters(ReferenceTopic topic, boolean isPart) {
    var text = new StringBuilder();
    for (var entry : topic.entries()) {
      text.append(isPart ? "### " : "## ").append(code(entry.name())).append("\n\n");
      if (!entry.text().isEmpty()) {
        text.append(wrapped(entry.text())).append("\n\n");
      }
      entry
          .facts()
          .forEach(
              (name, value) -> text.append("%s: %s\n\n".formatted(capital(name), code(value))));
      entry.tables().forEach(table -> text.append(part(table)));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static String part(ReferenceTable table) {
    return table.title()
        + ":\n\n"
        + table(
            table.columns(),
            table.rows().stream()
                .map(row -> {
                  var cells = new ArrayList<String>();
                  for (var i = 0; i < row.size(); i++) {
                    cells.add(i == row.size() - 1 ? row.get(i) : code(row.get(i)));
                  }
                  return (List<String>) cells;
                })
                .toList())
        + "\n";
  }

  private static String table(List<String> columns, List<List<String>> rows) {
    var text = new StringBuilder();
    text.append("| ").append(String.join(" | ", columns)).append(" |\n");
    text.append("|---".repeat(columns.size())).append("|\n");
    for (var row : rows) {
      text.append("| ")
          .append(
              row.stream()
                  .map(cell -> cell.replace("\n", " ").replaceAll("(?<!\\\\)\\|", "\\\\|"))
                  .collect(Collectors.joining(" | ")))
          .append(" |\n");
    }
    return text.toString();
  }

  private static String code(String text) {
    return text.isEmpty() || text.matches("yes|no|needed|optional|provided")
        ? text
        : "`" + text + "`";
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Lines of at most 120 characters. */
  private static String wrapped(String text) {
    var lines = new StringBuilder();
    var length = 0;
    for (var word : text.split(" ")) {
      if (length > 0 && length + 1 + word.length() > 120) {
        lines.append('\n');
        length = 0;
      } else if (length > 0) {
        lines.append(' ');
        length++;
      }
      lines.append(word);
      length += word.length();
    }
    return lines.toString();
  }

  // ------------------------------------------------------------------ pages of their own

  private String callables() {
    topicsOfPages.put("sel.md", List.of("sel"));
    var topic = topic("sel");
    var text = new StringBuilder(MADE + "# Expressions\n\n" + wrapped(topic.text()) + "\n");
    var group = "";
    for (var entry : topic.entries()) {
      var of = entry.facts().getOrDefault("group", "");
      if (!of.equals(group)) {
        group = of;
        text.append("\n## ")
            .append(group)
            .append("\n\n| Call | Example | Gives |\n|---|---|---|\n");
      }
      text.append(
          "| `%s` | `%s` | `%s` |\n"
              .formatted(entry.name(), entry.facts().get("example"), entry.facts().get("gives")));
    }
    return text.toString();
  }

  private static String rest(Map<?, ?> openApi) {
    var byTag = new TreeMap<String, List<List<String>>>();
    ((Map<?, ?>) openApi.get("paths"))
        .forEach((path, verbs) ->
            ((Map<?, ?>) verbs)
                .forEach((verb, value) -> {
                  var operation = (Map<?, ?>) value;
                  var tag = String.valueOf(((List<?>) operation.get("tags")).getFirst());
                  byTag
                      .computeIfAbsent(tag, _ -> new ArrayList<>())
                      .add(
                          List.of(
                              "`%s %s`".formatted(verb.toString().toUpperCase(Locale.ROOT), path),
                              String.valueOf(operation.get("description")),
                              parameters(operation)));
                }));
    var text = new StringBuilder(MADE + "# REST\n\n");
    text.append(wrapped(String.valueOf(((Map<?, ?>) openApi.get("info")).get("description"))));
    text.append(
        "\n\nThe whole of it, with bodies, answers and examples, is OpenAPI: `GET /api/v3/openapi.json`.\n");
    byTag.forEach((tag, rows) ->
        text.append("\n## %s\n\n".formatted(tag))
            .append(table(List.of("Route", "Does", "Parameters"), rows)));
    return text.toString();
  }

  private static String parameters(Map<?, ?> operation) {
    return operation.get("parameters") instanceof List<?> all
        ? all.stream()
            .map(one -> (Map<?, ?>) one)
            .filter(one -> !"path".equals(one.get("in")))
            .map(one -> {
              var schema = (Map<?, ?>) one.get("schema");
              var otherwise = schema.get("default");
              return "`" + one.get("name") + (otherwise == null ? "" : "=" + otherwise) + "`";
            })
            .collect(Collectors.joining(", "))
        : "";
  }

  // ------------------------------------------------------------------ YAML, Python and Java

  /** The corpus that the tests of all three languages build to the same bytes. */
  private static String languages(Path root) throws IOException {
    var corpus = root.resolve("maestro-dsl/src/test/resources/golden");
    var python = Files.readString(root.resolve("maestro-python/tests/test_golden.py"));
    var java =
        Files.readString(
            root.resolve("maestro-dsl/src/test/java/org/maestro/dsl/GoldenBuildersTest.java"));
    var text =
        new StringBuilder(
            MADE
                + "# YAML, Python and Java\n\n"
                + "The same definitions in each of the three. Tests build all of them and compare"
                + " the bytes of what\nthe server is sent.\n");
    try (var files = Files.list(corpus)) {
      for (var file : files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
        var name = file.getFileName().toString().replace(".yaml", "");
        var inPython = method(python, "    \"" + name + "\": ([a-z_]+),", "def %s(", "\n\n\n");
        var inJava =
            method(
                java,
                "entry\\(\"" + name + "\", ([A-Za-z]+)\\(\\)\\)",
                "  private static WorkflowBuilder %s()",
                "\n  }\n");
        if (inPython.isEmpty() || inJava.isEmpty()) {
          continue; // about ways to write YAML
        }
        text.append("\n## ")
            .append(capital(name.substring(3).replace('-', ' ')))
            .append("\n\n```yaml\n")
            .append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).stripTrailing())
            .append("\n```\n\n```python\n")
            .append(inPython)
            .append("\n```\n\n```java\n")
            .append((inJava + "\n  }").stripIndent())
            .append("\n```\n");
      }
    }
    return text.toString();
  }

  private static String method(String source, String entry, String head, String end) {
    var named = Pattern.compile(entry).matcher(source);
    if (!named.find()) {
      return "";
    }
    var start = source.indexOf(head.formatted(named.group(1)));
    return start < 0 ? "" : source.substring(start, source.indexOf(end, start)).stripTrailing();
  }
}
