package org.maestro.dsl.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;

/** Parameters: from {@code name<type>: value} to an object with type and value or expression. */
final class ParamTranslator {
  /** What the step types read from their parameters is typed, even if every value is text. */
  private static final Set<String> TYPED_MAPS =
      Set.of("docker", "http", "kubernetes", "notebook", "spark", "sql", "titus");

  private static final Pattern WITHOUT_CLASS =
      Pattern.compile("\\s*(dateIntsBetween|intsBetween)\\(");

  /** Which loop's parameters these are, if any. */
  enum Loop {
    NONE,
    FOREACH
  }

  private final SourceProblems problems;
  private final References references;

  ParamTranslator(SourceProblems problems, References references) {
    this.problems = problems;
    this.references = references;
  }

  /** All parameters of a block; anything but a mapping is left for the reader to refuse. */
  Node block(Node block, Loop loop) {
    if (!(block instanceof Entries entries)) {
      return block;
    }
    var params = new Composed(block.span());
    entries.entries().values().forEach(entry -> add(params, entry, loop));
    return params.build();
  }

  /** Adds one parameter to the others of its owner. */
  void add(Composed params, Entry entry, Loop loop) {
    var key = key(entry.key());
    if (key == null) {
      return;
    }
    if (params.has(key.name())) {
      problems.add(
          ProblemCode.DUPLICATE_KEY,
          entry.key().span(),
          "expected every parameter once, found '"
              + key.name()
              + "' again; remove or rename one of them");
      return;
    }
    var param = param(key, entry, loop);
    if (param != null) {
      params.put(key.name(), entry.key(), param);
    }
  }

  /** The key of a parameter; null after a problem. */
  @Nullable ParamKey key(Scalar written) {
    var key = ParamKey.of(written.text()).orElse(null);
    if (key == null) {
      problems.add(
          ProblemCode.PARAMETER,
          written.span(),
          "expected a parameter such as name, '!name', 'name<long>' or 'name(constant)', found '"
              + Words.shortened(written.text())
              + "'");
      return null;
    }
    if (key.type() != null && key.paramType() == null) {
      problems.add(
          ProblemCode.PARAMETER,
          written.span(),
          "expected a type, one of "
              + String.join(", ", ParamKey.types())
              + ", found '"
              + key.type()
              + "'",
          YamlFields.nearest(key.type(), ParamKey.types()));
      return null;
    }
    if (key.mode() != null && key.paramMode() == null) {
      var modes =
          Arrays.stream(ParamMode.values())
              .map(mode -> mode.name().toLowerCase(Locale.ROOT))
              .toList();
      problems.add(
          ProblemCode.PARAMETER,
          written.span(),
          "expected a mode, one of " + String.join(", ", modes) + ", found '" + key.mode() + "'",
          YamlFields.nearest(key.mode(), modes));
      return null;
    }
    return key;
  }

  /** A parameter as JSON has it; null after a problem. */
  @Nullable Node param(ParamKey key, Entry entry, Loop loop) {
    var value = entry.value();
    if (value instanceof Scalar scalar && scalar.isNull()) {
      problems.add(
          ProblemCode.PARAMETER,
          entry.key().span(),
          "expected a value for the parameter '"
              + key.name()
              + "', found nothing; write '' for an empty text");
      return null;
    }
    if (!key.isDecorated() && Types.isLongForm(value)) {
      return longForm((Entries) value);
    }
    var param = new Composed(value.span());
    if (key.isExpression()) {
      expression(key, entry, loop, param);
    } else {
      literal(key, entry, loop, param);
    }
    var mode = key.paramMode();
    if (mode != null) {
      param.put("mode", entry.key().span(), Scalar.made(mode.name(), entry.key().span()));
    }
    return param.isEmpty() ? null : param.build();
  }

  /** As JSON has it already; a text that looks like a number is a text all the same. */
  private Node longForm(Entries param) {
    var type = param.get("type") instanceof Scalar scalar ? Types.named(scalar.text()) : null;
    var form = new Composed(param.span());
    for (var entry : param.entries().sequencedValues()) {
      var name = entry.key().text();
      form.put(
          name,
          entry.key(),
          switch (name) {
            case "value" -> type == null ? entry.value() : longFormValue(type, entry.value());
            case "tags" -> WrittenNumbers.tags(problems, entry.value());
            default -> entry.value();
          });
    }
    return form.build();
  }

  private Node longFormValue(ParamType type, Node value) {
    return switch (type) {
      case STRING, STRING_ARRAY, STRING_MAP -> value(type, value, true);
      case LONG, DOUBLE, BOOLEAN, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, MAP -> value;
    };
  }

  private void expression(ParamKey key, Entry entry, Loop loop, Composed param) {
    if (!(entry.value() instanceof Scalar source)) {
      problems.add(
          ProblemCode.PARAMETER,
          problems.source().firstLine(entry.value().span()),
          "expected an expression for '!"
              + key.name()
              + "', found a list or mapping; put it in quotes, or remove the !");
      return;
    }
    var declared = key.paramType();
    var inferred = Types.ofExpression(source.text());
    var known = loop == Loop.FOREACH ? references.typeOf(source.text()) : null;
    var type = declared != null ? declared : known != null ? known : inferred;
    param.put("type", entry.key().span(), Scalar.made(type.name(), entry.key().span()));
    param.put("expression", entry.key().span(), qualified(source));
  }

  /** The articles write {@code dateIntsBetween(…)} for {@code Util.dateIntsBetween(…)}. */
  private static Scalar qualified(Scalar source) {
    return WITHOUT_CLASS.matcher(source.text()).lookingAt()
        ? Scalar.made("Util." + source.text().strip(), source.span())
        : source.asText();
  }

  private void literal(ParamKey key, Entry entry, Loop loop, Composed param) {
    var value = entry.value();
    var declared = key.paramType();
    var place = entry.key().span();
    var reference =
        value instanceof Scalar scalar
                && scalar.isText()
                && (declared == null ? loop == Loop.FOREACH : Types.isArray(declared))
            ? references.whole(scalar.text()).orElse(null)
            : null;
    if (reference != null) {
      var type = declared != null ? declared : reference.type();
      if (type == null || !Types.isArray(type)) {
        problems.add(
            ProblemCode.PARAMETER,
            value.span(),
            "expected a reference to a declared array, found "
                + (type == null ? "one to something unknown" : "one to a " + type)
                + "; declare it there, or give the type here: '"
                + key.name()
                + "<array<string>>'");
        return;
      }
      param.put("type", place, Scalar.made(type.name(), place));
      param.put("expression", place, Scalar.made(reference.expression(), value.span()));
      return;
    }
    var type = declared != null ? declared : inferred(key.name(), value);
    if (type == null) {
      problems.add(
          ProblemCode.PARAMETER,
          problems.source().firstLine(value.span()),
          "expected a list of text, numbers or true and false for the parameter '"
              + key.name()
              + "', found a list of something else; write it as JSON in a text, or use a mapping");
      return;
    }
    param.put("type", place, Scalar.made(type.name(), place));
    var isText = declared != null || type == ParamType.STRING_ARRAY;
    if (!isText && type != ParamType.MAP) {
      WrittenNumbers.warn(problems, value);
    }
    param.put("value", place, value(type, value, isText));
  }

  /** The type of a literal that is given under a name. */
  static @Nullable ParamType inferred(String name, Node value) {
    var type = Types.of(value);
    return type == ParamType.STRING_MAP && TYPED_MAPS.contains(name) ? ParamType.MAP : type;
  }

  private Node value(ParamType type, Node value, boolean isDeclared) {
    return switch (type) {
      case MAP -> block(value, Loop.NONE);
      case STRING -> isDeclared ? text(value) : value;
      case STRING_ARRAY ->
          isDeclared && value instanceof Items items
              ? new Items(items.items().stream().map(ParamTranslator::text).toList(), items.span())
              : value;
      case STRING_MAP -> isDeclared && value instanceof Entries entries ? texts(entries) : value;
      case LONG, DOUBLE, BOOLEAN, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> value;
    };
  }

  /** A scalar as it is written: {@code 012} declared as text keeps its zero. */
  static Node text(Node node) {
    return node instanceof Scalar scalar ? scalar.asText() : node;
  }

  private static Entries texts(Entries entries) {
    var texts = new Composed(entries.span());
    entries.entries().forEach((name, entry) -> texts.put(name, entry.key(), text(entry.value())));
    return texts.build();
  }
}
