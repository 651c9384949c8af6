package org.maestro.engine.step.runtime.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.JobRuntimeContract;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobOutput;
import org.maestro.engine.step.runtime.job.OutputDocument;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the driver of notebooks does, with a real papermill. Skipped where its packages can't be
 * had, unless {@code MAESTRO_TEST_PAPERMILL=required}.
 */
class NotebookProgramTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_OUTPUT = 1 << 20;

  /** Of all tests: the environment is made once. */
  @TempDir static Path shared;

  private static String whyNot = "";

  @TempDir Path files;

  private record Cell(String source, boolean hasTag) {}

  /** How a job ended, and what it said. */
  private record Ended(int status, String out, String err, AttemptFolder folder) {
    OutputDocument output() throws IOException {
      return JobOutput.read(folder, "", MOST_OUTPUT, 0);
    }

    /** The executed notebook. */
    JsonNode executed() throws IOException {
      return JSON.readTree(Files.readString(folder.workspace().resolve("executed.ipynb")));
    }

    /** The last words of each code cell's facts. */
    List<String> statuses() throws IOException {
      var all = new ArrayList<String>();
      for (var cell : executed().path("cells")) {
        if (cell.path("cell_type").asString().equals("code")) {
          all.add(cell.at("/metadata/papermill/status").asString());
        }
      }
      return all;
    }
  }

  @BeforeAll
  static void makeTheEnvironment() throws Exception {
    var test = new NotebookProgramTest();
    test.files = shared;
    var ended = test.run(test.notebook(cell("print(1)")), Map.of());
    if (ended.status() != 0) {
      whyNot = "papermill can't be had here: " + ended.err();
      System.out.println(whyNot);
      assertThat(System.getenv("MAESTRO_TEST_PAPERMILL")).as(whyNot).isNotEqualTo("required");
    }
  }

  private static void assumePapermill() {
    assumeTrue(whyNot.isEmpty(), whyNot);
  }

  @Test
  void parametersArriveAsWhatTheyAre() throws Exception {
    assumePapermill();
    var file =
        notebook(
            parameters(
                "whole = 0\nnumber = 0\ntiny = 0\nflag = None\ntext = ''\ndays = []\nnested = {}"),
            cell("print(repr([whole, number, tiny, flag, text, days, nested]))"));
    var given = new LinkedHashMap<String, Object>();
    given.put("whole", (1L << 53) + 1);
    given.put("number", new BigDecimal("5"));
    given.put("tiny", new BigDecimal("1.0E-10"));
    given.put("flag", true);
    given.put("text", "0012 '\"\\ 1_000 {x}");
    given.put("days", List.of(20260101L, 20260102L));
    given.put("nested", Map.of("k", Map.of("deep", new BigDecimal("1E+10"))));

    var ended = run(file, given);

    assertThat(ended.err()).startsWith("the executed notebook: ");
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            "[9007199254740993, 5.0, 1e-10, True, '0012 \\'\"\\\\ 1_000 {x}', [20260101, 20260102], {'k': {'deep': 10000000000.0}}]\n");
    assertThat(ended.statuses()).containsExactly("completed", "completed", "completed");
  }

  @Test
  void whatTheNotebookHandsBackStandsBesideWhereItIs() throws Exception {
    assumePapermill();
    var file =
        notebook(
            parameters("rows = 1"),
            cell("from maestro_step import output\noutput(total=rows * 2.5, name='x')"));

    var ended = run(file, Map.of("rows", 4L));

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.output().params().get("total").evaluatedResult())
        .isEqualTo(new BigDecimal("10.0"));
    assertThat(ended.output().artifacts())
        .isEqualTo(
            Map.of(
                "maestro_notebook",
                Map.of(
                    "type",
                    "NOTEBOOK",
                    "output_path",
                    ended.folder().workspace().resolve("executed.ipynb").toString())));
  }

  @Test
  void aBlockThatTheNotebookPrintsIsItsOutputToo() throws Exception {
    assumePapermill();
    var ended =
        run(
            notebook(cell("print('MAESTRO_OUTPUT_START{\"rows\": 3}MAESTRO_OUTPUT_END')")),
            Map.of());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.output().params().get("rows").evaluatedResult()).isEqualTo(3L);
    assertThat(ended.output().artifacts()).containsKey("maestro_notebook");
  }

  @Test
  void aFailingCellAndItsTracebackAreTheError() throws Exception {
    assumePapermill();
    var file =
        notebook(
            parameters("n = 1"),
            cell("def part():\n    return 1 / n"),
            cell("part()"),
            cell("print('never')"));

    var ended = run(file, Map.of("n", 0L));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(JobOutput.lastWords(ended.folder().stderr()))
        .contains("----> 2     return 1 / n")
        .contains("cell 3 (In [4]) failed: ZeroDivisionError: division by zero")
        .endsWith("executed.ipynb");
    assertThat(ended.statuses())
        .containsExactly("completed", "completed", "completed", "failed", "pending");
    assertThat(ended.output().artifacts()).containsOnlyKeys("maestro_notebook");
  }

  @Test
  void aNotebookThatExitsBeforeItsLastCellHasFailed() throws Exception {
    assumePapermill();
    var file =
        notebook(
            cell("1"),
            cell("import sys; sys.exit(0)"),
            cell("open('t', 'w').write('x')"),
            cell("4"));

    var ended = run(file, Map.of());

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("cells that didn't run: 2; cell 2 (In [2]) ended the kernel");
    assertThat(ended.statuses()).containsExactly("completed", "failed", "pending", "pending");
    assertThat(ended.folder().workspace().resolve("t")).doesNotExist();
    var last = run(notebook(cell("1"), cell("import sys; sys.exit(0)")), Map.of());
    assertThat(last.status()).as(last.err()).isZero();
  }

  @Test
  void aLostKernelIsThePlatformsFailure() throws Exception {
    assumePapermill();
    var file =
        notebook(cell("1"), cell("import os; os.kill(os.getpid(), 9)"), cell("print('never')"));

    var ended = run(file, Map.of());

    assertThat(ended.status()).isEqualTo(138);
    assertThat(ended.err()).contains("the kernel is gone, at cell 2");
    assertThat(ended.output().artifacts().get("maestro_retry"))
        .isEqualTo(Map.of("type", "RETRY", "retryable", true, "platform", true));
    assertThat(ended.statuses().getLast()).isEqualTo("pending");
  }

  @Test
  void aCellThatTakesTooLongIsTheNotebooksFailureAndTheNextNeverRan() throws Exception {
    assumePapermill();
    var file = notebook(cell("1"), cell("import time; time.sleep(60)"), cell("print('never')"));

    var ended = run(file, Map.of("papermill_arguments", List.of("--execution-timeout", "2")));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("cell 2", "took longer than --execution-timeout");
    assertThat(ended.statuses().getLast()).isEqualTo("pending");
    assertThat(ended.output().artifacts()).doesNotContainKey("maestro_retry");
  }

  @Test
  void toldToEndItKeepsWhatItHas() throws Exception {
    assumePapermill();
    var file =
        notebook(
            cell("print('first')"),
            cell("open('began', 'w').close()\nimport time; time.sleep(600)"),
            cell("print('never')"));
    var started = start(file, Map.of());
    JobRuntimeContract.await(
        "the cell runs",
        () ->
            Files.exists(started.folder.workspace().resolve("began"))
                || !started.process.isAlive());
    started.process.destroy();
    var ended = started.ended();

    assertThat(ended.status()).isEqualTo(143);
    assertThat(ended.err()).contains("told to end at cell 2");
    assertThat(ended.statuses()).containsExactly("completed", "failed", "pending");
    assertThat(ended.executed().at("/cells/0/outputs/0/text/0").asString()).isEqualTo("first\n");
  }

  @Test
  void manyLinesAreNoFailureOfTheNotebook() throws Exception {
    assumePapermill();
    var ended =
        run(
            notebook(
                cell("for i in range(20000):\n    print(i, flush=True)"), cell("print('last')")),
            Map.of());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(ended.out()).endsWith("last\n");
  }

  @Test
  void whatCanBeSeenBeforeIsRefusedBeforeAnythingRuns() throws Exception {
    assumePapermill();
    assertThat(run(notebook(cell("1")), Map.of("n", 1L)).err())
        .contains("expected a cell with the tag parameters, which declares n, found none");
    assertThat(run(notebook(parameters("url = 'http://h/?a=b'")), Map.of("ulr", "x")).err())
        .contains("expected parameters that the cell with the tag parameters names, found ulr");
    assertThat(run(notebook(parameters("url = 'http://h/?a=b'")), Map.of("url", "x")).status())
        .isZero();
    assertThat(run(notebook("no-such", cell("1")), Map.of()).err())
        .contains("one of python3, found no-such");
    assertThat(run(notebook("", cell("1")), Map.of()).err()).contains("to name its kernel");
    assertThat(
            run(
                    notebook("", cell("1")),
                    Map.of("papermill_arguments", List.of("-k", "python3", "-l", "python")))
                .status())
        .isZero();
    assertThat(run(notebook(cell("1")), Map.of("papermill_arguments", List.of("-p", "n"))).err())
        .contains("parameters are written below notebook");
    assertThat(run(files.resolve("not-there.ipynb"), Map.of()).err())
        .contains("not-there.ipynb can't be read: No such file or directory");
  }

  @Test
  void withoutPapermillItSaysWhatToDo() throws Exception {
    var nothing =
        new NotebookProgram(PythonSettings.DEFAULT, new NotebookSettings(List.of()), shared);
    var ended = start(nothing, notebook(cell("1")), Map.of()).ended();
    assumeTrue(ended.status() != 0, "Python has papermill here");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .contains("expected papermill and ipykernel")
        .contains("add requirements: [papermill, ipykernel] to the step");
  }

  @Test
  void aNotebookThatCanBeReadIsCheckedAtPush() throws Exception {
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
    var file = notebook(parameters("day = 1"), cell("print(day)"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(problems(Map.of("input_path", file.toString(), "day", "2026-12-01"))).isEmpty();
    assertThat(problems(Map.of("input_path", file.toString(), "dya", "2026-12-01")))
        .containsExactly(
            new StepProblem(
                "/notebook/dya",
                "expected a parameter that the cell with the tag parameters names, found \"dya\"; add it there with its default, or mend its name",
                true));
    var bare = notebook("", cell("1"));
    Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(problems(Map.of("input_path", bare.toString(), "day", "x")))
        .extracting(StepProblem::message)
        .anyMatch(text -> text.contains("name its kernel"))
        .anyMatch(text -> text.contains("a cell with the tag parameters, which declares day"));
    Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("rw-------"));
    assertThat(problems(Map.of("input_path", bare.toString(), "day", "x"))).isEmpty();
  }

  @Test
  void whatThisReleaseCannotDoIsSaidAtPushAndAtRun() {
    assertThat(problems(Map.of("input_path", "s3://path/to/notebook.ipynb")))
        .containsExactly(
            new StepProblem(
                "/notebook/input_path",
                "input_path: expected a file of this machine, found s3://; fetch it in a step before and name the file",
                true));
    assertThat(problems(Map.of("input_path", "demo.ipynb", "git_repo", "g")))
        .extracting(StepProblem::field)
        .containsExactly("/notebook/input_path", "/notebook/git_repo");
    assertThat(problems(Map.of("input_path", "/a.ipynb", "a-b", "x")))
        .containsExactly(
            new StepProblem(
                "/notebook/a-b",
                "expected the name of a variable for a parameter of the notebook, found \"a-b\"",
                false));
    assertThatThrownBy(() -> start(Path.of("https:"), Map.of()))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("expected an absolute path");
  }

  private static List<StepProblem> problems(Map<String, String> notebook) {
    var nested = new LinkedHashMap<String, Param>();
    notebook.forEach((name, value) -> nested.put(name, Param.literal(ParamType.STRING, value)));
    return NotebookJob.problems(
        LiteralStep.of(
            StepType.NOTEBOOK,
            "owner",
            "wf",
            Map.of("notebook", Param.literal(ParamType.MAP, nested))));
  }

  private static Cell cell(String source) {
    return new Cell(source, false);
  }

  private static Cell parameters(String source) {
    return new Cell(source, true);
  }

  private Path notebook(Cell... cells) throws IOException {
    return notebook("python3", cells);
  }

  private Path notebook(String kernel, Cell... cells) throws IOException {
    var all = new ArrayList<Map<String, Object>>();
    for (var cell : cells) {
      all.add(
          Map.of(
              "cell_type",
              "code",
              "id",
              "c" + all.size(),
              "execution_count",
              0,
              "metadata",
              cell.hasTag() ? Map.of("tags", List.of("parameters")) : Map.of(),
              "outputs",
              List.of(),
              "source",
              cell.source().lines().map(line -> line + "\n").toList()));
    }
    var metadata =
        kernel.isEmpty()
            ? Map.of()
            : Map.of(
                "kernelspec",
                Map.of("name", kernel, "display_name", "Python", "language", "python"));
    var file = Files.createTempFile(files, "notebook", ".ipynb");
    Files.writeString(
        file,
        JSON.writeValueAsString(
            Map.of("cells", all, "metadata", metadata, "nbformat", 4, "nbformat_minor", 5)));
    return file;
  }

  private record Started(Process process, AttemptFolder folder) {
    Ended ended() throws Exception {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Ended(
          process.exitValue(),
          Files.readString(folder.stdout()),
          Files.readString(folder.stderr()).replaceAll("(?m)^\\[IPKernelApp] WARNING.*\n", ""),
          folder);
    }
  }

  private Ended run(Path file, Map<String, Object> below) throws Exception {
    return start(file, below).ended();
  }

  private Started start(Path file, Map<String, Object> below) throws Exception {
    return start(
        new NotebookProgram(
            new PythonSettings("python3", Duration.ofDays(1)), NotebookSettings.DEFAULT, shared),
        file,
        below);
  }

  /** As the keeper does. */
  private static Started start(NotebookProgram program, Path file, Map<String, Object> below)
      throws Exception {
    var notebook = new HashMap<>(below);
    notebook.put("input_path", file.toString());
    notebook.put("output_path", "executed.ipynb");
    var attempt = new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString());
    var job =
        program.of(
            new Launch(attempt, StepType.NOTEBOOK, "owner", Map.of("notebook", notebook), null));
    var folder = new AttemptFolders(shared).of(attempt.uuid());
    folder.prepare(job.script(), job.input(), false);
    var builder = new ProcessBuilder(job.arguments(folder, Optional.empty()));
    builder.environment().put("MAESTRO_OUTPUT", folder.params().toString());
    builder.environment().put("HOME", folder.workspace().toString());
    builder.directory(folder.workspace().toFile());
    builder.redirectOutput(folder.stdout().toFile());
    builder.redirectError(folder.stderr().toFile());
    return new Started(builder.start(), folder);
  }
}
