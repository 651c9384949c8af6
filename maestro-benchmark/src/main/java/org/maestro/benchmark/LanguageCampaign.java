package org.maestro.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.maestro.benchmark.language.Comparison;

/**
 * Runs random programs with random outcomes and random actions on an engine and on a model of the
 * language, and prints every difference with its seed and the smallest program that shows it.
 */
public final class LanguageCampaign {
  /** Jobs wait as long as their program likes. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "maestro.step.http.allow-list", "127.0.0.1",
          "maestro.step.http.request-timeout", "1h",
          "maestro.step.http.max-concurrent", "10000");

  private final LanguageOptions options;
  private final PrintStream out;

  LanguageCampaign(LanguageOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs a campaign; {@link LanguageOptions#USAGE} says what it can be asked. */
  public static void main(String[] arguments) {
    LanguageOptions options;
    try {
      options = LanguageOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + LanguageOptions.USAGE);
      System.exit(FaultCampaign.EXIT_USAGE);
      return;
    }
    var findings = new LanguageCampaign(options, System.out).run();
    System.exit(findings.isEmpty() ? 0 : FaultCampaign.EXIT_VIOLATION);
  }

  /** Runs it and prints as it goes. */
  List<Comparison.Finding> run() {
    var url = options.url();
    if (url != null) {
      return run(url);
    }
    var folder = folder();
    out.println("folder    " + folder);
    var java = List.of("-XX:+UseSerialGC", "-Xmx" + options.heap());
    try (var installation =
        Installation.start(folder, Map.of(ServiceKind.ENGINE, 1), java, SETTINGS)) {
      return run(installation.engines().getFirst().base());
    }
  }

  private List<Comparison.Finding> run(URI engine) {
    var name = "n" + Long.toString(Math.abs(System.nanoTime()), 36) + "x";
    try (var comparison =
        new Comparison(engine, name, Duration.ofSeconds(options.patience()), out)) {
      return comparison.run(options.seeds(), options.atOnce(), options.shrink());
    }
  }

  private Path folder() {
    try {
      var wanted = options.folder();
      return wanted == null
          ? Files.createTempDirectory("maestro-language")
          : Files.createDirectories(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
