package org.maestro.param;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

/**
 * Puts layers of parameter definitions over each other, later ones winning as far as the modes
 * permit. Collects problems instead of stopping at the first.
 */
final class ParamMerge {
  private static final Set<ParamMode> CHANGEABLE_ON_START =
      EnumSet.of(ParamMode.MUTABLE, ParamMode.MUTABLE_ON_START_RESTART, ParamMode.MUTABLE_ON_START);
  private static final Set<ParamMode> CHANGEABLE_ON_RESTART =
      EnumSet.of(ParamMode.MUTABLE, ParamMode.MUTABLE_ON_START_RESTART);

  private final Function<String, @Nullable Param> defaults;
  private final String pointer;
  private final LinkedHashMap<String, Param> params = new LinkedHashMap<>();
  private final List<DefinitionProblem> problems = new ArrayList<>();

  /**
   * @param defaults what a name is merged into that isn't there yet; null if nothing
   * @param pointer where the params are in their document
   */
  ParamMerge(Function<String, @Nullable Param> defaults, String pointer) {
    this.defaults = defaults;
    this.pointer = pointer;
  }

  /**
   * Who puts a layer on.
   *
   * @param source stamped on what it sets
   * @param restart whether this happens on a restart
   */
  record Stage(ParamSource source, boolean restart) {
    static final Stage SYSTEM = new Stage(ParamSource.SYSTEM_DEFAULT, false);

    boolean mayChange(ParamMode mode) {
      return switch (source) {
        case OUTPUT_PARAMETER -> mode == ParamMode.MUTABLE;
        case RESTART -> CHANGEABLE_ON_RESTART.contains(mode);
        case DEFINITION, SIGNAL, TIME_TRIGGER, LAUNCH, SUBWORKFLOW, TEMPLATE, FOREACH, WHILE ->
            (restart ? CHANGEABLE_ON_RESTART : CHANGEABLE_ON_START).contains(mode);
        case SYSTEM, TEMPLATE_SCHEMA, SYSTEM_INJECTED, SYSTEM_DEFAULT, WORKFLOW_PARAMETER -> true;
      };
    }

    boolean isSystem() {
      return switch (source) {
        case SYSTEM, TEMPLATE_SCHEMA, SYSTEM_INJECTED, SYSTEM_DEFAULT, WORKFLOW_PARAMETER -> true;
        case DEFINITION,
            SIGNAL,
            TIME_TRIGGER,
            LAUNCH,
            SUBWORKFLOW,
            TEMPLATE,
            FOREACH,
            WHILE,
            OUTPUT_PARAMETER,
            RESTART ->
            false;
      };
    }

    /** Whether a parent run hands the params over: it has control over its children. */
    boolean isUpstream() {
      return switch (source) {
        case SUBWORKFLOW, FOREACH, WHILE, TEMPLATE -> true;
        case SYSTEM,
            TEMPLATE_SCHEMA,
            SYSTEM_INJECTED,
            SYSTEM_DEFAULT,
            WORKFLOW_PARAMETER,
            DEFINITION,
            SIGNAL,
            TIME_TRIGGER,
            LAUNCH,
            OUTPUT_PARAMETER,
            RESTART ->
            false;
      };
    }
  }

  /** Takes a layer as it is. */
  void put(Map<String, Param> layer) {
    params.putAll(layer);
  }

  /** Puts a layer over what is there. */
  void merge(Map<String, Param> layer, Stage stage) {
    merge(params, defaults, layer, stage, pointer, null);
  }

  private void merge(
      Map<String, Param> into,
      Function<String, @Nullable Param> absent,
      Map<String, Param> layer,
      Stage stage,
      String at,
      @Nullable ParamMode parentMode) {
    for (var entry : layer.entrySet()) {
      var name = entry.getKey();
      var present = into.get(name);
      var base = present != null ? present : absent.apply(name);
      var merged = mergeOne(name, base, entry.getValue(), stage, at, parentMode);
      if (merged != null) {
        into.put(name, merged);
      }
    }
  }

  private @Nullable Param mergeOne(
      String name,
      @Nullable Param base,
      Param over,
      Stage stage,
      String at,
      @Nullable ParamMode parentMode) {
    var here = at + "/" + escape(name);
    var cast = base == null || base.type() == over.type() ? over : cast(over, base, here, name);
    if (cast == null) {
      return null;
    }
    var internalMode =
        base != null && base.internalMode() != null ? base.internalMode() : over.internalMode();
    var mode = mode(base, over, internalMode, stage, parentMode);
    var value = cast.value();
    var parts = false;
    if (cast.type() == ParamType.MAP && value != null) {
      var nested = new LinkedHashMap<>(base == null ? Map.<String, Param>of() : base.nested());
      merge(
          nested,
          _ -> null,
          cast.nested(),
          stage,
          here,
          stricter(base == null ? over.mode() : base.mode(), parentMode));
      value = nested;
      parts = base != null && !base.nested().isEmpty();
    } else if (cast.type() == ParamType.STRING_MAP
        && value instanceof Map<?, ?> entries
        && base != null
        && base.value() instanceof Map<?, ?> baseEntries) {
      value = union(baseEntries, base.isEvaluated(), entries, cast.isEvaluated());
      parts = true;
    }
    var validator = cast.validator() != null || base == null ? cast.validator() : base.validator();
    var merged =
        new Param(
            cast.type(),
            value,
            cast.expression(),
            mode,
            internalMode,
            source(base, over, stage),
            validator,
            tags(base, cast),
            parts ? null : cast.evaluatedResult(),
            parts ? null : cast.evaluatedTime());
    return base == null ? merged : checked(base, merged, over, stage, here, name);
  }

  private @Nullable Param checked(
      Param base, Param merged, Param over, Stage stage, String here, String name) {
    if (same(base, merged)) {
      // nothing was changed: keep what was evaluated before
      return base.isEvaluated() && merged.source() != null
          ? base.withSource(merged.source())
          : merged;
    }
    if (stage.isSystem()
        || (stage.isUpstream()
            && over.source() != null
            && over.source() != ParamSource.DEFINITION)) {
      return merged;
    }
    var problem = refusal(base, merged, over, stage, name);
    if (problem != null) {
      problems.add(new DefinitionProblem(here, problem, null));
      return null;
    }
    return merged;
  }

  private static @Nullable String refusal(
      Param base, Param merged, Param over, Stage stage, String name) {
    if (base.internalMode() == InternalMode.RESERVED) {
      return "Cannot modify param with system mode [RESERVED] for parameter [" + name + "]";
    }
    if (!stage.mayChange(merged.effectiveMode())) {
      return "Cannot modify param with mode ["
          + merged.effectiveMode()
          + "] for parameter ["
          + name
          + "]";
    }
    if (merged.effectiveMode().compareTo(base.effectiveMode()) < 0) {
      return "Cannot modify param mode to be less strict for parameter ["
          + name
          + "] from ["
          + base.effectiveMode()
          + "] to ["
          + merged.effectiveMode()
          + "]";
    }
    if (over.internalMode() != null) {
      return "Cannot modify system mode for parameter [" + name + "]";
    }
    return null;
  }

  private @Nullable Param cast(Param over, Param base, String here, String name) {
    var type = base.type();
    try {
      var value = over.value() == null ? null : castValue(type, over);
      var result = over.evaluatedResult() == null ? null : value;
      if (type == ParamType.MAP && over.evaluatedResult() != null) {
        result = over.evaluatedResult();
      }
      return new Param(
          type,
          value,
          over.expression(),
          over.mode(),
          over.internalMode(),
          over.source(),
          over.validator(),
          over.tags(),
          result,
          result == null ? null : over.evaluatedTime());
    } catch (IllegalArgumentException _) {
      problems.add(
          new DefinitionProblem(
              here,
              "ParameterDefinition type mismatch name ["
                  + name
                  + "] from ["
                  + over.type()
                  + "] != to ["
                  + type
                  + "]"
                  + howToWrite(type),
              null));
      return null;
    }
  }

  private static String howToWrite(ParamType type) {
    return switch (type) {
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY -> "; write a list, as in [a, b]";
      case STRING_MAP, MAP -> "; write a mapping, as in {name: value}";
      case STRING, LONG, DOUBLE, BOOLEAN -> "";
    };
  }

  private static Object castValue(ParamType type, Param over) {
    var value = Objects.requireNonNull(over.value());
    if (type != ParamType.MAP || over.type() != ParamType.STRING_MAP) {
      return Values.cast(type, value);
    }
    var parts = new LinkedHashMap<String, Param>();
    ((Map<?, ?>) value)
        .forEach((key, text) -> {
          var part = Param.literal(ParamType.STRING, text);
          var time = over.evaluatedTime();
          parts.put(String.valueOf(key), time == null ? part : part.evaluated(text, time));
        });
    return parts;
  }

  private static ParamMode mode(
      @Nullable Param base,
      Param over,
      @Nullable InternalMode internalMode,
      Stage stage,
      @Nullable ParamMode parentMode) {
    var mode = over.mode() != null ? over.mode() : base != null ? base.mode() : null;
    if (internalMode == InternalMode.RESERVED) {
      mode = ParamMode.CONSTANT;
    }
    if (mode == null) {
      mode = ParamMode.MUTABLE;
    }
    if (stage.isUpstream() && base != null) {
      mode = Objects.requireNonNull(stricter(mode, base.effectiveMode()));
    }
    return Objects.requireNonNull(stricter(mode, parentMode));
  }

  private static @Nullable ParamMode stricter(@Nullable ParamMode one, @Nullable ParamMode other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static ParamSource source(@Nullable Param base, Param over, Stage stage) {
    if (base == null && stage.isSystem() && over.source() != null) {
      return over.source();
    }
    return stage.source();
  }

  private static List<Tag> tags(@Nullable Param base, Param over) {
    if (base == null || base.tags().isEmpty()) {
      return over.tags();
    }
    if (over.tags().isEmpty()) {
      return base.tags();
    }
    var all = new LinkedHashSet<>(base.tags());
    all.addAll(over.tags());
    return List.copyOf(all);
  }

  /** What was evaluated before must not be interpolated again together with what was not. */
  private static Map<String, String> union(
      Map<?, ?> base, boolean baseEvaluated, Map<?, ?> over, boolean overEvaluated) {
    var all = new LinkedHashMap<String, String>();
    base.forEach((key, value) -> all.put(plain(key, baseEvaluated), plain(value, baseEvaluated)));
    over.forEach((key, value) -> all.put(plain(key, overEvaluated), plain(value, overEvaluated)));
    return all;
  }

  private static String plain(Object text, boolean evaluated) {
    var string = String.valueOf(text);
    return evaluated ? string.replace("$", "$$") : string;
  }

  /** Whether two definitions say the same; who said it and what came out of it don't matter. */
  private static boolean same(Param one, Param other) {
    return one.type() == other.type()
        && one.effectiveMode() == other.effectiveMode()
        && Objects.equals(one.expression(), other.expression())
        && Objects.equals(one.validator(), other.validator())
        && Set.copyOf(one.tags()).equals(Set.copyOf(other.tags()))
        && sameValue(one, other);
  }

  private static boolean sameValue(Param one, Param other) {
    if (one.type() != ParamType.MAP) {
      return Objects.equals(one.value(), other.value());
    }
    if ((one.value() == null) != (other.value() == null)) {
      return false;
    }
    var parts = one.nested();
    var otherParts = other.nested();
    return parts.keySet().equals(otherParts.keySet())
        && parts.entrySet().stream()
            .allMatch(entry ->
                same(entry.getValue(), Objects.requireNonNull(otherParts.get(entry.getKey()))));
  }

  /** What came out, with optional params that got no value still in it. */
  Map<String, Param> uncleaned() {
    return params;
  }

  /** What came out; optional params that got no value are dropped. */
  Map<String, Param> cleaned() {
    return cleaned(params, pointer);
  }

  private Map<String, Param> cleaned(Map<String, Param> dirty, String at) {
    var clean = new LinkedHashMap<String, Param>();
    dirty.forEach((name, param) -> {
      var here = at + "/" + escape(name);
      var tidy = tidy(param, here);
      if (hasValue(tidy)) {
        clean.put(name, tidy);
      } else if (param.internalMode() != InternalMode.OPTIONAL
          && problems.stream().noneMatch(known -> known.pointer().equals(here))) {
        problems.add(
            new DefinitionProblem(
                here,
                "[" + name + "] is a required parameter (type=[" + param.type() + "])",
                null));
      }
    });
    return clean;
  }

  private Param tidy(Param param, String here) {
    var nested = param.nested();
    if (nested.isEmpty() && param.internalMode() == null) {
      return param;
    }
    return new Param(
        param.type(),
        nested.isEmpty() ? param.value() : cleaned(nested, here),
        param.expression(),
        param.mode(),
        null,
        param.source(),
        param.validator(),
        param.tags(),
        param.evaluatedResult(),
        param.evaluatedTime());
  }

  private static boolean hasValue(Param param) {
    return param.value() != null || param.expression() != null || param.isEvaluated();
  }

  /** What went wrong so far. */
  List<DefinitionProblem> problems() {
    return problems;
  }

  /**
   * What came out, cleaned.
   *
   * @throws ParamException if anything went wrong
   */
  Map<String, Param> orThrow() {
    var clean = cleaned();
    if (!problems.isEmpty()) {
      throw new ParamException(problems);
    }
    return clean;
  }

  /** A name as a part of a JSON pointer. */
  static String escape(String name) {
    return name.indexOf('~') < 0 && name.indexOf('/') < 0
        ? name
        : name.replace("~", "~0").replace("/", "~1");
  }
}
