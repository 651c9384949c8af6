package org.maestro.engine.step.runtime.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.SecretText;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReport.JobCompleted;
import org.maestro.engine.step.runtime.StepReport.JobFailed;
import org.maestro.engine.step.runtime.StepReport.JobProgressed;
import org.maestro.engine.step.runtime.StepReport.JobStarted;
import org.maestro.engine.step.runtime.StepReport.JobTerminated;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.param.SecretReference;

/** The secrets that one job has been given. */
public final class Granted {
  /** None. */
  public static final Granted NONE = new Granted(Map.of());

  private final Map<SecretReference, String> values;
  private final Masks masks;

  Granted(Map<SecretReference, String> values) {
    this.values = Map.copyOf(values);
    this.masks = Masks.of(values.values());
  }

  /**
   * The same launch with the secrets in it.
   *
   * @param places where they may be, such as {@code docker.env}
   * @throws InvalidJobException if one is named elsewhere
   */
  public Launch handOver(Launch launch, Set<String> places) {
    if (values.isEmpty()) {
      return launch;
    }
    var strays = new ArrayList<String>();
    var params = new LinkedHashMap<String, Object>();
    launch
        .params()
        .forEach((name, value) -> {
          var filled = fill(value, name, places, strays);
          if (filled != null) {
            params.put(name, filled);
          }
        });
    if (!strays.isEmpty()) {
      throw new InvalidJobException(
          "%s: a secret can't be used there; this type of step takes them in %s"
              .formatted(String.join(", ", strays), String.join(", ", new TreeSet<>(places))));
    }
    return launch.with(params);
  }

  private @Nullable Object fill(
      @Nullable Object value, String where, Set<String> places, List<String> strays) {
    return switch (value) {
      case SecretText secret -> {
        if (places.stream()
            .noneMatch(place -> where.equals(place) || where.startsWith(place + "."))) {
          strays.add(where);
        }
        yield fill(secret);
      }
      case List<?> list -> {
        var filled = new ArrayList<@Nullable Object>();
        for (var one : list) {
          filled.add(fill(one, where + "." + filled.size(), places, strays));
        }
        yield filled;
      }
      case Map<?, ?> map -> {
        var filled = new LinkedHashMap<@Nullable Object, @Nullable Object>();
        map.forEach((key, one) -> filled.put(key, fill(one, where + "." + key, places, strays)));
        yield filled;
      }
      case null, default -> value;
    };
  }

  private String fill(SecretText text) {
    return SecretReference.matcher(text.text())
        .replaceAll(found -> {
          var name = new SecretReference(found.group(1), found.group(2));
          var value = values.get(name);
          return Matcher.quoteReplacement(value == null ? name.toString() : value);
        });
  }

  /** What must not be seen of them. */
  public Masks masks() {
    return masks;
  }

  /** A report without them: what a job puts out may hold what it was given. */
  public StepReport masked(StepReport report) {
    if (masks.isEmpty()) {
      return report;
    }
    return switch (report) {
      case JobStarted started -> new JobStarted(maskedMap(started.artifacts()));
      case JobProgressed progressed -> new JobProgressed(masks.mask(progressed.message()));
      case JobCompleted completed ->
          new JobCompleted(maskedParams(completed.outputs()), maskedMap(completed.artifacts()));
      case JobFailed failed ->
          new JobFailed(failed.kind(), masks.mask(failed.message()), maskedMap(failed.artifacts()));
      case JobTerminated terminated -> terminated;
    };
  }

  @SuppressWarnings("unchecked") // it was one before
  private Map<String, Object> maskedMap(Map<String, Object> values) {
    return (Map<String, Object>) Objects.requireNonNull(masks.mask((Object) values));
  }

  private Map<String, Param> maskedParams(Map<String, Param> params) {
    var masked = new LinkedHashMap<String, Param>();
    params.forEach((name, param) -> masked.put(masks.mask(name), masked(param)));
    return masked;
  }

  /** A type that has no room for the mask becomes a text. */
  private Param masked(Param param) {
    var result = masks.mask(param.evaluatedResult());
    if (Objects.equals(result, param.evaluatedResult())) {
      return param;
    }
    var written =
        switch (param.type()) {
          case STRING, STRING_ARRAY, STRING_MAP ->
              Param.literal(param.type(), Objects.requireNonNull(result));
          case MAP -> Param.literal(ParamType.MAP, maskedParams(param.nested()));
          default -> Param.literal(ParamType.STRING, Masks.MASK);
        };
    return written.evaluated(
        written.type() == param.type() ? result : Masks.MASK,
        Objects.requireNonNullElse(param.evaluatedTime(), 0L));
  }

  /** Their names. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
