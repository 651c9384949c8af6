package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.dsl.yaml.ParamTranslator.Loop;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.ParamType;

/** Jobs, alone or in loops: from what authors write to steps as JSON has them. */
final class JobTranslator {
  /** The wrappers of the YAML form, and what they are in JSON. */
  private static final Map<String, String> WRAPPERS =
      Map.of(
          "job", "step",
          "subworkflow", "subworkflow",
          "foreach", "foreach",
          "while", "while",
          "template", "template");

  /** Parameters of the types of job that look like a field that was misspelt. */
  private static final Set<String> PARAMS_OF_JOBS = Set.of("args", "argv");

  private final SourceProblems problems;
  private final ParamTranslator params;
  private final SignalTranslator signals;

  JobTranslator(SourceProblems problems, ParamTranslator params) {
    this.problems = problems;
    this.params = params;
    this.signals = new SignalTranslator(problems, params);
  }

  /** The steps of a workflow or loop, with the edges between them. */
  void level(Entries owner, Composed out) {
    var jobs = owner.entries().get("jobs");
    if (jobs != null) {
      level(jobs, owner.get("dag"), "steps", out);
    }
  }

  /** The steps that run after the outcome of a run is known. */
  void handler(Entry jobs, Composed out) {
    level(jobs, null, jobs.key().text(), out);
  }

  /** As they would be in a list, so that all that is wrong with them is seen. */
  private static Items listed(Entries named) {
    var items = new ArrayList<Node>();
    for (var job : named.entries().values()) {
      var all = new LinkedHashMap<String, Entry>();
      all.put("id", new Entry(Scalar.made("id", job.key().span()), job.key()));
      if (job.value() instanceof Entries own) {
        all.putAll(own.entries());
      }
      items.add(new Entries(all, job.value().span()));
    }
    return new Items(items, named.span());
  }

  private void level(Entry jobs, @Nullable Node dag, String field, Composed out) {
    if (jobs.value() instanceof Entries named && !named.entries().isEmpty()) {
      problems.add(
          ProblemCode.VALUE,
          jobs.key().span(),
          "expected a list of jobs, each with its id, such as '- {id: %s, type: …}'; found jobs by name"
              .formatted(Words.shortened(named.entries().firstEntry().getKey())));
      level(new Entry(jobs.key(), listed(named)), dag, field, out);
      return;
    }
    if (!(jobs.value() instanceof Items items)) {
      out.put(field, jobs);
      return;
    }
    var edges = new Edges(problems);
    var read = new ArrayList<Job>();
    for (var item : items.items()) {
      var job = job(item);
      if (job != null) {
        read.add(job);
        if (job.content.get("id") instanceof Scalar id && !id.isNull()) {
          edges.add(id.text(), job.content);
        }
      }
    }
    edges.draw(dag);
    var seen = new LinkedHashMap<String, Job>();
    var steps = new ArrayList<Node>();
    for (var job : read) {
      var step = new Composed(job.content.span());
      translate(job, step);
      if (job.content.get("id") instanceof Scalar id && seen.putIfAbsent(id.text(), job) == null) {
        var place = edges.placeOf(id.text(), id.span());
        step.put("transition", place, edges.transitionOf(id.text(), place));
      }
      var wrapped = new Composed(job.content.span());
      wrapped.put(job.wrapper, job.key, step.build());
      steps.add(wrapped.build());
    }
    out.put(field, jobs.key(), new Items(steps, items.span()));
  }

  /**
   * A job, out of its wrapper.
   *
   * @param wrapper as in JSON
   */
  private record Job(String wrapper, Scalar key, Entries content) {
    Job {
      var known = YamlFields.JOBS.get(wrapper);
      content = known == null ? content : YamlFields.given(content, known);
    }
  }

  private @Nullable Job job(Node item) {
    if (!(item instanceof Entries entries) || entries.entries().isEmpty()) {
      problems.add(
          ProblemCode.VALUE,
          problems.source().firstLine(item.span()),
          "expected a job such as {job: {id: a, type: NoOp}}, found "
              + (item instanceof Scalar scalar
                  ? "'" + Words.shortened(scalar.text()) + "'"
                  : "a list"));
      return null;
    }
    var first = entries.entries().firstEntry();
    var wrapper = WRAPPERS.get(first.getKey().toLowerCase(Locale.ROOT));
    if (wrapper != null
        && (entries.entries().size() == 1 || !entries.has("id") || isEmpty(first.getValue()))) {
      return wrapped(wrapper, entries, first.getValue());
    }
    var id = entries.entries().get("id");
    if (id != null) {
      return new Job(kind(entries, "step"), id.key(), entries);
    }
    var key = first.getValue().key();
    problems.add(
        ProblemCode.UNKNOWN_FIELD,
        key.span(),
        "expected one of job, subworkflow, foreach, while, template around a job, or a job with an"
            + " id, found '"
            + Words.shortened(key.text())
            + "'",
        key.text().equals("step") || key.text().equals("task")
            ? "job"
            : YamlFields.nearest(key.text(), WRAPPERS.keySet()));
    return first.getValue().value() instanceof Entries content
        ? new Job(kind(content, "step"), key, content)
        : null;
  }

  private static boolean isEmpty(Entry entry) {
    return entry.value() instanceof Scalar scalar && scalar.isNull();
  }

  private @Nullable Job wrapped(String wrapper, Entries item, Entry wrapped) {
    var name = wrapped.key().text();
    if (item.entries().size() == 1) {
      if (wrapped.value() instanceof Entries content) {
        return new Job(
            wrapper.equals("step") ? kind(content, wrapper) : wrapper, wrapped.key(), content);
      }
      problems.add(
          ProblemCode.VALUE,
          wrapped.key().span(),
          "expected the fields of a job below '" + name + ":', found none; add id and so on");
      return null;
    }
    // The mistake that everybody makes, and that PDFs make of good examples.
    var stray = item.entries().sequencedValues().stream().skip(1).findFirst().orElse(wrapped);
    problems.add(
        ProblemCode.INDENTATION,
        stray.key().span(),
        "expected '"
            + Words.shortened(stray.key().text())
            + "' inside '"
            + name
            + ":', found it beside; indent the fields of '"
            + name
            + "' two blanks deeper than '"
            + name
            + "' itself");
    var all = new LinkedHashMap<String, Entry>();
    if (wrapped.value() instanceof Entries content) {
      all.putAll(content.entries());
    }
    item.entries()
        .forEach((key, entry) -> {
          if (!key.equals(name)) {
            all.putIfAbsent(key, entry);
          }
        });
    var content = new Entries(all, item.span());
    return new Job(
        wrapper.equals("step") ? kind(content, wrapper) : wrapper, wrapped.key(), content);
  }

  /** What a job is by its type: a step, a wrapper that is named as one, or a job template. */
  private static String kind(Entries content, String otherwise) {
    if (!(content.get("type") instanceof Scalar type) || Node.isEmpty(type)) {
      return otherwise;
    }
    var known = StepType.of(type.text()).orElse(null);
    if (known == null) {
      return type.text().equalsIgnoreCase("join") ? otherwise : "template";
    }
    return known.isLeaf() ? "step" : known.label();
  }

  private void translate(Job job, Composed step) {
    var known = YamlFields.JOBS.get(job.wrapper);
    if (known == null) {
      throw new IllegalStateException("no fields for " + job.wrapper);
    }
    var hasLoop = job.wrapper.equals("foreach") || job.wrapper.equals("while");
    var place = job.key.span();
    var own = new Composed(job.content.span());
    if (job.wrapper.equals("subworkflow")) {
      target(job, own);
    }
    if (hasLoop) {
      loop(job, own);
    }
    var strict = !hasLoop && job.content.has("params");
    for (var entry : job.content.entries().sequencedValues()) {
      var name = entry.key().text();
      if (known.contains(name)) {
        field(job, name, entry, step, own);
      } else if (!isRefused(entry.key(), known, strict, job)) {
        params.add(own, entry, Loop.NONE);
      }
    }
    if (!own.isEmpty()) {
      step.put("params", paramsKey(job, place), own.build());
    }
    if (hasLoop) {
      level(job.content, step);
    }
  }

  private static Scalar paramsKey(Job job, Span place) {
    var written = job.content.entries().get("params");
    return written == null ? Scalar.made("params", place) : written.key();
  }

  private boolean isRefused(Scalar key, Set<String> known, boolean strict, Job job) {
    var what = job.content.get("id") instanceof Scalar id ? "job '" + id.text() + "'" : "a job";
    return isRefused(problems, key, known, strict, what);
  }

  /** Whether a key is refused as a field that doesn't exist; if not, it is a parameter. */
  static boolean isRefused(
      SourceProblems problems, Scalar key, Set<String> known, boolean strict, String what) {
    var param = ParamKey.of(key.text()).orElse(null);
    if (param != null && param.isDecorated()) {
      if (known.contains(param.name()) && !param.name().equals("params")) {
        problems.add(
            ProblemCode.LOOKS_LIKE_FIELD,
            key.span(),
            "'" + key.text() + "' is a parameter, not the field '" + param.name() + "'");
      }
      return false;
    }
    var meant = YamlFields.meant(key.text(), known);
    var place = YamlFields.place(key.text(), known);
    if (strict || (meant != null && YamlFields.isSurely(key.text(), meant))) {
      problems.add(
          ProblemCode.UNKNOWN_FIELD,
          key.span(),
          "unknown field '"
              + Words.shortened(key.text())
              + "' in "
              + what
              + (meant == null
                  ? "; " + (place == null ? "parameters go under 'params:'" : place)
                  : ""),
          meant);
      return true;
    }
    if (place != null) {
      problems.add(
          ProblemCode.LOOKS_LIKE_FIELD,
          key.span(),
          "'%s' in %s is taken as a parameter; %s; put it under 'params:' if it is one"
              .formatted(Words.shortened(key.text()), what, place));
      return false;
    }
    if (meant != null
        && YamlFields.isMaybe(key.text(), meant)
        && !PARAMS_OF_JOBS.contains(key.text())) {
      problems.add(
          ProblemCode.LOOKS_LIKE_FIELD,
          key.span(),
          "'"
              + Words.shortened(key.text())
              + "' in "
              + what
              + " is taken as a parameter; put it under 'params:' if it is one",
          meant);
    }
    return false;
  }

  private void field(Job job, String name, Entry entry, Composed step, Composed own) {
    var value = entry.value();
    switch (name) {
      case "id", "name", "description", "sub_type", "condition", "failure_mode" ->
          step.put(name, entry.key(), ParamTranslator.text(value));
      case "sub_type_version", "type_version" ->
          step.put("sub_type_version", entry.key(), ParamTranslator.text(value));
      case "tags" -> step.put(name, entry.key(), WrittenNumbers.tags(problems, value));
      case "type" -> type(job, entry, step);
      case "job_concurrency" -> step.put("concurrency", entry.key(), value);
      case "wait_for" -> step.put("signal_dependencies", entry.key(), signals.dependencies(value));
      case "signals" -> step.put("signal_outputs", entry.key(), signals.outputs(value));
      case "signal_dependencies", "signal_outputs" -> {
        WrittenNumbers.warn(problems, value);
        step.put(name, entry);
      }
      case "retry" ->
          step.put("retry_policy", entry.key(), new RetryTranslator(problems).policy(value));
      case "outputs" -> outputs(job, entry, step, own);
      case "params" -> {
        if (!isLoopBlock(job)) {
          block(entry, own);
        }
      }
      case "loop_params",
          "ranges",
          "jobs",
          "dag",
          "transition",
          "needs",
          "workflow_id",
          "subworkflow_id",
          "version",
          "subworkflow_version",
          "workflow_version" -> {}
      default -> step.put(name, entry);
    }
  }

  private void block(Entry entry, Composed own) {
    if (entry.value() instanceof Entries block) {
      block.entries().sequencedValues().forEach(param -> params.add(own, param, Loop.NONE));
    } else if (!isEmpty(entry)) {
      problems.add(
          ProblemCode.VALUE,
          problems.source().firstLine(entry.value().span()),
          "expected parameters by name below 'params:'");
    }
  }

  /** In a loop, {@code params} is another name of {@code loop_params}, unless that is there. */
  private static boolean isLoopBlock(Job job) {
    return (job.wrapper.equals("foreach") || job.wrapper.equals("while"))
        && !job.content.has("loop_params")
        && !(job.content.get("params") instanceof Entries block && mentions(block, "loop_params"));
  }

  private void type(Job job, Entry entry, Composed step) {
    if (!(entry.value() instanceof Scalar type)) {
      step.put("type", entry);
      return;
    }
    if (job.wrapper.equals("step")) {
      step.put("type", entry.key(), type.asText());
    } else if (job.wrapper.equals("template") && !type.text().equalsIgnoreCase("template")) {
      step.put("sub_type", entry.key(), type.asText());
      var labels = new ArrayList<String>();
      for (var known : StepType.values()) {
        labels.add(known.label());
      }
      var nearest = YamlFields.nearest(type.text(), labels);
      if (nearest != null) {
        problems.add(
            ProblemCode.LOOKS_LIKE_TYPE,
            type.span(),
            "there is no step type '" + type.text() + "'; it is taken as a job template",
            nearest);
      }
    }
  }

  /** A subworkflow starts the workflow of its own id, unless it says another. */
  private void target(Job job, Composed own) {
    var content = job.content;
    var named = first(content, "subworkflow_id", "workflow_id");
    if (named != null && !isEmpty(named)) {
      own.put("subworkflow_id", named.key(), text(named));
    } else if (!mentions(content, "subworkflow_id") && content.get("id") instanceof Scalar id) {
      own.put("subworkflow_id", job.key.span(), literal("STRING", id.asText(), job.key.span()));
    }
    var version =
        Stream.of("subworkflow_version", "version", "workflow_version")
            .map(content.entries()::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (version != null && !isEmpty(version)) {
      own.put("subworkflow_version", version.key(), text(version));
    }
  }

  private static Node text(Entry entry) {
    return literal("STRING", ParamTranslator.text(entry.value()), entry.key().span());
  }

  private static @Nullable Entry first(Entries content, String name, String other) {
    var entry = content.entries().get(name);
    return entry == null ? content.entries().get(other) : entry;
  }

  /** Whether a parameter is written, with whatever type and mode. */
  private static boolean mentions(Entries content, String name) {
    return content.entries().entrySet().stream()
        .anyMatch(entry ->
            ParamKey.of(entry.getKey()).filter(key -> key.name().equals(name)).isPresent()
                || (entry.getKey().equals("params")
                    && entry.getValue().value() instanceof Entries block
                    && mentions(block, name)));
  }

  private static Entries literal(String type, Node value, Span place) {
    var param = new Composed(value.span());
    param.put("type", place, Scalar.made(type, place));
    param.put("value", place, value);
    return param.build();
  }

  private void loop(Job job, Composed own) {
    var content = job.content;
    var written = content.entries().get("loop_params");
    var block = written == null && isLoopBlock(job) ? content.entries().get("params") : written;
    var ranges = content.entries().get("ranges");
    var kind = job.wrapper.equals("foreach") ? Loop.FOREACH : Loop.NONE;
    if (block != null && !(block.value() instanceof Entries) && !isEmpty(block)) {
      own.put("loop_params", block.key(), literal("MAP", block.value(), block.key().span()));
      return;
    }
    var place = block != null ? block : ranges;
    if (place == null) {
      return;
    }
    var loop = new Composed(place.value().span());
    if (block != null && block.value() instanceof Entries entries) {
      entries.entries().sequencedValues().forEach(entry -> params.add(loop, entry, kind));
    }
    if (ranges != null && job.wrapper.equals("foreach")) {
      addRanges(ranges, loop);
    }
    own.put("loop_params", place.key(), literal("MAP", loop.build(), place.key().span()));
  }

  private void addRanges(Entry ranges, Composed loop) {
    if (!(ranges.value() instanceof Entries entries)) {
      problems.add(
          ProblemCode.VALUE,
          ranges.key().span(),
          "expected ranges by name, such as {hour: {from: 0, to: 24}}");
      return;
    }
    entries
        .entries()
        .forEach((name, entry) -> {
          if (entry.value() instanceof Entries range) {
            loop.put(name, entry.key(), range(range, entry.key().span()));
          } else if (entry.value() instanceof Items items && isRange(items)) {
            loop.put(name, entry.key(), range(bounds(items), entry.key().span()));
          } else {
            problems.add(
                ProblemCode.VALUE,
                entry.key().span(),
                "expected a range such as {from: 0, to: 24, increment: 1}");
          }
        });
  }

  private static boolean isRange(Items bounds) {
    return bounds.items().size() >= 2 && bounds.items().size() <= YamlFields.RANGE.size();
  }

  /** A list of from, to and increment, in this order, as other clients write a range. */
  private static Entries bounds(Items items) {
    var bounds = new Composed(items.span());
    var names = YamlFields.RANGE.iterator();
    for (var item : items.items()) {
      bounds.put(names.next(), item.span(), item);
    }
    return bounds.build();
  }

  private Node range(Entries written, Span place) {
    var range = written.withoutEmpty(YamlFields.RANGE);
    var what = "a range";
    for (var entry : range.entries().sequencedValues()) {
      if (!YamlFields.RANGE.contains(entry.key().text())) {
        problems.unknownField(entry.key(), YamlFields.RANGE, what);
      }
    }
    if (!range.has("to")) {
      problems.add(ProblemCode.MISSING, place, "expected a range to have 'to' (exclusive); add it");
    }
    var param = new Composed(range.span());
    param.put("type", place, Scalar.made(ParamType.LONG_ARRAY.name(), place));
    param.put(
        "expression",
        place,
        Scalar.made(
            "Util.intsBetween(%s, %s, %s)"
                .formatted(
                    bound(range, "from", "0"),
                    bound(range, "to", "0"),
                    bound(range, "increment", "1")),
            range.span()));
    return param.build();
  }

  private static String bound(Entries range, String name, String otherwise) {
    if (!(range.get(name) instanceof Scalar scalar) || scalar.isNull()) {
      return otherwise;
    }
    var text = scalar.text().strip();
    return text.startsWith("${") && text.endsWith("}")
        ? text.substring(2, text.length() - 1)
        : text.startsWith("$") ? text.substring(1) : text;
  }

  /**
   * Parameters that the job itself sets: a list of names with types, which it has to report, or
   * initial values by name, which it may leave. They are parameters like others, so anything else
   * in a definition can refer to them.
   */
  private void outputs(Job job, Entry outputs, Composed step, Composed own) {
    var names = new ArrayList<Node>();
    switch (outputs.value()) {
      case Entries entries ->
          entries.entries().sequencedValues().forEach(entry -> params.add(own, entry, Loop.NONE));
      case Items items -> items.items().forEach(item -> output(item, own, names));
      case Scalar scalar -> output(scalar, own, names);
    }
    if (job.wrapper.equals("step") && !names.isEmpty()) {
      step.put("outputs", outputs.key(), new Items(names, outputs.value().span()));
    }
  }

  private void output(Node item, Composed own, List<Node> names) {
    if (!(item instanceof Scalar name) || name.isNull()) {
      problems.add(
          ProblemCode.PARAMETER,
          problems.source().firstLine(item.span()),
          "expected the name of an output, such as count<long>");
      return;
    }
    var key = params.key(name);
    if (key != null) {
      var type = key.paramType() == null ? ParamType.STRING : key.paramType();
      own.put(key.name(), name, literal(type.name(), nothing(type, name.span()), name.span()));
      names.add(Scalar.made(key.name(), name.span()));
    }
  }

  private static Node nothing(ParamType type, Span place) {
    return switch (type) {
      case STRING -> Scalar.made("", place);
      case LONG -> Scalar.made(0L, place);
      case DOUBLE -> Scalar.made(BigDecimal.ZERO, place);
      case BOOLEAN -> Scalar.made(false, place);
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> new Items(List.of(), place);
      case STRING_MAP, MAP -> new Composed(place).build();
    };
  }
}
