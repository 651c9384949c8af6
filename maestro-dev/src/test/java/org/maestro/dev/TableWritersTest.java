package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Which class writes which table, over the sources of every service (decisions/0003): one each, but
 * for those named here.
 */
class TableWritersTest {
  private static final Path PROJECT = Path.of("..");
  private static final Set<String> NOT_SERVICES = Set.of("maestro-benchmark", "maestro-embedded");
  private static final Pattern TEXT =
      Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern WRITE =
      Pattern.compile("^\\s*(?:INSERT INTO|UPDATE|DELETE FROM)\\s+([a-z_]+)", Pattern.MULTILINE);

  /** Tables with more than one writer, each of which has a part of its rows' lives. */
  private static final Map<String, Set<String>> SHARED =
      Map.of(
          // Versions are pushed; starts lock a workflow's row and count on in it.
          "workflow", Set.of("DefinitionStore", "StartStore"),
          // Starts accept and admit, turns go on, purges delete.
          "workflow_run", Set.of("StartStore", "RunStore", "PurgeStore"),
          "step_attempt", Set.of("RunStore", "PurgeStore"),
          "step_loop", Set.of("LoopStore", "PurgeStore"),
          "loop_chunk", Set.of("LoopStore", "PurgeStore"),
          // What waits for a trigger goes with it when it is pushed anew.
          "signal_join", Set.of("QueueStore", "TriggerStore"),
          "signal_queue", Set.of("QueueStore", "TriggerStore"),
          "signal_undecided", Set.of("UndecidedStore", "TriggerStore"));

  @Test
  void everyTableHasTheWritersThatAreNamed() throws IOException {
    var writers = writers();
    assertThat(writers)
        .as("found in the sources of %s", PROJECT.toAbsolutePath())
        .hasSizeGreaterThan(30);
    var shared = new TreeMap<String, Set<String>>();
    writers.forEach((table, classes) -> {
      if (classes.size() > 1) {
        shared.put(table, classes);
      }
    });
    assertThat(shared).isEqualTo(new TreeMap<>(SHARED));
  }

  @Test
  void onlyStoresWrite() throws IOException {
    assertThat(writers().values())
        .allSatisfy(classes -> assertThat(classes).allMatch(name -> name.endsWith("Store")));
  }

  private static Map<String, Set<String>> writers() throws IOException {
    var writers = new TreeMap<String, Set<String>>();
    try (var modules = Files.newDirectoryStream(PROJECT, "maestro-*")) {
      for (var module : modules) {
        var sources = module.resolve(Path.of("src", "main", "java"));
        if (Files.isDirectory(sources) && !NOT_SERVICES.contains(module.getFileName().toString())) {
          addWriters(sources, writers);
        }
      }
    }
    return writers;
  }

  private static void addWriters(Path sources, Map<String, Set<String>> writers)
      throws IOException {
    try (var files = Files.walk(sources)) {
      for (var file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        var name = file.getFileName().toString().replace(".java", "");
        var texts = TEXT.matcher(Files.readString(file));
        while (texts.find()) {
          var text = texts.group(1) == null ? texts.group(2) : texts.group(1);
          var write = WRITE.matcher(text);
          while (write.find()) {
            writers.computeIfAbsent(write.group(1), _ -> new TreeSet<>()).add(name);
          }
        }
      }
    }
  }
}
