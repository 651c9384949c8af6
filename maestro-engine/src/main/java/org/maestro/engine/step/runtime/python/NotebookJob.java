package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;
import org.maestro.engine.step.runtime.job.LocalProgram;

/**
 * What a Notebook step asks for, checked.
 *
 * @param input what the driver reads: JSON
 * @param environment what the step adds to the environment
 */
record NotebookJob(Optional<String> input, Map<String, String> environment, NotebookProgram program)
    implements LocalProgram.Job {

  private static final String NOTEBOOK = "notebook";
  private static final String INPUT_PATH = "input_path";
  private static final String ARGUMENTS = "papermill_arguments";

  /** What {@code notebook} holds beside parameters. */
  private static final Set<String> FIELDS =
      Set.of(
          INPUT_PATH,
          "output_path",
          ARGUMENTS,
          "init_command",
          "git_repo",
          "git_branch",
          "git_commit",
          "run_id");

  private static final List<String> NOT_HERE =
      List.of("init_command", "git_repo", "git_branch", "git_commit");

  /** Parameters of the step that mean something else than the notebook's. */
  private static final Set<String> OWN =
      Set.of(
          NOTEBOOK,
          "kubernetes",
          "requirements",
          "env",
          "target",
          "workflow_instance_id",
          "step_instance_uuid",
          "step_attempt_id",
          "step_id");

  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");

  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying what was expected and what was found
   */
  static NotebookJob of(Launch launch, NotebookProgram program) {
    var params = launch.params();
    checks(params).forEach((_, check) -> check.run());
    placeChecks(params).forEach((_, check) -> check.run());
    var input = new LinkedHashMap<String, @Nullable Object>();
    var notebook = notebook(params);
    input.put(INPUT_PATH, text(notebook, INPUT_PATH));
    input.put("output_path", text(notebook, "output_path"));
    input.put(ARGUMENTS, arguments(notebook));
    input.put("parameters", PythonJob.exact(handedOver(params)));
    input.put("named", List.copyOf(named(notebook).keySet()));
    input.put("requirements", PythonJob.requirements(params.get("requirements")));
    input.put("site_requirements", program.requirements());
    return new NotebookJob(
        Optional.of(PythonJob.JSON.writeValueAsString(input)),
        JobInput.environment("env", params.get("env")),
        program);
  }

  /** What is wrong with what is there literally. */
  static List<StepProblem> problems(LiteralStep step) {
    var problems = new ArrayList<StepProblem>();
    var params = step.values();
    if (params.get(NOTEBOOK) != null && !(params.get(NOTEBOOK) instanceof Map)) {
      return List.of(new StepProblem("/notebook", "expected notebook to be a MAP", false));
    }
    checks(params).forEach((field, check) -> PythonJob.attempt(field, problems, check));
    var here = new ArrayList<StepProblem>();
    placeChecks(params).forEach((field, check) -> PythonJob.attempt(field, here, check));
    if (problems.isEmpty()) {
      here.addAll(NotebookFile.problems(step, notebook(params), named(notebook(params))));
    }
    here.forEach(one -> problems.add(new StepProblem(one.field(), one.message(), true)));
    problems.removeIf(problem -> step.isOpen(problem.field()));
    return problems;
  }

  private static Map<String, Runnable> checks(Map<String, Object> params) {
    var checks = new LinkedHashMap<String, Runnable>();
    checks.put("/notebook", () -> notebook(params));
    checks.put("/notebook/input_path", () -> requireInput(notebook(params)));
    checks.put("/notebook/papermill_arguments", () -> arguments(notebook(params)));
    handedOver(params)
        .keySet()
        .forEach(name -> checks.put("/" + placeOf(name, params), () -> requireName(name)));
    checks.put("/requirements", () -> PythonJob.requirements(params.get("requirements")));
    checks.put(
        "/env",
        () ->
            JobInput.refuseWhatNoProcessCanTake(
                List.of(), JobInput.environment("env", params.get("env"))));
    return checks;
  }

  /** What another release, or another place, could do. */
  private static Map<String, Runnable> placeChecks(Map<String, Object> params) {
    var checks = new LinkedHashMap<String, Runnable>();
    checks.put("/notebook/input_path", () -> requireLocal(notebook(params)));
    for (var field : NOT_HERE) {
      checks.put("/notebook/" + field, () -> refuse(field, notebook(params)));
    }
    checks.put("/kubernetes", () -> refuseImage(params.get("kubernetes")));
    return checks;
  }

  private static String placeOf(String name, Map<String, Object> params) {
    return named(notebook(params)).containsKey(name) ? NOTEBOOK + "/" + name : name;
  }

  private static Map<?, ?> notebook(Map<String, Object> params) {
    var value = params.get(NOTEBOOK);
    if (value != null && !(value instanceof Map)) {
      throw new InvalidJobException("expected the parameter \"notebook\" to be a MAP");
    }
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static void requireInput(Map<?, ?> notebook) {
    if (text(notebook, INPUT_PATH).isBlank()) {
      throw new InvalidJobException("expected the file of a notebook, found an empty text");
    }
  }

  private static void requireLocal(Map<?, ?> notebook) {
    var path = text(notebook, INPUT_PATH);
    var address = ADDRESS.matcher(path);
    if (address.matches()) {
      throw new InvalidJobException(
          "input_path: expected a file of this machine, found %s://; fetch it in a step before and name the file"
              .formatted(address.group(1)));
    }
    if (!path.startsWith("/")) {
      throw new InvalidJobException(
          "input_path: expected an absolute path, found \"%s\"; a job's own folder is empty when it begins"
              .formatted(path));
    }
  }

  private static void refuse(String field, Map<?, ?> notebook) {
    if (notebook.get(field) instanceof String text && !text.isBlank()) {
      throw new InvalidJobException(
          field.equals("init_command")
              ? "init_command: nothing runs before a notebook here; list packages in requirements, or use a Shell step before"
              : "%s: notebooks aren't taken from Git here; clone it in a Shell step before and name the file"
                  .formatted(field));
    }
  }

  private static void refuseImage(@Nullable Object kubernetes) {
    if (kubernetes instanceof Map<?, ?> map && map.get("image") != null) {
      throw new InvalidJobException(
          "kubernetes: Notebook steps run as processes of this machine, found an image; list packages in requirements, or run papermill in a Kubernetes or Docker step");
    }
  }

  private static void requireName(String name) {
    if (!PythonJob.NAME.matcher(name).matches()) {
      throw new InvalidJobException(
          "expected the name of a variable for a parameter of the notebook, found \"%s\""
              .formatted(name));
    }
  }

  private static String text(Map<?, ?> notebook, String field) {
    var value = notebook.get(field);
    if (!(value instanceof String text) || text.indexOf('\0') >= 0) {
      throw new InvalidJobException(
          "expected %s to be a STRING without the character NUL".formatted(field));
    }
    return text;
  }

  private static List<String> arguments(Map<?, ?> notebook) {
    var value = notebook.get(ARGUMENTS);
    return value == null || (value instanceof List<?> list && list.isEmpty())
        ? List.of()
        : JobInput.words(ARGUMENTS, value);
  }

  /** The notebook's parameters that are written below {@code notebook}. */
  private static Map<String, Object> named(Map<?, ?> notebook) {
    var named = new LinkedHashMap<String, Object>();
    notebook.forEach((key, value) -> {
      var name = String.valueOf(key);
      if (!FIELDS.contains(name)) {
        named.put(name, value);
      }
    });
    return named;
  }

  private static Map<String, Object> handedOver(Map<String, Object> params) {
    var all = new LinkedHashMap<>(params);
    all.keySet().removeAll(OWN);
    all.putAll(named(notebook(params)));
    return all;
  }

  @Override
  public Optional<String> script() {
    return Optional.empty();
  }

  @Override
  public List<String> arguments(AttemptFolder folder, Optional<String> user) throws IOException {
    return program.command(folder, user);
  }
}
