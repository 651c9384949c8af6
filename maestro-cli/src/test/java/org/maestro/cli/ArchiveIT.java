package org.maestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as people install it: unpacked somewhere, and called through a link. */
class ArchiveIT {
  private static final Path TARGET = Path.of("target");

  @TempDir Path folder;
  private Path command;

  @BeforeEach
  void install() throws Exception {
    try (var files = Files.list(TARGET)) {
      var archive =
          files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      var unpacked = Files.createDirectory(folder.resolve("else where"));
      assertThat(
              run(
                  folder,
                  "tar",
                  "-xzf",
                  archive.toAbsolutePath().toString(),
                  "--strip-components=1",
                  "-C",
                  unpacked.toString()))
          .isEmpty();
      var bin = Files.createDirectory(folder.resolve("bin"));
      Files.createSymbolicLink(bin.resolve("first"), unpacked.resolve("bin/maestro"));
      command = Files.createSymbolicLink(bin.resolve("maestro"), Path.of("first"));
    }
  }

  @Test
  void itWorksFromAnywhereThroughLinks() throws Exception {
    var work = Files.createDirectory(folder.resolve("work"));
    assertThat(run(work, command.toString(), "version")).contains("maestro");
    assertThat(run(work, command.toString(), "init", "hello")).contains("workflow.yaml");
    assertThat(run(work, command.toString(), "validate")).contains("workflow.yaml");
    assertThat(run(work, command.toString(), "explain", "step-type", "Shell"))
        .contains("MAESTRO_OUTPUT");
  }

  @Test
  void bashCompletesCommandsAndAsksForNames() throws Exception {
    var script =
        """
        PATH=%s:$PATH
        source <(maestro completion bash)
        COMP_WORDS=(maestro expl) COMP_CWORD=1
        _maestro_names maestro expl maestro
        echo "${COMPREPLY[@]}"
        maestro() { [ "$1" = names ] && echo hello#12; }
        COMP_WORDS=(maestro logs hel) COMP_CWORD=2
        _maestro_names maestro hel logs
        echo "${COMPREPLY[@]}"
        maestro() { echo hello#13; }
        COMP_WORDS=(maestro logs hell) COMP_CWORD=2
        _maestro_names maestro hell logs
        echo "again ${COMPREPLY[@]}"
        COMP_WORDS=(maestro logs hello#) COMP_CWORD=2
        _maestro_names maestro hello# logs
        echo "further ${COMPREPLY[@]}"
        maestro() { echo create-me; }
        COMP_WORDS=(maestro backfill cr) COMP_CWORD=2
        _maestro_names maestro cr backfill
        echo "group <${COMPREPLY[@]}>"
        """
            .formatted(command.getParent());
    assertThat(run(folder, "bash", "-c", script))
        .contains("explain", "hello#12", "again hello#12", "further hello#13", "group <create>");
  }

  private String run(Path where, String... arguments) throws IOException, InterruptedException {
    var output = Files.createTempFile(folder, "output", ".txt");
    var builder =
        new ProcessBuilder(List.of(arguments))
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", output.toString()); // no folder, so no cache
    var process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
