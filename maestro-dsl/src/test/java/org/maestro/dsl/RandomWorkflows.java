package org.maestro.dsl;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.MaxFailures;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.SignalDependency;
import org.maestro.model.definition.SignalOutput;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.Transition;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;
import org.maestro.model.tag.TagNamespace;
import org.maestro.sel.Decimals;

/** Workflows that keep every rule and use every field now and then. */
final class RandomWorkflows {
  private final Random random;
  private int ids;

  RandomWorkflows(long seed) {
    this.random = new Random(seed);
  }

  Workflow workflow() {
    return new Workflow(
        "wf" + random.nextInt(1_000),
        maybe(this::text),
        maybe(this::text),
        tags(),
        maybe(this::timeout),
        list(3, this::timeTrigger),
        list(3, this::signalTrigger),
        maybe(() -> pick(List.of("CRITICAL", "HIGH", "MEDIUM", "LOW"))),
        maybe(() -> 1L + random.nextInt(999)),
        params(2),
        steps(3));
  }

  Properties properties() {
    var owner = maybe(this::text);
    return new Properties(
        owner,
        owner == null ? null : maybe(() -> Map.of("AUTH_BLOB", text())),
        maybe(() -> Map.of("team", text())),
        maybe(() ->
            random.nextBoolean()
                ? new RunStrategy(
                    RunStrategy.Rule.PARALLEL, maybe(() -> 1L + random.nextInt(1_000)))
                : new RunStrategy(pick(List.of(RunStrategy.Rule.values())), null)),
        maybe(() -> 1L + random.nextInt(1_000)),
        maybe(() -> Map.of("emails", List.of(text()), "tct", Map.of("completed_by_hour", 1L))),
        maybe(random::nextBoolean),
        maybe(random::nextBoolean),
        maybe(random::nextBoolean),
        maybe(this::text),
        maybe(this::tags));
  }

  private List<Step> steps(int depth) {
    var count = 1 + random.nextInt(4);
    var names = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      names.add("s" + ids++ + pick(List.of("", ".x", "-y", "_z")));
    }
    var steps = new ArrayList<Step>();
    for (var i = 0; i < count; i++) {
      steps.add(step(names, i, steps, depth));
    }
    return steps;
  }

  private Step step(List<String> names, int index, List<Step> before, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 ->
          new Step.Subworkflow(
              common(
                  names,
                  index,
                  before,
                  Map.of("subworkflow_id", Param.literal(ParamType.STRING, "x"))),
              random.nextBoolean(),
              random.nextBoolean());
      case 1 ->
          new Step.Template(common(names, index, before, Map.of()), text(), maybe(this::text));
      case 3 ->
          new Step.Foreach(
              common(names, index, before, loop(ParamType.LONG_ARRAY, List.of(1L, 2L))),
              maybe(() -> 1L + random.nextInt(500)),
              random.nextBoolean(),
              maybe(() -> new MaxFailures(pick(List.of("all", "0", "20", "10%", "0.5%")))),
              steps(depth - 1));
      case 4 ->
          new Step.While(
              common(names, index, before, loop(ParamType.LONG, 1L)), "i < 5", steps(depth - 1));
      default -> {
        var common = common(names, index, before, Map.of());
        yield new Step.Typed(
            common,
            pick(List.of(StepType.NOOP, StepType.SQL, StepType.KUBERNETES)).label(),
            maybe(this::text),
            maybe(this::text),
            maybe(this::retryPolicy),
            random.nextBoolean() ? List.of() : List.copyOf(common.params().keySet()));
      }
    };
  }

  private static Map<String, Param> loop(ParamType type, Object value) {
    return Map.of(
        "loop_params", Param.literal(ParamType.MAP, Map.of("i", Param.literal(type, value))));
  }

  private Step.Common common(
      List<String> names, int index, List<Step> before, Map<String, Param> required) {
    var params = new LinkedHashMap<>(params(2));
    params.putAll(required);
    var successors = new LinkedHashMap<String, String>();
    for (var name : names.subList(index + 1, names.size())) {
      if (random.nextBoolean()) {
        successors.put(name, pick(List.of("true", "false", "x > 5")));
      }
    }
    var predecessors =
        before.stream()
            .filter(step -> step.common().transition().successors().containsKey(names.get(index)))
            .map(Step::id)
            .toList();
    return new Step.Common(
        names.get(index),
        maybe(this::text),
        maybe(this::text),
        new Transition(random.nextBoolean() ? predecessors : List.of(), successors),
        maybe(() -> pick(List.of(FailureMode.values()))),
        tags(),
        maybe(this::timeout),
        list(2, this::dependency),
        list(2, this::output),
        params);
  }

  private RetryPolicy retryPolicy() {
    return new RetryPolicy(
        maybe(this::small), maybe(this::small), maybe(this::small), maybe(this::backoff));
  }

  private RetryPolicy.Backoff backoff() {
    var exponential = random.nextBoolean();
    return new RetryPolicy.Backoff(
        exponential
            ? RetryPolicy.BackoffType.EXPONENTIAL_BACKOFF
            : RetryPolicy.BackoffType.FIXED_BACKOFF,
        maybe(this::small),
        exponential ? maybe(this::small) : null,
        exponential ? maybe(this::small) : null,
        maybe(this::small),
        exponential ? maybe(this::small) : null,
        exponential ? maybe(this::small) : null,
        maybe(this::small),
        exponential ? maybe(this::small) : null,
        exponential ? maybe(this::small) : null);
  }

  private TimeTrigger timeTrigger() {
    var type = pick(List.of(TimeTrigger.Type.values()));
    return new TimeTrigger(
        type,
        type == TimeTrigger.Type.CRON ? pick(List.of("*/5 * * * *", "0 0 12 1/1 * ? *")) : null,
        type == TimeTrigger.Type.PREDEFINED ? "@daily" : null,
        type == TimeTrigger.Type.INTERVAL ? pick(List.of("6h", "7200")) : null,
        maybe(() -> "2026-01-31T08:00:00Z"),
        maybe(() -> "1790000000000"),
        maybe(() -> pick(List.of(TimeTrigger.CatchUp.values()))),
        maybe(() -> pick(List.of("UTC", "Europe/Berlin"))),
        maybe(() -> "30s"));
  }

  private SignalTrigger signalTrigger() {
    var joinKeys = list(2, () -> "key" + ids++);
    var definitions = new LinkedHashMap<String, SignalTrigger.Entry>();
    for (var i = 0; i <= random.nextInt(3); i++) {
      var matches = new LinkedHashMap<String, SignalTrigger.Match>();
      matches.put(
          "n", new SignalTrigger.Match(random.nextLong(), pick(List.of(MatchOperator.values()))));
      matches.put("t", new SignalTrigger.Match(text(), MatchOperator.EQUALS));
      definitions.put("db/table" + i, new SignalTrigger.Entry(matches, joinKeys));
    }
    return new SignalTrigger(
        definitions, params(1), maybe(() -> "1 > 0"), maybe(() -> "UUID.randomUUID().toString()"));
  }

  private SignalDependency dependency() {
    var matches = new LinkedHashMap<String, SignalDependency.Match>();
    matches.put(
        "a", new SignalDependency.Match(signalParam(), pick(List.of(MatchOperator.values()))));
    matches.put("b", new SignalDependency.Match(signalParam(), MatchOperator.EQUALS));
    return new SignalDependency("db/${x}", random.nextBoolean() ? matches : Map.of());
  }

  private SignalOutput output() {
    return new SignalOutput(
        "made", Map.of("n", signalParam()), maybe(() -> Map.of("any", List.of(1L, "x"))));
  }

  private Param signalParam() {
    return random.nextBoolean()
        ? Param.literal(ParamType.LONG, random.nextLong())
        : Param.expression(ParamType.STRING, "'a' + 1");
  }

  private Map<String, Param> params(int depth) {
    var params = new LinkedHashMap<String, Param>();
    for (var i = random.nextInt(4); i > 0; i--) {
      params.put("p" + ids++, param(depth));
    }
    return params;
  }

  private Param param(int depth) {
    var type = pick(List.of(ParamType.values()));
    var literal = random.nextInt(4) > 0;
    return new Param(
        type,
        literal ? value(type, depth) : null,
        literal ? null : "a + 1",
        maybe(() -> pick(List.of(ParamMode.values()))),
        null,
        null,
        maybe(() -> "param != null"),
        tags(),
        null,
        null);
  }

  private Object value(ParamType type, int depth) {
    return switch (type) {
      case STRING -> text();
      case LONG -> random.nextLong();
      case DOUBLE -> decimal();
      case BOOLEAN -> random.nextBoolean();
      case STRING_ARRAY -> list(4, this::text);
      case LONG_ARRAY -> list(4, random::nextLong);
      case DOUBLE_ARRAY -> list(4, this::decimal);
      case BOOLEAN_ARRAY -> list(4, random::nextBoolean);
      case STRING_MAP -> Map.of("k" + text(), text());
      case MAP -> depth == 0 ? Map.of() : params(depth - 1);
    };
  }

  private List<Tag> tags() {
    return list(
        2,
        () ->
            new Tag(
                "tag " + ids++,
                maybe(() -> pick(List.of(TagNamespace.values()))),
                random.nextBoolean() ? Map.of("colour", text()) : Map.of()));
  }

  private BigDecimal decimal() {
    return Decimals.normal(BigDecimal.valueOf(random.nextLong(), random.nextInt(30)));
  }

  private String timeout() {
    return pick(List.of("100", "1d 2h", "${limit}s", "5 minutes"));
  }

  private String small() {
    return pick(List.of("0", "1", "99", "$limit", "07"));
  }

  private String text() {
    return pick(List.of("a", "x/y~z", "ä☃😀", "two\nlines", "\"quoted\"", "5", "true", "null"));
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private <T> T maybe(Supplier<T> supplier) {
    return random.nextInt(3) == 0 ? supplier.get() : null;
  }

  private <T> List<T> list(int most, Supplier<T> supplier) {
    var list = new ArrayList<T>();
    for (var i = random.nextInt(most + 1); i > 0; i--) {
      list.add(supplier.get());
    }
    return list;
  }
}
