package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.dsl.yaml.ParamTranslator.Loop;

/**
 * Signals: those that start a workflow, those that a job waits for, and those that it announces.
 */
final class SignalTranslator {
  private static final Map<String, String> OPERATORS =
      Map.ofEntries(
          Map.entry("=", "="),
          Map.entry("eq", "="),
          Map.entry(">", ">"),
          Map.entry("gt", ">"),
          Map.entry(">=", ">="),
          Map.entry("gte", ">="),
          Map.entry("<", "<"),
          Map.entry("lt", "<"),
          Map.entry("<=", "<="),
          Map.entry("lte", "<="));

  private final SourceProblems problems;
  private final ParamTranslator params;

  SignalTranslator(SourceProblems problems, ParamTranslator params) {
    this.problems = problems;
    this.params = params;
  }

  /** {@code wait_for}: names, or objects with signal and match. */
  Node dependencies(Node waits) {
    return each(waits, this::dependency);
  }

  /** {@code signals} of a job: names, or objects with signal, params and payload. */
  Node outputs(Node signals) {
    return each(signals, this::output);
  }

  private interface Translation {
    Node of(Node item);
  }

  /** One of something is as good as a list of one. */
  private static Node each(Node node, Translation translation) {
    if (node instanceof Scalar scalar && scalar.isNull()) {
      return node;
    }
    var translated = new ArrayList<Node>();
    for (var item : node instanceof Items list ? list.items() : List.of(node)) {
      translated.add(translation.of(item));
    }
    return new Items(translated, node.span());
  }

  private Node dependency(Node item) {
    if (!(item instanceof Entries entries)) {
      return named(item);
    }
    var dependency = new Composed(item.span());
    for (var entry : entries.entries().sequencedValues()) {
      switch (entry.key().text()) {
        case "signal", "name" ->
            dependency.put("name", entry.key(), ParamTranslator.text(entry.value()));
        case "match" ->
            dependency.put("match_params", entry.key(), matches(entry.value(), this::paramMatch));
        case "match_params" -> dependency.put("match_params", entry);
        default -> problems.unknownField(entry.key(), YamlFields.WAIT, "something to wait for");
      }
    }
    return dependency.build();
  }

  private static Node named(Node item) {
    if (!(item instanceof Scalar name) || name.isNull()) {
      return item;
    }
    var named = new Composed(item.span());
    named.put("name", item.span(), name.asText());
    return named.build();
  }

  private Node output(Node item) {
    if (!(item instanceof Entries entries)) {
      return named(item);
    }
    var output = new Composed(item.span());
    for (var entry : entries.entries().sequencedValues()) {
      switch (entry.key().text()) {
        case "signal", "name" ->
            output.put("name", entry.key(), ParamTranslator.text(entry.value()));
        case "params" -> output.put("params", entry.key(), params.block(entry.value(), Loop.NONE));
        case "payload" -> {
          WrittenNumbers.warn(problems, entry.value());
          output.put("payload", entry);
        }
        default -> problems.unknownField(entry.key(), YamlFields.ANNOUNCE, "a signal");
      }
    }
    return output.build();
  }

  /** A trigger whose fields say which signals start the workflow. */
  Entries trigger(Entries trigger) {
    var out = new Composed(trigger.span());
    var single = trigger.entries().get("signal");
    var several = first(trigger, "signals", "definitions");
    if (single != null && several != null) {
      problems.add(
          ProblemCode.VALUE,
          several.key().span(),
          "expected either signal or signals, found both; move all of them into signals");
    }
    if (single != null && single.value() instanceof Scalar name && !name.isNull()) {
      var definitions = new Composed(single.value().span());
      definitions.put(name.text(), name, definition(trigger, YamlFields.SIGNAL_TRIGGER));
      out.put("definitions", single.key(), definitions.build());
    } else if (several != null) {
      out.put("definitions", several.key(), definitions(several.value()));
    }
    for (var entry : trigger.entries().sequencedValues()) {
      var name = entry.key().text();
      switch (name) {
        case "params" -> out.put("params", entry.key(), params.block(entry.value(), Loop.NONE));
        case "condition", "dedup_expr" ->
            out.put(name, entry.key(), ParamTranslator.text(entry.value()));
        case "match", "match_params", "join_keys" -> {
          if (single == null) {
            problems.add(
                ProblemCode.INDENTATION,
                entry.key().span(),
                "expected '" + name + "' below the name of its signal");
          }
        }
        case "signal", "signals", "definitions" -> {}
        default ->
            problems.unknownField(entry.key(), YamlFields.SIGNAL_TRIGGER, "a signal trigger");
      }
    }
    return out.build();
  }

  private static @Nullable Entry first(Entries entries, String name, String other) {
    var entry = entries.entries().get(name);
    return entry == null ? entries.entries().get(other) : entry;
  }

  private Node definitions(Node signals) {
    var definitions = new Composed(signals.span());
    switch (signals) {
      case Entries entries ->
          entries
              .entries()
              .forEach((name, entry) ->
                  definitions.put(
                      name,
                      entry.key(),
                      entry.value() instanceof Entries one
                          ? definition(one, YamlFields.TRIGGER_ENTRY)
                          : entry.value() instanceof Scalar scalar && scalar.isNull()
                              ? new Composed(entry.key().span()).build()
                              : entry.value()));
      case Items items -> {
        for (var item : items.items()) {
          if (item instanceof Scalar name && !name.isNull()) {
            definitions.put(name.text(), name, new Composed(name.span()).build());
          } else {
            problems.add(
                ProblemCode.VALUE,
                problems.source().firstLine(item.span()),
                "expected the name of a signal; use a mapping to say more about signals");
          }
        }
      }
      case Scalar scalar -> {
        return scalar;
      }
    }
    return definitions.build();
  }

  private Node definition(Entries entries, Set<String> known) {
    var definition = new Composed(entries.span());
    for (var entry : entries.entries().sequencedValues()) {
      switch (entry.key().text()) {
        case "match" ->
            definition.put("match_params", entry.key(), matches(entry.value(), this::valueMatch));
        case "match_params", "join_keys" -> {
          WrittenNumbers.warn(problems, entry.value());
          definition.put(entry.key().text(), entry);
        }
        default -> {
          if (!known.contains(entry.key().text())) {
            problems.unknownField(entry.key(), known, "a signal of a trigger");
          }
        }
      }
    }
    return definition.build();
  }

  private interface Match {
    void put(Composed matches, Entry entry);
  }

  private static Node matches(Node written, Match match) {
    if (!(written instanceof Entries entries)) {
      return written;
    }
    var matches = new Composed(written.span());
    entries.entries().sequencedValues().forEach(entry -> match.put(matches, entry));
    return matches.build();
  }

  /** An operator with its operand. */
  private record Compared(String operator, Span place, Node operand) {}

  private static Compared compared(Entry entry) {
    if (entry.value() instanceof Entries entries && entries.entries().size() == 1) {
      var only = entries.entries().firstEntry().getValue();
      var operator = OPERATORS.get(only.key().text());
      if (operator != null) {
        return new Compared(operator, only.key().span(), only.value());
      }
    }
    return new Compared("=", entry.key().span(), entry.value());
  }

  private void valueMatch(Composed matches, Entry entry) {
    var compared = compared(entry);
    WrittenNumbers.warn(problems, compared.operand);
    var match = new Composed(entry.value().span());
    match.put("value", compared.place, compared.operand);
    match.put("operator", compared.place, Scalar.made(compared.operator, compared.place));
    matches.put(entry.key().text(), entry.key(), match.build());
  }

  private void paramMatch(Composed matches, Entry entry) {
    var key = params.key(entry.key());
    if (key == null) {
      return;
    }
    var compared = compared(entry);
    var param = params.param(key, new Entry(entry.key(), compared.operand), Loop.NONE);
    if (param != null) {
      var match = new Composed(entry.value().span());
      match.put("param", entry.key(), param);
      match.put("operator", compared.place, Scalar.made(compared.operator, compared.place));
      matches.put(key.name(), entry.key(), match.build());
    }
  }
}
