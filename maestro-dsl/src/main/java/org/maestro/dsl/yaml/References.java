package org.maestro.dsl.yaml;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.param.ParamType;

/** What names like {@code ${dates@step1}} stand for in one document. */
final class References {
  private static final Pattern WHOLE =
      Pattern.compile("\\s*\\$(?:\\{([^{}$@]+)(?:@([^{}$@]+))?\\}|([a-zA-Z][_a-zA-Z0-9]*))\\s*");
  private static final Pattern OF_STEP = Pattern.compile("\\$\\{[^{}$@]+@([^{}$@]+)\\}");
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final int LONGEST = 1_000;

  private final Map<String, Map<String, ParamType>> byJob = new LinkedHashMap<>();
  private final Map<String, ParamType> ofWorkflow = new LinkedHashMap<>();

  /** The parameters that a workflow and its jobs declare. */
  References(Entries workflow) {
    addParams(workflow, ofWorkflow);
    addJobs(workflow.get("jobs"));
    for (var kind : HandlerKind.values()) {
      addJobs(workflow.get(kind.field()));
    }
  }

  private void addJobs(@Nullable Node jobs) {
    if (jobs instanceof Items items) {
      for (var item : items.items()) {
        if (item instanceof Entries entries) {
          addJob(entries);
          entries
              .entries()
              .values()
              .forEach(entry -> {
                if (entry.value() instanceof Entries inner && inner.has("id")) {
                  addJob(inner);
                }
              });
        }
      }
    }
  }

  private void addJob(Entries job) {
    if (job.get("id") instanceof Scalar id && !byJob.containsKey(id.text())) {
      var types = new LinkedHashMap<String, ParamType>();
      byJob.put(id.text(), types);
      addParams(job, types);
      addJobs(job.get("jobs"));
    }
  }

  private static void addParams(Entries owner, Map<String, ParamType> types) {
    owner
        .entries()
        .forEach((name, entry) -> {
          if (entry.value() instanceof Entries block
              && (name.equals("params") || name.equals("outputs"))) {
            addParams(block, types);
          } else {
            addParam(name, entry.value(), types);
          }
        });
  }

  private static void addParam(String written, Node value, Map<String, ParamType> types) {
    var key = ParamKey.of(written).orElse(null);
    if (key == null) {
      return;
    }
    var declared = key.paramType();
    var type =
        declared != null
            ? declared
            : key.isExpression() && value instanceof Scalar scalar
                ? Types.ofExpression(scalar.text())
                : longFormType(value);
    if (type != null) {
      types.putIfAbsent(key.name(), type);
    }
  }

  private static @Nullable ParamType longFormType(Node value) {
    return Types.isLongForm(value)
            && value instanceof Entries entries
            && entries.get("type") instanceof Scalar type
        ? ParamType.valueOf(type.text().toUpperCase(Locale.ROOT))
        : Types.of(value);
  }

  /**
   * A text that is a reference and nothing else.
   *
   * @param expression the same in SEL
   * @param type of what it refers to; null if that isn't declared
   */
  record Whole(String expression, @Nullable ParamType type) {}

  /** What a text refers to, if it is one reference and nothing else. */
  Optional<Whole> whole(String text) {
    var match = WHOLE.matcher(text);
    if (text.length() > LONGEST || !match.matches()) {
      return Optional.empty();
    }
    var name = match.group(1) == null ? match.group(3) : match.group(1);
    var step = match.group(2);
    var separator = name.indexOf("__");
    if (step == null && separator > 0 && byJob.containsKey(name.substring(0, separator))) {
      step = name.substring(0, separator);
      name = name.substring(separator + 2);
    }
    return Optional.of(
        step == null
            ? new Whole(
                IDENTIFIER.matcher(name).matches() ? name : "params.get('" + name + "')",
                ofWorkflow.get(name))
            : new Whole(
                IDENTIFIER.matcher(step + "__" + name).matches()
                    ? step + "__" + name
                    : "params.getFromStep('" + step + "', '" + name + "')",
                byJob.getOrDefault(step, Map.of()).get(name)));
  }

  /** The type of an expression that is just a name; null if it is more, or not declared. */
  @Nullable ParamType typeOf(String expression) {
    var name = expression.strip().replaceFirst(";$", "").strip();
    return IDENTIFIER.matcher(name).matches()
        ? whole("${" + name + "}").map(Whole::type).orElse(null)
        : null;
  }

  /** Calls back with every job that a {@code ${name@job}} below a node names. */
  static void jobsIn(Node node, Consumer<String> found) {
    switch (node) {
      case Scalar scalar -> {
        if (scalar.value() instanceof String text && text.indexOf('@') > 0) {
          var match = OF_STEP.matcher(text);
          while (match.find()) {
            if (match.start() == 0 || text.charAt(match.start() - 1) != '$') {
              found.accept(match.group(1));
            }
          }
        }
      }
      case Items items -> items.items().forEach(item -> jobsIn(item, found));
      case Entries entries ->
          entries.entries().values().forEach(entry -> jobsIn(entry.value(), found));
    }
  }
}
