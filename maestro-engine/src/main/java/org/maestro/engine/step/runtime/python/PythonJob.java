package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;
import org.maestro.engine.step.runtime.job.LocalProgram;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Python step asks for, checked.
 *
 * @param script its text; empty if the step has a {@code module}
 * @param input what the driver reads: JSON
 * @param environment what the step adds to the environment
 */
record PythonJob(
    Optional<String> script,
    Optional<String> input,
    Map<String, String> environment,
    PythonProgram program)
    implements LocalProgram.Job {

  private static final String WORD = "[\\p{L}_][\\p{L}\\p{Nd}_]*";
  static final Pattern NAME = Pattern.compile(WORD);
  private static final Pattern MODULE = Pattern.compile(WORD + "(\\." + WORD + ")*");
  static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  /** A parameter's value; null if the step hasn't got it, or nobody knows it yet. */
  private interface Values {
    @Nullable Object of(PythonParam param);
  }

  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying what was expected and what was found
   */
  static PythonJob of(Launch launch, PythonProgram program) {
    Values values = param -> launch.params().get(param.label());
    requireForm(values);
    checks(values).values().forEach(Runnable::run);
    var script = values.of(PythonParam.SCRIPT);
    return new PythonJob(
        script == null ? Optional.empty() : Optional.of(script.toString()),
        Optional.of(input(values)),
        JobInput.environment("env", values.of(PythonParam.ENV)),
        program);
  }

  /** What is wrong with what is there literally. */
  static List<StepProblem> problems(LiteralStep step) {
    var problems = new ArrayList<StepProblem>();
    Values values = param -> step.values().get(param.label());
    if (step.open().stream().noneMatch(field -> field.indexOf('/', 1) < 0)) {
      attempt("", problems, () -> requireForm(values));
    }
    checks(values)
        .forEach((param, check) -> {
          if (values.of(param) != null) {
            attempt("/" + param.label(), problems, check);
          }
        });
    problems.removeIf(problem -> step.isOpen(problem.field()));
    return problems;
  }

  static void attempt(String field, List<StepProblem> problems, Runnable check) {
    try {
      check.run();
    } catch (InvalidJobException e) {
      problems.add(new StepProblem(field, String.valueOf(e.getMessage()), false));
    }
  }

  private static void requireForm(Values values) {
    var hasScript = values.of(PythonParam.SCRIPT) != null;
    if (hasScript == (values.of(PythonParam.MODULE) != null)) {
      throw new InvalidJobException(
          "expected either the parameter \"script\" (STRING) or \"module\" (STRING), found "
              + (hasScript ? "both" : "neither"));
    }
    if (!hasScript
        && values.of(PythonParam.ARGS) != null
        && values.of(PythonParam.FUNCTION) == null) {
      throw new InvalidJobException(
          "expected \"args\" beside a \"function\" or a \"script\", found a \"module\" alone: what runs as a program takes \"argv\"");
    }
    if (values.of(PythonParam.FUNCTION) != null && values.of(PythonParam.ARGV) != null) {
      throw new InvalidJobException(
          "expected either \"function\" or \"argv\", found both: a function takes \"args\"");
    }
  }

  private static Map<PythonParam, Runnable> checks(Values values) {
    var checks = new LinkedHashMap<PythonParam, Runnable>();
    checks.put(PythonParam.SCRIPT, () -> text(PythonParam.SCRIPT, values));
    checks.put(PythonParam.MODULE, () -> name(PythonParam.MODULE, MODULE, values));
    checks.put(PythonParam.FUNCTION, () -> name(PythonParam.FUNCTION, NAME, values));
    checks.put(PythonParam.ARGS, () -> args(values));
    checks.put(PythonParam.ARGV, () -> words(PythonParam.ARGV, values));
    checks.put(PythonParam.REQUIREMENTS, () -> requirements(values));
    checks.put(
        PythonParam.ENV,
        () ->
            JobInput.refuseWhatNoProcessCanTake(
                List.of(), JobInput.environment("env", values.of(PythonParam.ENV))));
    return checks;
  }

  private static @Nullable String text(PythonParam param, Values values) {
    var value = values.of(param);
    if (value != null && (!(value instanceof String text) || text.indexOf('\0') >= 0)) {
      throw new InvalidJobException(
          "expected the parameter \"%s\" to be a STRING without the character NUL"
              .formatted(param.label()));
    }
    return (String) value;
  }

  private static @Nullable String name(PythonParam param, Pattern pattern, Values values) {
    var text = text(param, values);
    if (text != null && !pattern.matcher(text).matches()) {
      throw new InvalidJobException(
          "expected the parameter \"%s\" to be a name as Python has it, found \"%s\""
              .formatted(param.label(), text));
    }
    return text;
  }

  private static Map<?, ?> args(Values values) {
    var value = values.of(PythonParam.ARGS);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidJobException("expected the parameter \"args\" to be a MAP");
    }
    for (var name : map.keySet()) {
      if (!NAME.matcher(String.valueOf(name)).matches()) {
        throw new InvalidJobException(
            "args: expected a name as Python has it, found \"%s\"".formatted(name));
      }
    }
    return map;
  }

  private static List<String> words(PythonParam param, Values values) {
    return words(param, values.of(param));
  }

  static List<String> words(PythonParam param, @Nullable Object value) {
    if (value instanceof List<?> list && list.isEmpty()) {
      return List.of();
    }
    return value == null ? List.of() : JobInput.words(param.label(), value);
  }

  private static List<String> requirements(Values values) {
    return requirements(values.of(PythonParam.REQUIREMENTS));
  }

  static List<String> requirements(@Nullable Object value) {
    var all = words(PythonParam.REQUIREMENTS, value);
    for (var one : all) {
      if (one.isBlank() || one.startsWith("-") || one.chars().anyMatch(c -> c < ' ')) {
        throw new InvalidJobException(
            "requirements: expected a package as pip takes it, for example \"pandas==2.3.3\", found \"%s\"; where pip looks for packages is told by env (PIP_INDEX_URL)"
                .formatted(one));
      }
    }
    return all;
  }

  private static String input(Values values) {
    var input = new LinkedHashMap<String, Object>();
    input.put("module", text(PythonParam.MODULE, values));
    input.put("function", text(PythonParam.FUNCTION, values));
    input.put("args", exact(args(values)));
    input.put("argv", words(PythonParam.ARGV, values));
    input.put("requirements", requirements(values));
    return JSON.writeValueAsString(input);
  }

  /** Python tells a float from an int by the text of a number. */
  static @Nullable Object exact(@Nullable Object value) {
    return switch (value) {
      case BigDecimal number -> number.scale() == 0 ? number.setScale(1) : number;
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, one) -> all.put(String.valueOf(name), exact(one)));
        yield all;
      }
      case List<?> list -> {
        var all = new ArrayList<@Nullable Object>();
        list.forEach(one -> all.add(exact(one)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }

  @Override
  public List<String> arguments(AttemptFolder folder, Optional<String> user) throws IOException {
    return program.command(folder, user);
  }
}
