package org.maestro.dsl.yaml;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.sel.Decimals;

/**
 * What YAML reads as a number and would not write so: {@code 12345e6}, {@code 0o17}, {@code 1.10}.
 * Where a field is text its characters are kept; where nobody said what it is, its author is
 * warned.
 */
final class WrittenNumbers {
  /** The fields of a tag and of git_info that are text. */
  private static final Set<String> TEXTS =
      Set.of("name", "namespace", "author", "branch", "origin", "path", "sha");

  /** With a point or a sign before the exponent; nobody's text. */
  private static final Pattern SCIENTIFIC =
      Pattern.compile("[-+]?([0-9]+\\.[0-9]*[eE][-+]?[0-9]+|[0-9]+[eE][-+][0-9]+)");

  private WrittenNumbers() {}

  /** Warns of every number in this part of a document whose characters get lost. */
  static void warn(SourceProblems problems, Node node) {
    switch (node) {
      case Scalar scalar -> {
        if (isLost(scalar)) {
          problems.add(
              ProblemCode.NUMBER_FROM_TEXT,
              scalar.span(),
              "'"
                  + Words.shortened(scalar.text())
                  + "' is read as the number "
                  + Words.shortened(text(scalar))
                  + "; put it in quotes if it is text, write the number so if it is one");
        }
      }
      case Items items -> items.items().forEach(item -> warn(problems, item));
      case Entries entries -> {
        if (!isTypedNumber(entries)) {
          entries.entries().sequencedValues().forEach(entry -> warn(problems, entry.value()));
        }
      }
    }
  }

  private static boolean isTypedNumber(Entries entries) {
    var type =
        Types.isLongForm(entries) && entries.get("type") instanceof Scalar name
            ? Types.named(name.text())
            : null;
    return switch (type) {
      case LONG, DOUBLE, LONG_ARRAY, DOUBLE_ARRAY -> true;
      case STRING, BOOLEAN, STRING_ARRAY, BOOLEAN_ARRAY, STRING_MAP, MAP -> false;
      case null -> false;
    };
  }

  private static boolean isLost(Scalar scalar) {
    var written = scalar.written();
    return written != null
        && written.quote() == '\0'
        && scalar.isNumber()
        && !SCIENTIFIC.matcher(scalar.text()).matches()
        && !CoreSchema.hasLeadingZero(scalar.text()) // has a warning of its own
        && !scalar.text().equals(text(scalar));
  }

  private static String text(Scalar scalar) {
    return scalar.value() instanceof Number number ? Decimals.text(number) : scalar.text();
  }

  /** Tags as they are written; warns of numbers among their attributes. */
  static Node tags(SourceProblems problems, Node node) {
    return switch (node) {
      case Scalar _ -> node;
      case Items items ->
          new Items(items.items().stream().map(item -> tag(problems, item)).toList(), items.span());
      case Entries _ -> tag(problems, node);
    };
  }

  private static Node tag(SourceProblems problems, Node tag) {
    return tag instanceof Entries ? texts(problems, tag) : ParamTranslator.text(tag);
  }

  /** An object whose text fields are kept as they are written. */
  static Node texts(SourceProblems problems, Node node) {
    if (!(node instanceof Entries entries)) {
      return node;
    }
    var kept = new LinkedHashMap<String, Entry>();
    entries
        .entries()
        .forEach((name, entry) -> {
          if (TEXTS.contains(name)) {
            kept.put(name, new Entry(entry.key(), ParamTranslator.text(entry.value())));
          } else {
            warn(problems, entry.value());
            kept.put(name, entry);
          }
        });
    return new Entries(kept, entries.span());
  }
}
