package org.maestro.dsl.yaml;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.dsl.yaml.ParamTranslator.Loop;
import org.maestro.model.definition.HandlerKind;

/**
 * From the YAML form to the JSON form of a push, each part keeping its place in the text. What both
 * forms have in common is left for {@link org.maestro.dsl.DefinitionReader} to check.
 */
final class DocumentTranslator {
  private static final Set<String> JSON_WRAPPERS =
      Set.of("step", "subworkflow", "foreach", "while", "template");

  private final SourceProblems problems;

  DocumentTranslator(SourceProblems problems) {
    this.problems = problems;
  }

  /** The body of a push; null if nothing of it can be read. */
  @Nullable Node translate(Node root) {
    if (!(root instanceof Entries document)) {
      problems.add(
          ProblemCode.VALUE,
          problems.source().firstLine(root.span()),
          "expected a mapping with the key workflow");
      return null;
    }
    var workflow = workflow(document);
    if (workflow == null) {
      return null;
    }
    var push = new Composed(document.span());
    if (!(workflow.content() instanceof Entries fields)) {
      problems.add(
          ProblemCode.VALUE,
          workflow.key().span(),
          "expected the fields of a workflow below '"
              + workflow.key().text()
              + ":', such as id and jobs");
      return null;
    }
    var content = YamlFields.given(fields, YamlFields.WORKFLOW);
    var written = workflow.key().text();
    if (isJsonForm(content)) {
      WrittenNumbers.warn(problems, document);
      document
          .entries()
          .forEach((name, entry) -> push.put(name.equals(written) ? "workflow" : name, entry));
      return push.build();
    }
    properties(document.entries().get("properties"), content, push);
    push.put("workflow", workflow.key(), content(content));
    document
        .entries()
        .forEach((name, entry) -> {
          if (!workflow.isBare && !name.equals(written) && !name.equals("properties")) {
            beside(name, entry, push);
          }
        });
    return push.build();
  }

  /**
   * Where the workflow is.
   *
   * @param isBare whether its fields are those of the document, for want of a key around them
   */
  private record Root(Scalar key, Node content, boolean isBare) {
    static Root of(Entry entry) {
      return new Root(entry.key(), entry.value(), false);
    }
  }

  private @Nullable Root workflow(Entries document) {
    var lower = document.entries().get("workflow");
    var workflow = lower == null ? document.entries().get("Workflow") : lower;
    if (workflow != null) {
      return Root.of(workflow);
    }
    var first = document.entries().isEmpty() ? null : document.entries().firstEntry().getValue();
    if (document.has("jobs") && first != null) {
      problems.add(
          ProblemCode.INDENTATION,
          first.key().span(),
          "expected 'workflow:' around the fields of a workflow, found them without; write"
              + " 'workflow:' above and indent everything else");
      return new Root(first.key(), document, true);
    }
    for (var entry : document.entries().values()) {
      if (YamlFields.nearest(entry.key().text().toLowerCase(Locale.ROOT), Set.of("workflow"))
          != null) {
        problems.add(
            ProblemCode.UNKNOWN_FIELD,
            entry.key().span(),
            "unknown field '" + entry.key().text() + "'",
            "workflow");
        return Root.of(entry);
      }
    }
    problems.add(
        ProblemCode.MISSING,
        first == null ? document.span() : first.key().span(),
        "expected the key 'workflow' with the fields of a workflow, found none; add it");
    return null;
  }

  /** JSON as YAML writes it: steps with JSON's wrappers. */
  private static boolean isJsonForm(Entries workflow) {
    return !workflow.has("jobs")
        && workflow.get("steps") instanceof Items steps
        && steps.items().stream()
            .allMatch(step ->
                step instanceof Entries entries
                    && entries.entries().size() == 1
                    && JSON_WRAPPERS.contains(
                        entries.entries().firstEntry().getKey().toLowerCase(Locale.ROOT)));
  }

  private void beside(String name, Entry entry, Composed push) {
    if (YamlFields.WORKFLOW.contains(name)) {
      problems.add(
          ProblemCode.INDENTATION,
          entry.key().span(),
          "expected '" + name + "' inside 'workflow:', found it beside; indent it");
      return;
    }
    var meant = YamlFields.nearest(name, YamlFields.PUSH);
    if (meant != null && !YamlFields.PUSH.contains(name)) {
      problems.add(
          ProblemCode.LOOKS_LIKE_FIELD,
          entry.key().span(),
          "'" + Words.shortened(name) + "' is kept as extra information, it has no meaning",
          meant);
    }
    if (name.equals("git_info")) {
      push.put(name, entry.key(), WrittenNumbers.texts(problems, entry.value()));
    } else {
      WrittenNumbers.warn(problems, entry.value());
      push.put(name, entry);
    }
  }

  /** What belongs to the workflow over all its versions: some of it may be written inside. */
  private void properties(@Nullable Entry written, Entries workflow, Composed push) {
    var inside = new Composed(workflow.span());
    if (written != null && !(written.value() instanceof Entries)) {
      push.put("properties", written);
      return;
    }
    if (written != null && written.value() instanceof Entries block) {
      block.entries().forEach(inside::put);
    }
    for (var name : new String[] {"owner", "run_strategy", "step_concurrency"}) {
      property(name, workflow.entries().get(name), inside);
    }
    concurrency(workflow, inside);
    if (written != null || !inside.isEmpty()) {
      push.put(
          "properties",
          written == null ? Scalar.made("properties", workflow.span()) : written.key(),
          new Entries(
              inside.build().entries(),
              written == null ? workflow.span() : written.value().span()));
    }
  }

  private void property(String name, @Nullable Entry entry, Composed properties) {
    if (entry == null) {
      return;
    }
    if (properties.has(name)) {
      problems.add(
          ProblemCode.DUPLICATE_KEY,
          entry.key().span(),
          "expected '" + name + "' once, found it under properties as well; remove one of them");
    }
    properties.put(
        name,
        entry.key(),
        name.equals("owner") ? ParamTranslator.text(entry.value()) : entry.value());
  }

  /** How many instances: alone it makes the strategy PARALLEL, as it would be useless otherwise. */
  private static void concurrency(Entries workflow, Composed properties) {
    var concurrency = workflow.entries().get("workflow_concurrency");
    if (concurrency == null) {
      return;
    }
    var strategy = properties.get("run_strategy");
    if (strategy == null || Node.isEmpty(strategy.value())) {
      properties.put("run_strategy", concurrency);
    } else if (strategy.value() instanceof Scalar rule && !rule.isNumber()) {
      var both = new Composed(rule.span());
      both.put("rule", strategy.key(), rule);
      both.put("workflow_concurrency", concurrency);
      properties.put("run_strategy", strategy.key(), both.build());
    }
  }

  private Node content(Entries workflow) {
    var out = new Composed(workflow.span());
    var params = new ParamTranslator(problems, new References(workflow));
    var jobs = new JobTranslator(problems, params);
    var own = new Composed(workflow.span());
    var strict = workflow.has("params");
    var what =
        workflow.get("id") instanceof Scalar id
            ? "workflow '" + Words.shortened(id.text()) + "'"
            : "the workflow";
    for (var entry : workflow.entries().sequencedValues()) {
      var name = entry.key().text();
      if (YamlFields.WORKFLOW.contains(name)) {
        field(name, entry, params, out, own);
      } else if (isElsewhere(entry.key(), what)) {
        // reported, and no parameter
      } else if (!JobTranslator.isRefused(
          problems, entry.key(), YamlFields.WORKFLOW, strict, what)) {
        params.add(own, entry, Loop.NONE);
      }
    }
    if (!own.isEmpty()) {
      out.put("params", workflow.span(), own.build());
    }
    jobs.level(workflow, out);
    for (var kind : HandlerKind.values()) {
      var handler = workflow.entries().get(kind.field());
      if (handler != null) {
        jobs.handler(handler, out);
      }
    }
    return out.build();
  }

  /** Whether a key belongs beside the workflow, or among its properties, and nowhere else. */
  private boolean isElsewhere(Scalar key, String what) {
    var name = key.text();
    if (!YamlFields.OF_PROPERTIES.contains(name) && !YamlFields.PUSH.contains(name)) {
      return false;
    }
    problems.add(
        ProblemCode.INDENTATION,
        key.span(),
        YamlFields.PUSH.contains(name)
            ? "expected '%s' beside 'workflow:', found it in %s; indent it less"
                .formatted(name, what)
            : "expected '%s' under 'properties:', beside 'workflow:', found it in %s; move it there"
                .formatted(name, what));
    return true;
  }

  private void field(String name, Entry entry, ParamTranslator params, Composed out, Composed own) {
    switch (name) {
      case "id", "name", "description" ->
          out.put(name, entry.key(), ParamTranslator.text(entry.value()));
      case "triggers" ->
          new TriggerTranslator(problems, new SignalTranslator(problems, params))
              .triggers(entry, out);
      case "params" -> {
        if (entry.value() instanceof Entries block) {
          block.entries().sequencedValues().forEach(param -> params.add(own, param, Loop.NONE));
        } else if (!(entry.value() instanceof Scalar scalar && scalar.isNull())) {
          problems.add(
              ProblemCode.VALUE,
              problems.source().firstLine(entry.value().span()),
              "expected parameters by name below 'params:'");
        }
      }
      case "tags" -> out.put(name, entry.key(), WrittenNumbers.tags(problems, entry.value()));
      case "signal_triggers" -> {
        WrittenNumbers.warn(problems, entry.value());
        out.put(name, entry);
      }
      case "jobs", "dag", "on_failure", "on_success", "on_end" -> {}
      default -> {
        if (!YamlFields.PROPERTIES.contains(name)) {
          out.put(name, entry);
        }
      }
    }
  }
}
