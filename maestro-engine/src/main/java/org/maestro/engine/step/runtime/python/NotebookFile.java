package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A notebook as it lies there when a step that names it is pushed. Read only if everybody on this
 * machine may: whoever pushes must not learn more than they could read themselves.
 */
final class NotebookFile {
  private static final long LARGEST = 4L << 20;

  private NotebookFile() {}

  /** What its text says against the step; nothing if it isn't there yet, or isn't to be read. */
  static List<StepProblem> problems(
      LiteralStep step, Map<?, ?> notebook, Map<String, Object> named) {
    var problems = new ArrayList<StepProblem>();
    if (notebook.get("input_path") instanceof String path
        && path.startsWith("/")
        && !step.isOpen("/notebook/input_path")) {
      try {
        var file = Path.of(path);
        if (isOpenToAll(file)) {
          problems.addAll(problems(PythonJob.JSON.readTree(read(file)), step, notebook, named));
        }
      } catch (JacksonException e) {
        problems.add(
            problem("/input_path", "expected a notebook (.ipynb), found no JSON in " + path));
      } catch (IOException | InvalidPathException e) {
        // An earlier step may bring it.
      }
    }
    return problems;
  }

  /** It may grow meanwhile. */
  private static byte[] read(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      return bytes.readNBytes((int) LARGEST);
    }
  }

  private static boolean isOpenToAll(Path file) throws IOException {
    var real = file.toRealPath();
    if (!Files.isRegularFile(real)
        || Files.size(real) > LARGEST
        || !allows(real, PosixFilePermission.OTHERS_READ)) {
      return false;
    }
    for (var above = real.getParent(); above != null; above = above.getParent()) {
      if (!allows(above, PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allows(Path file, PosixFilePermission permission) throws IOException {
    return Files.getPosixFilePermissions(file).contains(permission);
  }

  private static List<StepProblem> problems(
      JsonNode file, LiteralStep step, Map<?, ?> notebook, Map<String, Object> named) {
    var problems = new ArrayList<StepProblem>();
    if (!file.path("cells").isArray()) {
      problems.add(problem("/input_path", "expected a notebook of format 4, found no cells"));
      return problems;
    }
    var hasArguments =
        notebook.get("papermill_arguments") != null || step.isOpen("/notebook/papermill_arguments");
    if (!hasArguments && file.at("/metadata/kernelspec/name").asString("").isEmpty()) {
      problems.add(
          problem(
              "/input_path",
              "expected the notebook to name its kernel (metadata.kernelspec.name), found none; save it in Jupyter, or write papermill_arguments: [-k, python3, -l, python]"));
    }
    var declared = declarations(file);
    if (declared == null) {
      if (!named.isEmpty()) {
        problems.add(
            problem(
                "/input_path",
                "expected a cell with the tag parameters, which declares %s, found none; give that tag to the cell with the defaults"
                    .formatted(String.join(", ", named.keySet()))));
      }
      return problems;
    }
    for (var name : named.keySet()) {
      if (!Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(declared).find()) {
        problems.add(
            problem(
                "/" + name,
                "expected a parameter that the cell with the tag parameters names, found \"%s\"; add it there with its default, or mend its name"
                    .formatted(name)));
      }
    }
    return problems;
  }

  /** The text of the cells with the tag; null if there is none. */
  private static @Nullable String declarations(JsonNode file) {
    var cells = new ArrayList<String>();
    for (var cell : file.path("cells")) {
      var isTagged =
          cell.at("/metadata/tags")
              .valueStream()
              .anyMatch(tag -> tag.asString("").equals("parameters"));
      if (isTagged) {
        var source = cell.path("source");
        cells.add(
            source.isArray()
                ? source.valueStream().map(line -> line.asString("")).collect(Collectors.joining())
                : source.asString(""));
      }
    }
    return cells.isEmpty() ? null : String.join("\n", cells);
  }

  private static StepProblem problem(String field, String message) {
    return new StepProblem("/notebook" + field, message, true);
  }
}
