package org.maestro.dsl.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;

/**
 * The edges between the jobs of one level, from all the ways to write them: a job's {@code
 * transition}, the level's {@code dag}, a job's {@code needs}, and references to another job's
 * parameters where no {@code dag} says otherwise.
 */
final class Edges {
  private static final Set<String> JSON_FIELDS = Set.of("successors", "predecessors");

  private final SourceProblems problems;
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /** A job of the level, as far as its edges are concerned. */
  private static final class Job {
    private final Map<String, Entry> successors = new LinkedHashMap<>();
    private final Node content;
    private final @Nullable Entry transition;
    private final @Nullable Node needs;
    private @Nullable Entry predecessors;

    Job(Node content, @Nullable Entry transition, @Nullable Node needs) {
      this.content = content;
      this.transition = transition;
      this.needs = needs;
    }
  }

  Edges(SourceProblems problems) {
    this.problems = problems;
  }

  /** Adds a job; of two with one id the first counts, and the reader reports the other. */
  void add(String id, Entries content) {
    var transition = content.entries().get("transition");
    jobs.putIfAbsent(
        id,
        new Job(
            content,
            transition == null || saysNothing(transition.value()) ? null : transition,
            content.get("needs")));
  }

  /** Many clients write every field they know, so an empty one must not hide another. */
  private static boolean saysNothing(Node node) {
    return Node.isEmpty(node)
        || (node instanceof Entries json
            && JSON_FIELDS.containsAll(json.entries().keySet())
            && json.entries().values().stream().allMatch(entry -> Node.isEmpty(entry.value())));
  }

  /** Draws all edges, once all jobs are there. */
  void draw(@Nullable Node dag) {
    var hasDag = dag != null && !saysNothing(dag);
    jobs.values()
        .forEach(job -> {
          if (job.transition != null) {
            transition(job, job.transition.value());
          }
        });
    if (dag != null && hasDag) {
      drawDag(dag);
    }
    jobs.forEach(this::drawNeeds);
    if (!hasDag) {
      jobs.forEach(this::drawReferences);
    }
  }

  /** The {@code transition} of a job in JSON; null if it has no edges. */
  @Nullable Entries transitionOf(String id, Span place) {
    var job = jobs.get(id);
    if (job == null || (job.successors.isEmpty() && job.predecessors == null)) {
      return null;
    }
    var transition = new Composed(job.transition == null ? place : job.transition.value().span());
    if (job.predecessors != null) {
      transition.put("predecessors", job.predecessors);
    }
    var successors = new Composed(transition.span());
    job.successors.forEach(successors::put);
    transition.put("successors", transition.span(), successors.build());
    return transition.build();
  }

  /** The place of the field that a job's edges come from. */
  Span placeOf(String id, Span otherwise) {
    var job = jobs.get(id);
    return job == null || job.transition == null ? otherwise : job.transition.key().span();
  }

  private void drawDag(Node dag) {
    switch (dag) {
      case Scalar word when word.text().equalsIgnoreCase("sequential") -> drawSequence(word.span());
      case Scalar word when word.text().equalsIgnoreCase("parallel") -> {}
      case Entries entries ->
          entries
              .entries()
              .forEach((id, entry) -> {
                var job = jobs.get(id);
                if (job == null) {
                  reportUnknown(entry.key(), id);
                } else if (job.transition == null && !saysNothing(entry.value())) {
                  transition(job, entry.value());
                }
              });
      case Scalar _, Items _ ->
          problems.add(
              ProblemCode.VALUE,
              problems.source().firstLine(dag.span()),
              "expected sequential, parallel or transitions by job, such as {job1: [job2]}, found "
                  + (dag instanceof Scalar word
                      ? "'" + Words.shortened(word.text()) + "'"
                      : "a list"),
              dag instanceof Scalar word
                  ? YamlFields.nearest(word.text(), List.of("sequential", "parallel"))
                  : null);
    }
  }

  private void drawSequence(Span place) {
    var ids = List.copyOf(jobs.keySet());
    for (var i = 0; i + 1 < ids.size(); i++) {
      var from = jobs.get(ids.get(i));
      var to = jobs.get(ids.get(i + 1));
      if (from != null && to != null && from.transition == null && to.needs == null) {
        connect(from, Scalar.made(ids.get(i + 1), place), Scalar.made("true", place));
      }
    }
  }

  private void drawNeeds(String id, Job job) {
    if (job.needs == null) {
      return;
    }
    var items = job.needs instanceof Items list ? list.items() : List.of(job.needs);
    for (var item : items) {
      if (!(item instanceof Scalar name) || name.isNull()) {
        problems.add(
            ProblemCode.EDGE,
            problems.source().firstLine(item.span()),
            "expected the id of a job that has to end first, such as [extract, load]");
      } else {
        var before = jobs.get(name.text());
        if (before == null) {
          reportUnknown(name, name.text());
        } else {
          // Shown where it is written, which is not where the edge begins.
          connect(before, new Scalar(id, id, name.span(), null), Scalar.made("true", name.span()));
        }
      }
    }
  }

  private void drawReferences(String id, Job job) {
    References.jobsIn(
        job.content,
        step -> {
          var before = jobs.get(step);
          if (before != null && !step.equals(id) && !leads(step, id)) {
            var place = job.content.span();
            connect(before, Scalar.made(id, place), Scalar.made("true", place));
          }
        });
  }

  private boolean leads(String from, String to) {
    var seen = new HashSet<String>();
    var next = new ArrayDeque<String>(List.of(from));
    while (!next.isEmpty()) {
      var id = next.remove();
      var job = jobs.get(id);
      if (id.equals(to)) {
        return true;
      }
      if (job != null && seen.add(id)) {
        next.addAll(job.successors.keySet());
      }
    }
    return false;
  }

  private void reportUnknown(Scalar place, String id) {
    problems.add(
        ProblemCode.EDGE,
        place.span(),
        "expected a job of the same level, found '" + Words.shortened(id) + "', which isn't there",
        YamlFields.nearest(id, jobs.keySet()));
  }

  private static void connect(Job from, Scalar to, Node condition) {
    from.successors.putIfAbsent(to.text(), new Entry(to, condition));
  }

  private void transition(Job job, Node written) {
    if (written instanceof Entries json && (json.has("successors") || json.has("predecessors"))) {
      jsonTransition(job, json);
      return;
    }
    var items = written instanceof Items list ? list.items() : List.of(written);
    var conditions = new ArrayList<String>();
    for (var i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Scalar item && item.isText()) {
        item(job, item, conditions, i + 1 == items.size());
      } else {
        refuseItem(items.get(i));
      }
    }
  }

  private void jsonTransition(Job job, Entries json) {
    job.predecessors = json.entries().get("predecessors");
    if (json.get("successors") instanceof Entries successors) {
      job.successors.putAll(successors.entries());
    }
    for (var entry : json.entries().entrySet()) {
      if (!JSON_FIELDS.contains(entry.getKey())) {
        problems.add(
            ProblemCode.UNKNOWN_FIELD,
            entry.getValue().key().span(),
            "unknown field '" + entry.getKey() + "' in a transition");
      }
    }
  }

  private void refuseItem(Node item) {
    problems.add(
        ProblemCode.EDGE,
        problems.source().firstLine(item.span()),
        "expected 'job', 'IF condition THEN job' or 'OTHERWISE job'"
            + (item instanceof Entries
                ? ", found a mapping; put a condition with ': ' in quotes"
                : ""));
  }

  private void item(Job job, Scalar item, List<String> conditions, boolean isLast) {
    var text = item.text();
    var to = lastWord(text, text.length());
    var target = item.part(to.start(), to.end());
    var first = firstWord(text);
    if (first.equals(to)) {
      join(job, target, Scalar.made("true", item.span()));
      return;
    }
    var keyword = text.substring(first.start(), first.end()).toUpperCase(Locale.ROOT);
    var then = lastWord(text, to.start());
    if (keyword.equals("OTHERWISE") && then.equals(first)) {
      otherwise(job, item, target, conditions, isLast);
    } else if (keyword.equals("IF")
        && text.substring(then.start(), then.end()).equalsIgnoreCase("THEN")
        && !text.substring(first.end(), then.start()).isBlank()) {
      var condition = condition(item, first.end(), then.start());
      conditions.add(condition.text());
      join(job, target, condition);
    } else {
      refuseItem(item);
    }
  }

  private static Scalar condition(Scalar item, int from, int to) {
    var start = from;
    var end = to;
    while (Character.isWhitespace(item.text().charAt(start))) {
      start++;
    }
    while (Character.isWhitespace(item.text().charAt(end - 1))) {
      end--;
    }
    return item.part(start, end);
  }

  private void otherwise(
      Job job, Scalar item, Scalar target, List<String> conditions, boolean isLast) {
    if (!isLast || conditions.isEmpty()) {
      problems.add(
          ProblemCode.EDGE,
          item.span(),
          "expected OTHERWISE as the last item, after at least one IF");
      return;
    }
    join(job, target, Scalar.made("!((" + String.join(") || (", conditions) + "))", item.span()));
  }

  /** Two edges to one job are one: it runs if either holds. */
  private static void join(Job job, Scalar target, Scalar condition) {
    var before = job.successors.get(target.text());
    if (before == null) {
      job.successors.put(target.text(), new Entry(target, condition));
    } else if (before.value() instanceof Scalar first && !first.text().equals("true")) {
      var joined =
          condition.text().equals("true")
              ? condition
              : Scalar.made("(" + first.text() + ") || (" + condition.text() + ")", target.span());
      job.successors.put(target.text(), new Entry(before.key(), joined));
    }
  }

  private static Span firstWord(String text) {
    var start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    var end = start;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return new Span(start, end);
  }

  private static Span lastWord(String text, int before) {
    var end = before;
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    var start = end;
    while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    return new Span(start, end);
  }
}
