package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;

/** {@code triggers}: crons, intervals and signals in one list. */
final class TriggerTranslator {
  private static final Set<String> FIELDS = new LinkedHashSet<>(YamlFields.TRIGGER);

  static {
    FIELDS.addAll(YamlFields.SIGNAL_TRIGGER);
  }

  private final SourceProblems problems;
  private final SignalTranslator signals;

  TriggerTranslator(SourceProblems problems, SignalTranslator signals) {
    this.problems = problems;
    this.signals = signals;
  }

  /** Puts {@code time_triggers} and {@code signal_triggers}, each in the written order. */
  void triggers(Entry triggers, Composed workflow) {
    var times = new ArrayList<Node>();
    var others = new ArrayList<Node>();
    var items = triggers.value() instanceof Items list ? list.items() : List.of(triggers.value());
    for (var item : items) {
      if (!(item instanceof Entries written)) {
        if (!(item instanceof Scalar scalar && scalar.isNull())) {
          problems.add(
              ProblemCode.VALUE,
              problems.source().firstLine(item.span()),
              "expected a trigger such as {cron: '0 6 * * *'}, {interval: 6h} or {signal: name}");
        }
        continue;
      }
      var trigger = written.withoutEmpty(FIELDS);
      if (trigger.has("signal") || trigger.has("signals") || trigger.has("definitions")) {
        others.add(signals.trigger(trigger));
      } else {
        times.add(time(trigger));
      }
    }
    var span = triggers.value().span();
    if (!times.isEmpty()) {
      workflow.put("time_triggers", triggers.key(), new Items(times, span));
    }
    if (!others.isEmpty()) {
      workflow.put("signal_triggers", triggers.key(), new Items(others, span));
    }
  }

  private Node time(Entries trigger) {
    var time = new Composed(trigger.span());
    var cron = trigger.get("cron");
    var isPredefined = cron instanceof Scalar text && text.text().strip().startsWith("@");
    for (var entry : trigger.entries().sequencedValues()) {
      var name = entry.key().text();
      switch (name) {
        case "cron" ->
            time.put(
                isPredefined ? "expression" : "cron",
                entry.key(),
                ParamTranslator.text(entry.value()));
        case "every" -> time.put("interval", entry.key(), entry.value());
        case "start", "end", "timezone" ->
            time.put(name, entry.key(), ParamTranslator.text(entry.value()));
        default -> {
          if (YamlFields.TRIGGER.contains(name)) {
            time.put(name, entry);
          } else {
            var known = new LinkedHashSet<>(YamlFields.TRIGGER);
            known.add("signal");
            problems.unknownField(entry.key(), known, "a trigger");
          }
        }
      }
    }
    if (!time.has("type")) {
      var type =
          time.has("interval")
              ? "INTERVAL"
              : time.has("expression") ? "PREDEFINED" : time.has("cron") ? "CRON" : "";
      if (type.isEmpty()) {
        problems.add(
            ProblemCode.MISSING,
            problems.source().firstLine(trigger.span()),
            "expected a trigger to have one of cron, interval, signal or signals; add it");
        type = "INTERVAL";
      }
      time.put("type", trigger.span(), Scalar.made(type, trigger.span()));
    }
    return time.build();
  }
}
