package org.maestro.dsl.yaml;

import java.util.List;
import java.util.Locale;
import org.maestro.dsl.ProblemCode;

/**
 * Formats definitions: two blanks per level, one blank after {@code :} and {@code -}, at most one
 * empty line. Comments, the order of fields, quotes and the grouping by empty lines stay as they
 * are. Formatting a second time changes nothing, and the meaning never changes: both texts are read
 * and compared.
 */
public final class YamlFormat {
  private YamlFormat() {}

  /**
   * What came of formatting.
   *
   * @param text the formatted text; the given one if there are problems
   * @param problems why it isn't formatted; a definition that breaks rules is, as long as it is
   *     YAML
   */
  public record Formatted(String text, List<SourceProblem> problems) {
    public Formatted {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Formats a text.
   *
   * @param fileName a name that ends with {@code .json} makes it JSON, anything else YAML
   */
  public static Formatted format(String text, String fileName) {
    var isJson = fileName.toLowerCase(Locale.ROOT).endsWith(".json");
    var source = new SourceText(fileName, text);
    var problems = new SourceProblems(source);
    var before = isJson ? JsonTextParser.parse(problems) : YamlParser.parse(problems);
    if (problems.hasErrors()) {
      return new Formatted(text, problems.inOrder(null));
    }
    if (isJson) {
      return new Formatted(
          before.isEmpty() ? text : CanonicalJson.anyText(Node.plain(before.getFirst())),
          List.of());
    }
    var formatted = new Reindenter(source).format();
    var after = YamlParser.parse(new SourceProblems(new SourceText(fileName, formatted)));
    if (!meanings(before).equals(meanings(after))) {
      problems.add(
          ProblemCode.SYNTAX,
          new Span(0, 0),
          "can't format this without changing its meaning; it stays as it is");
      return new Formatted(text, problems.inOrder(null));
    }
    return new Formatted(formatted, List.of());
  }

  private static List<String> meanings(List<Node> documents) {
    return documents.stream().map(document -> CanonicalJson.anyText(Node.plain(document))).toList();
  }
}
