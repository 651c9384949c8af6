package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.maestro.client.workflow.Workflows.job;
import static org.maestro.client.workflow.Workflows.workflow;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.client.MaestroClient;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.StepType;

/**
 * The Java client with a Java 17: {@code examples/java} against everything. Skipped with the reason
 * where there is no Java 17.
 */
class JavaClientIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "java", "Etl.java");

  /** What the client needs, and no more of what this test has. */
  private static final List<String> NEEDED =
      List.of(
          "maestro-client", "maestro-api-model", "jackson-core", "jackson-annotations", "jspecify");

  @TempDir Path folder;

  @Test
  void theExampleIsCompiledForAndRunByJava17() throws Exception {
    var java = java17();
    var classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NEEDED.stream().anyMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    var classes = Files.createDirectory(folder.resolve("classes"));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "--release",
                    "17",
                    "-cp",
                    classPath,
                    "-d",
                    classes.toString(),
                    EXAMPLE.toString()))
        .isZero();
    var port = freePort();
    try (var _ = DevServer.start(new DevOptions(port, folder.resolve("data"), "", List.of()))) {
      var output = folder.resolve("output.txt");
      var process =
          new ProcessBuilder(
                  java.toString(),
                  "-cp",
                  classes + File.pathSeparator + classPath,
                  "Etl",
                  "http://127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      var text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(text).isZero();
      assertThat(text).contains("version 1", "java-etl#1.1 SUCCEEDED us");
      assertThat(
              MaestroClient.as("me", "http://127.0.0.1:" + port)
                  .validate(workflow("warned").owner("me").jobs(job("a", StepType.SPARK))))
          .extracting(DefinitionProblem::code)
          .contains("W0520");
    }
  }

  /** The coordinates of the example are those that are built, and those that its page shows. */
  @Test
  void theExampleHasTheCoordinatesThatAreBuilt() throws IOException {
    var dependency =
        Pattern.compile("(?s)<dependency>.*?</dependency>")
            .matcher(Files.readString(Path.of("..", "docs", "java.md")))
            .results()
            .map(MatchResult::group)
            .findFirst()
            .orElseThrow();
    assertThat(Files.readString(EXAMPLE.resolveSibling("pom.xml")))
        .containsIgnoringWhitespaces(dependency);
    assertThat(Files.readString(Path.of("..", "maestro-client", "pom.xml")))
        .containsIgnoringWhitespaces(
            Pattern.compile("<version>[^<]*</version>")
                .matcher(dependency)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow());
  }

  private static Path java17() throws IOException {
    var homes = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(homes)) {
      try (var all = Files.list(homes)) {
        for (var home : all.sorted().toList()) {
          var release = home.resolve("release");
          var java = home.resolve("bin").resolve("java");
          if (Files.isExecutable(java)
              && Files.isRegularFile(release)
              && Files.readString(release).contains("JAVA_VERSION=\"17")) {
            return java;
          }
        }
      }
    }
    var reason = "there is no Java 17 in " + homes;
    System.out.println("JavaClientIT is skipped, " + reason);
    return abort(reason);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
