package org.maestro.dsl.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Finding;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.Read;
import org.maestro.dsl.time.TriggerWarnings;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PushRequest;

/**
 * Reads definitions from YAML and JSON text: one definition per document. The rules are those of
 * {@link DefinitionReader}; every problem is found at once and comes with its place in the text.
 */
public final class Definitions {
  private Definitions() {}

  /**
   * Reads a text with one definition.
   *
   * @param fileName shown in problems; a name that ends with {@code .json} makes it JSON, anything
   *     else YAML, which may also hold the JSON form
   */
  public static Reading read(String text, String fileName) {
    var all = readAll(text, fileName);
    if (all.size() == 1) {
      return all.getFirst();
    }
    var source = new SourceText(fileName, text);
    var problems = new SourceProblems(source);
    problems.add(
        ProblemCode.SYNTAX,
        new Span(0, 0),
        "expected one definition, found " + all.size() + "; push them one by one");
    return new Reading(source, null, null, null, problems.inOrder(null));
  }

  /**
   * Reads a text with any number of definitions, each in a YAML document of its own, separated by
   * lines of {@code ---}. Never empty: a text without any gives a reading with a problem.
   */
  public static List<Reading> readAll(String text, String fileName) {
    var isJson = fileName.toLowerCase(Locale.ROOT).endsWith(".json");
    var source = new SourceText(fileName, text.startsWith("\uFEFF") ? text.substring(1) : text);
    var problems = new SourceProblems(source);
    var documents =
        isJson
            ? JsonTextParser.parse(problems)
            : YamlParser.parse(problems).stream().filter(Definitions::isSomething).toList();
    if (documents.isEmpty()) {
      if (!problems.hasErrors()) {
        problems.add(
            ProblemCode.SYNTAX,
            new Span(0, 0),
            "expected a definition, found nothing; write workflow: with id and jobs");
      }
      return List.of(new Reading(source, null, null, null, problems.inOrder(null)));
    }
    var readings = new ArrayList<Reading>(documents.size());
    for (var document : documents) {
      // What the parser found isn't bound to one document.
      var own = documents.size() == 1 ? problems : problems.copy();
      readings.add(reading(document, own, isJson));
    }
    return List.copyOf(readings);
  }

  /** As {@link #readAll}, from bytes, which have to be UTF-8. */
  public static List<Reading> readAll(byte[] bytes, String fileName) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return readAll(decoder.decode(ByteBuffer.wrap(bytes)).toString(), fileName);
    } catch (CharacterCodingException _) {
      var source = new SourceText(fileName, "");
      var problems = new SourceProblems(source);
      problems.add(
          ProblemCode.CHARACTER,
          new Span(0, 0),
          "expected text in UTF-8, found other bytes; save the file as UTF-8");
      return List.of(new Reading(source, null, null, null, problems.inOrder(null)));
    }
  }

  /**
   * Reads a tree in the YAML form that was built rather than written; problems have pointers into
   * the JSON form.
   */
  public static Read<PushRequest> ofTree(Map<String, ?> tree) {
    var problems = new SourceProblems(new SourceText("", ""));
    var canonical = new DocumentTranslator(problems).translate(Node.of(tree));
    var found =
        problems.inOrder(null).stream()
            .filter(problem -> problem.severity() == Severity.ERROR)
            .map(problem -> new DefinitionProblem("", problem.message(), problem.suggestion()))
            .collect(Collectors.toCollection(ArrayList::new));
    if (canonical instanceof Entries entries) {
      var read = DefinitionReader.push(Node.plain(entries));
      if (read instanceof Read.Bad<PushRequest>(var more)) {
        found.addAll(more);
      }
      if (found.isEmpty()) {
        return read;
      }
    }
    return new Read.Bad<>(found);
  }

  private static boolean isSomething(Node document) {
    return !(document instanceof Scalar scalar && scalar.isNull());
  }

  private static Reading reading(Node root, SourceProblems problems, boolean isJson) {
    var canonical = isJson ? root : new DocumentTranslator(problems).translate(root);
    if (!(canonical instanceof Entries entries)) {
      if (isJson) {
        problems.add(
            ProblemCode.VALUE,
            problems.source().firstLine(root.span()),
            "expected an object with the key workflow");
      }
      return new Reading(problems.source(), root, null, null, problems.inOrder(root));
    }
    var read =
        DefinitionReader.push(Node.plain(entries), finding -> locate(finding, canonical, problems));
    var push =
        read instanceof Read.Ok<PushRequest>(var value) && !problems.hasErrors() ? value : null;
    if (push != null) {
      TriggerWarnings.of(push.workflow().timeTriggers(), "/workflow/time_triggers")
          .forEach(warning ->
              locate(
                  new Finding(
                      ProblemCode.CLOCK_DIALECT, warning.pointer(), warning.message(), null, -1),
                  canonical,
                  problems));
    }
    return new Reading(problems.source(), root, canonical, push, problems.inOrder(root));
  }

  /** Puts a finding about the canonical tree at its place in the text. */
  static void locate(Finding finding, @Nullable Node canonical, SourceProblems problems) {
    var span = new Span(0, 0);
    if (canonical != null) {
      var found = Places.find(canonical, finding.pointer());
      var key = found.key();
      if (found.isExact()
          && key != null
          && (isAboutKey(finding.code()) || !hasPlace(found.node()))) {
        span = key.span();
      } else if (found.isExact() && found.node() instanceof Scalar scalar) {
        span = finding.offset() < 0 ? scalar.span() : scalar.at(finding.offset());
      } else if (found.isExact()
          && finding.offset() >= 0
          && textOf(found.node()) instanceof Scalar text) {
        span = text.at(finding.offset());
      } else {
        span = found.node().span();
      }
    }
    problems.add(
        finding.code(),
        problems.source().firstLine(span),
        withoutSuggestion(finding),
        finding.suggestion());
  }

  /** What a parameter that is written with all its fields is, or comes of. */
  private static @Nullable Node textOf(Node param) {
    if (!(param instanceof Entries entries)) {
      return null;
    }
    var text = entries.entries().get("expression");
    var entry = text == null ? entries.entries().get("value") : text;
    return entry == null ? null : entry.value();
  }

  private static boolean isAboutKey(ProblemCode code) {
    return code == ProblemCode.UNKNOWN_FIELD
        || code == ProblemCode.EDGE
        || code == ProblemCode.CYCLE;
  }

  /** Nothing is shown under an empty value; its key is. */
  private static boolean hasPlace(Node node) {
    return node.span().end() > node.span().start();
  }

  /** The suggestion is shown by itself. */
  private static String withoutSuggestion(Finding finding) {
    var end = "; did you mean \"" + finding.suggestion() + "\"?";
    var message = finding.message();
    return finding.suggestion() != null && message.endsWith(end)
        ? message.substring(0, message.length() - end.length())
        : message;
  }
}
