package org.maestro.engine.step.runtime.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
import org.maestro.engine.step.runtime.job.OutputDocument.InvalidOutputException;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

/** What the driver does, in a real Python. */
class PythonProgramTest {
  private static final int MOST_OUTPUT = 1 << 20;

  @TempDir Path dataDir;

  /** How a job ended, and what it said. */
  private record Ended(int status, String out, String err, AttemptFolder folder) {
    Map<String, Param> output() throws IOException, InvalidOutputException {
      return JobOutput.read(folder, "", MOST_OUTPUT, 0).params();
    }

    Map<String, Object> results() throws IOException, InvalidOutputException {
      var all = new HashMap<String, Object>();
      output().forEach((name, param) -> all.put(name, param.evaluatedResult()));
      return all;
    }
  }

  @Test
  void argsAreTheScriptsVariables() throws Exception {
    var ended =
        run(
            Map.of(
                "script", "print(day, limit + 1)", "args", args("day", "2026-12-01", "limit", 4L)));

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).isEqualTo("2026-12-01 5\n");
  }

  @Test
  void aFunctionGetsWhatTheTypesSayAndHandsItBack() throws Exception {
    var ended =
        run(
            Map.of(
                "script",
                """
                def load(whole, number, flag, text, days, nested, ratio=0.5):
                    print(repr([whole, number, flag, text, days, nested]))
                    return {"whole": whole + 1, "number": number, "flag": not flag, "text": text + "!",
                            "days": days, "mixed": [1, 2.5], "none_of_these": []}

                if __name__ == "__main__":
                    raise SystemExit("not a program here")
                """,
                "function",
                "load",
                "args",
                args(
                    "whole",
                    9_007_199_254_740_993L,
                    "number",
                    new BigDecimal("5"),
                    "flag",
                    true,
                    "text",
                    "a \"b\" \u00e9",
                    "days",
                    List.of(1L, 2L),
                    "nested",
                    args("deep", args("n", new BigDecimal("2.0"), "missing", null)))));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            "[9007199254740993, 5.0, True, 'a \"b\" \u00e9', [1, 2], {'deep': {'n': 2.0, 'missing': None}}]\n");
  }

  @Test
  void resultsHaveTypes() throws Exception {
    var ended =
        run(
            Map.of(
                "script",
                """
                import datetime
                from maestro_step import output

                output(early=True)

                def results():
                    return {"whole": 2**53 + 1, "number": 5.0, "text": "a", "days": (1, 2), "mixed": [1, 2.5],
                            "empty": [], "day": datetime.date(2026, 12, 1), "map": {"a": {"b": 1}}}
                """,
                "function",
                "results"));

    assertThat(ended.err()).isEmpty();
    assertThat(types(ended))
        .isEqualTo(
            Map.of(
                "early", ParamType.BOOLEAN,
                "whole", ParamType.LONG,
                "number", ParamType.DOUBLE,
                "text", ParamType.STRING,
                "days", ParamType.LONG_ARRAY,
                "mixed", ParamType.DOUBLE_ARRAY,
                "empty", ParamType.STRING_ARRAY,
                "day", ParamType.STRING,
                "map", ParamType.MAP));
    assertThat(ended.results())
        .containsEntry("whole", 9_007_199_254_740_993L)
        .containsEntry("day", "2026-12-01");
  }

  @Test
  void anotherResultIsCalledResult() throws Exception {
    assertThat(run(Map.of("script", "async def f(): return 3", "function", "f")).results())
        .isEqualTo(Map.of("result", 3L));
    assertThat(run(Map.of("script", "def f(): pass", "function", "f")).results()).isEmpty();
  }

  @Test
  void whatCantBeAResultIsSaidWithItsName() throws Exception {
    var script = "def f(): return {'rows': %s}";
    assertThat(failure(script.formatted("2**63")))
        .isEqualTo("output rows: expected a whole number of 64 bits, found 9223372036854775808\n");
    assertThat(failure(script.formatted("float('nan')")))
        .isEqualTo("output rows: expected a finite number, found nan\n");
    assertThat(failure(script.formatted("object()")))
        .contains("output rows: expected text")
        .contains("object");
    assertThat(failure(script.formatted("[1, 'a']")))
        .contains("output rows: expected a list")
        .contains("LONG, STRING");
    assertThat(failure(script.formatted("{'a': [None]}")))
        .contains("output rows.a[0]: expected text");
  }

  private String failure(String script) throws Exception {
    var ended = run(Map.of("script", script, "function", "f"));
    assertThat(ended.status()).isEqualTo(1);
    return ended.err();
  }

  @Test
  void aTracebackBeginsAtTheUsersOwnLine() throws Exception {
    var ended =
        run(
            Map.of(
                "script",
                """
                def load(day):
                    return parse(day)

                def parse(day):
                    raise ValueError(f"no such day: {day}")
                """,
                "function",
                "load",
                "args",
                args("day", "x")));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            """
            Traceback (most recent call last):
              File "script.py", line 2, in load
                return parse(day)
            %s  File "script.py", line 5, in parse
                raise ValueError(f"no such day: {day}")
            ValueError: no such day: x
            """
                .formatted(ended.err().contains("^") ? "           ^^^^^^^^^^\n" : ""));
  }

  @Test
  void aScriptThatIsNoPythonIsShownWithItsLine() throws Exception {
    var ended = run(Map.of("script", "a = 1\nb = = 2\n"));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err())
        .contains("File \"script.py\", line 2")
        .contains("SyntaxError")
        .doesNotContain("driver.py");
  }

  @Test
  void argsThatDontFitAreComparedWithTheFunction() throws Exception {
    var script = "def load(day, limit=100): pass\ndef other(): pass";
    var wrong = run(Map.of("script", script, "function", "load", "args", args("dya", "x")));
    assertThat(wrong.err())
        .isEqualTo("args don't fit load(day, limit=100): missing a required argument: 'day'\n");
    assertThat(run(Map.of("script", script, "function", "lod")).err())
        .isEqualTo("expected a function \"lod\", found load, other\n");
  }

  @Test
  void anExitStatusIsTheScripts() throws Exception {
    assertThat(run(Map.of("script", "raise SystemExit(7)")).status()).isEqualTo(7);
    assertThat(run(Map.of("script", "import os; os.kill(os.getpid(), 9)")).status()).isEqualTo(137);
  }

  @Test
  void aModuleRunsAsAProgramOrByAFunction() throws Exception {
    Files.writeString(
        Files.createDirectories(dataDir.resolve("lib")).resolve("tool.py"),
        """
        import sys

        def double(n):
            return {"twice": 2 * n}

        if __name__ == "__main__":
            print(sys.argv[1:])
        """);
    Map<String, Object> env = Map.of("PYTHONPATH", dataDir.resolve("lib").toString());

    assertThat(run(Map.of("module", "tool", "argv", List.of("a b", "c"), "env", env)).out())
        .isEqualTo("['a b', 'c']\n");
    assertThat(
            run(Map.of("module", "tool", "function", "double", "args", args("n", 4L), "env", env))
                .results())
        .isEqualTo(Map.of("twice", 8L));
  }

  @Test
  void processesOfAPoolSeeTheFunctionsOfTheScript() throws Exception {
    var ended =
        run(
            Map.of(
                "script",
                """
                from multiprocessing import Pool

                def square(n):
                    return n * n

                if __name__ == "__main__":
                    with Pool(2) as pool:
                        print(pool.map(square, [1, 2, 3]))
                """));

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo("[1, 4, 9]\n");
  }

  private static void assumeThatPackagesCanBeInstalled() throws Exception {
    var has = new ProcessBuilder("sh", "-c", "command -v uv || python3 -c 'import ensurepip'");
    assumeTrue(
        has.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0,
        "neither uv nor Python's venv is here");
  }

  @Test
  void requirementsAreInstalledOnceAndShared() throws Exception {
    assumeThatPackagesCanBeInstalled();
    var package1 = wheel("greeting", "def hello(): return 'hello'").toUri().toString();
    var params = new HashMap<String, Object>();
    params.put("script", "import greeting; print(greeting.hello())");
    params.put("requirements", List.of("greeting @ " + package1));

    var first = run(params);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).isEqualTo("hello\n");
    assertThat(first.err()).contains("installs greeting @ ");
    var second = run(params);
    assertThat(second.out()).isEqualTo("hello\n");
    assertThat(second.err()).isEmpty();
  }

  @Test
  void requirementsThatCantBeInstalledSayWhy() throws Exception {
    var ended =
        run(
            Map.of(
                "script",
                "print('not here')",
                "requirements",
                List.of("no-such-package @ file:///nowhere/no_such_package-1-py3-none-any.whl")));

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("no_such_package").endsWith("its words are above\n");
  }

  @Test
  void environmentsThatNobodyUsesAreRemoved() throws Exception {
    assumeThatPackagesCanBeInstalled();
    var short1 = new PythonProgram(new PythonSettings("python3", Duration.ZERO), dataDir);
    for (var name : List.of("one", "two")) {
      var wheel = wheel(name, "x = 1").toUri().toString();
      var ended =
          run(
              short1,
              Map.of("script", "import " + name, "requirements", List.of(name + " @ " + wheel)));
      assertThat(ended.status()).as(ended.err()).isZero();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    try (var left = Files.find(dataDir, 4, (path, _) -> path.endsWith("complete"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void anEnvironmentStaysWhileAJobUsesIt() throws Exception {
    assumeThatPackagesCanBeInstalled();
    var atOnce = new PythonProgram(new PythonSettings("python3", Duration.ZERO), dataDir);
    var stop = dataDir.resolve("stop");
    var began = dataDir.resolve("began");
    var user =
        CompletableFuture.supplyAsync(() ->
            supposed(() ->
                run(
                    atOnce,
                    Map.of(
                        "script",
                        """
                        import os, time
                        open(began, "w").close()
                        while not os.path.exists(stop):
                            time.sleep(0.02)
                        import used
                        print(used.x)
                        """,
                        "args",
                        args("began", began.toString(), "stop", stop.toString()),
                        "requirements",
                        List.of("used @ " + wheel("used", "x = 1").toUri())))));
    JobRuntimeContract.await("it runs", () -> Files.exists(began) || user.isDone());
    var other =
        run(
            atOnce,
            Map.of(
                "script",
                "import other",
                "requirements",
                List.of("other @ " + wheel("other", "x = 2").toUri())));
    assertThat(other.status()).as(other.err()).isZero();
    Files.createFile(stop);

    assertThat(user.get(60, TimeUnit.SECONDS).out()).isEqualTo("1\n");
  }

  private static <T> T supposed(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsWrongIsSaidAtPushAllAtOnce() {
    assertThat(problems(Map.of()))
        .extracting(StepProblem::message)
        .containsExactly(
            "expected either the parameter \"script\" (STRING) or \"module\" (STRING), found neither");
    var wrong = new LinkedHashMap<String, Param>();
    wrong.put("module", Param.literal(ParamType.STRING, "a-b"));
    wrong.put("function", Param.literal(ParamType.STRING, "1f"));
    wrong.put("requirements", Param.literal(ParamType.STRING_ARRAY, List.of("--index-url x")));
    assertThat(problems(wrong))
        .extracting(StepProblem::field)
        .containsExactly("/module", "/function", "/requirements");
  }

  @Test
  void whatIsWrongAtRunIsRefused() {
    assertThatThrownBy(() -> run(Map.of("module", "tool", "args", args("n", 1L))))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("found a \"module\" alone");
    assertThatThrownBy(() -> run(Map.of("script", "x", "args", args("no name", 1L))))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("found \"no name\"");
  }

  private static List<StepProblem> problems(Map<String, Param> params) {
    return PythonJob.problems(LiteralStep.of(StepType.PYTHON, "owner", "wf", params));
  }

  private static Map<String, ParamType> types(Ended ended) throws Exception {
    return ended.output().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().type()));
  }

  private static Map<String, Object> args(Object... pairs) {
    var all = new LinkedHashMap<String, Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      all.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return all;
  }

  private Ended run(Map<String, Object> params) throws Exception {
    return run(new PythonProgram(PythonSettings.DEFAULT, dataDir), params);
  }

  /** As the keeper does. */
  private Ended run(PythonProgram program, Map<String, Object> params) throws Exception {
    var attempt = new AttemptRef("wf", 1, 1, "step", 1, UUID.randomUUID().toString());
    var process = program.of(new Launch(attempt, StepType.PYTHON, "owner", params, null));
    var folder = new AttemptFolders(dataDir).of(attempt.uuid());
    folder.prepare(process.script(), process.input(), false);
    var builder = new ProcessBuilder(process.arguments(folder, Optional.empty()));
    builder.environment().put("MAESTRO_OUTPUT", folder.params().toString());
    builder.environment().putAll(process.environment());
    builder.directory(folder.workspace().toFile());
    builder.redirectOutput(folder.stdout().toFile());
    builder.redirectError(folder.stderr().toFile());
    var status = builder.start().waitFor();
    return new Ended(
        status, Files.readString(folder.stdout()), Files.readString(folder.stderr()), folder);
  }

  /** A package that pip installs without a network. */
  private Path wheel(String name, String text) throws IOException {
    var file = dataDir.resolve(name + "-1.0-py3-none-any.whl");
    var info = name + "-1.0.dist-info/";
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, name + ".py", text);
      add(
          zip,
          info + "METADATA",
          "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n".formatted(name));
      add(
          zip,
          info + "WHEEL",
          "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      add(
          zip,
          info + "RECORD",
          "%s.py,,\n%sMETADATA,,\n%sWHEEL,,\n%sRECORD,,\n".formatted(name, info, info, info));
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }
}
