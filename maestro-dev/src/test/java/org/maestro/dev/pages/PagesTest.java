package org.maestro.dev.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.dev.reference.DescribedCommands;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.engine.EngineConfiguration;
import org.maestro.model.backfill.BackfillBody;
import org.maestro.model.reference.Reference;
import org.maestro.scheduler.SchedulerApplication;
import org.maestro.service.setting.SettingNames;
import org.maestro.service.setting.SettingsConfiguration;
import org.maestro.signal.SignalApplication;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every page of the documentation: its examples can be read, its links lead somewhere, and the
 * commands, options, settings and defaults that it names are there.
 */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern SETTING = Pattern.compile("\\bmaestro(\\.[a-z][a-z0-9-]*)+");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[^\\w/])(?:\\./)?maestro (?<words>[a-z][a-z-]*(?: [a-z][a-z-]*)?)(?<rest>.*)");

  /** What the launcher of a checkout does itself, and so does no command. */
  private static final Set<String> OF_LAUNCHER =
      Set.of("dev", "verify", "benchmark", "jdk", "help");

  private static final Map<String, String> PAGES = new TreeMap<>();
  private static final Map<String, Map<?, ?>> SETTINGS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (var files =
        Stream.concat(
            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve),
            Files.walk(ROOT.resolve("docs")).filter(file -> file.toString().endsWith(".md")))) {
      for (var file : files.toList()) {
        PAGES.put(ROOT.relativize(file).toString(), Files.readString(file));
      }
    }
    try (var in = Reference.class.getResourceAsStream(Reference.RESOURCE)) {
      var reference = JsonMapper.shared().readValue(in, Map.class);
      for (var topic : list(reference.get("topics"))) {
        if ("setting".equals(topic.get("id"))) {
          list(topic.get("entries"))
              .forEach(entry -> SETTINGS.put(String.valueOf(entry.get("name")), entry));
        }
      }
    }
    assertThat(SETTINGS).isNotEmpty();
  }

  private static List<Map<?, ?>> list(@Nullable Object value) {
    return value instanceof List<?> all
        ? all.stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList()
        : List.of();
  }

  /** Blocks of one language with the page that they are on. */
  private static Map<String, String> blocks(String language) {
    var found = new LinkedHashMap<String, String>();
    PAGES.forEach((page, text) ->
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> block.group(1).equals(language))
            .forEach(block -> found.put(page + ":" + line(text, block), block.group(2))));
    return found;
  }

  private static long line(String text, MatchResult place) {
    return 1 + text.substring(0, place.start()).chars().filter(c -> c == '\n').count();
  }

  // ------------------------------------------------------------------ examples

  @Test
  void everyExampleInYamlCanBeRead() {
    var examples = blocks("yaml");
    assertThat(examples).hasSizeGreaterThan(15);
    examples.forEach((place, text) -> {
      if (!text.startsWith("maestro.")) {
        var reading = Definitions.read(whole(text), place);
        assertThat(reading.problems()).as(reading.rendered() + "\n" + text).isEmpty();
      }
    });
  }

  /** A part of a definition within one. */
  private static String whole(String text) {
    var least = "  id: example\n  owner: me\n";
    return text.startsWith("- ")
        ? "workflow:\n" + least + "  jobs:\n" + text.indent(4)
        : text.startsWith("properties:")
            ? "workflow:\n" + least + "  jobs: [{id: a, type: NoOp}]\n" + text
            : text;
  }

  @Test
  void everyExampleInJsonCanBeRead() {
    var json =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    var examples = blocks("json");
    assertThat(examples).hasSize(2);
    examples.forEach((place, text) -> {
      if (place.startsWith("docs/backfill.md")) {
        assertThat(json.readValue(text, BackfillBody.class).param()).as(place).isNotNull();
      } else {
        var reading =
            Definitions.read(
                """
                {"workflow": {"id": "example", %s,
                  "steps": [{"step": {"id": "a", "type": "NoOp"}}]}, "properties": {"owner": "me"}}
                """
                    .formatted(text),
                place);
        assertThat(reading.problems()).as(reading.rendered()).isEmpty();
      }
    });
  }

  // ------------------------------------------------------------------ links

  @Test
  void everyLinkLeadsSomewhere() {
    var lost = new ArrayList<String>();
    PAGES.forEach((page, text) ->
        LINK.matcher(BLOCK.matcher(text).replaceAll(""))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.matches("[a-z]+:.*"))
            .filter(link -> !leads(page, link))
            .forEach(link -> lost.add(page + ": " + link)));
    assertThat(lost).isEmpty();
  }

  private static boolean leads(String page, String link) {
    var hash = link.indexOf('#');
    var file = hash < 0 ? link : link.substring(0, hash);
    var path = file.isEmpty() ? Path.of(page) : Path.of(page).resolveSibling(file).normalize();
    if (!Files.exists(ROOT.resolve(path))) {
      return false;
    }
    var target = PAGES.get(path.toString());
    return hash < 0 || target == null || anchors(target).contains(link.substring(hash + 1));
  }

  private static Set<String> anchors(String text) {
    var anchors = new TreeSet<String>();
    Pattern.compile("(?m)^#+ (.*)$")
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .forEach(anchors::add);
    Pattern.compile("id=\"([^\"]+)\"")
        .matcher(text)
        .results()
        .forEach(id -> anchors.add(id.group(1)));
    return anchors;
  }

  // ------------------------------------------------------------------ commands

  @Test
  void everyCommandAndOptionThatIsShownIsThere() {
    var root = DescribedCommands.all();
    var wrong = new ArrayList<String>();
    PAGES.forEach((page, text) -> {
      if (!page.startsWith("docs/reference") && !page.startsWith("docs/decisions")) {
        shown(text)
            .forEach(code ->
                COMMAND
                    .matcher(code)
                    .results()
                    .map(found -> problem(root, found))
                    .filter(problem -> problem != null)
                    .forEach(problem -> wrong.add(page + ": " + problem + " in: " + code)));
      }
    });
    assertThat(wrong).isEmpty();
  }

  private static Stream<String> shown(String text) {
    return Stream.concat(
        BLOCK
            .matcher(text)
            .results()
            .filter(block -> block.group(1).isEmpty() || block.group(1).equals("sh"))
            .flatMap(block -> block.group(2).lines()),
        BLOCK
            .matcher(text)
            .replaceAll("")
            .lines()
            .flatMap(line -> CODE.matcher(line).results().map(code -> code.group(1))));
  }

  private static @Nullable String problem(CommandSpec root, MatchResult found) {
    var words = found.group("words").split(" ", -1);
    if (OF_LAUNCHER.contains(words[0])) {
      return null;
    }
    var command = root.subcommands().get(words[0]);
    if (command == null) {
      return "no command " + words[0];
    }
    var spec = command.getCommandSpec();
    if (words.length > 1 && spec.subcommands().containsKey(words[1])) {
      spec = spec.subcommands().get(words[1]).getCommandSpec();
    }
    var known = new TreeSet<>(spec.optionsMap().keySet());
    spec.subcommands()
        .values()
        .forEach(sub -> known.addAll(sub.getCommandSpec().optionsMap().keySet()));
    known.addAll(root.optionsMap().keySet());
    for (var option :
        Pattern.compile("(?<=[ \\[|])--?[a-z][a-z-]*")
            .matcher(found.group("rest").split(" \\| | · |;|&&")[0])
            .results()
            .toList()) {
      if (!known.contains(option.group())) {
        return "no option " + option.group() + " of " + spec.qualifiedName();
      }
    }
    return null;
  }

  // ------------------------------------------------------------------ settings

  @ParameterizedTest
  @ValueSource(
      classes = {EngineConfiguration.class, SchedulerApplication.class, SignalApplication.class})
  void everyServiceTellsOfSettingsThatNobodyReads(Class<?> service) {
    assertThat(service.getAnnotation(Import.class).value()).contains(SettingsConfiguration.class);
  }

  @Test
  void everySettingThatIsNamedIsThere() throws IOException {
    var names = SettingNames.ofReference();
    var inCode = namesInCode();
    var wrong = new ArrayList<String>();
    PAGES.forEach((page, text) ->
        // what is made from the code needs no look
        (page.startsWith("docs/reference/")
                ? Stream.<String>empty()
                : Stream.concat(
                    CODE.matcher(text).results().map(code -> code.group(1)),
                    BLOCK.matcher(text).results().map(block -> block.group(2))))
            .flatMap(code -> SETTING.matcher(code).results())
            .map(MatchResult::group)
            .distinct()
            .filter(name -> !isThere(name, names, inCode))
            .forEach(name -> wrong.add(page + ": " + name)));
    assertThat(wrong).isEmpty();
  }

  private static boolean isThere(String name, SettingNames names, Set<String> inCode) {
    return names.problem(name) == null
        || SETTINGS.keySet().stream().anyMatch(known -> known.startsWith(name))
        || inCode.stream().anyMatch(known -> known.startsWith(name));
  }

  /** Of meters, threads, properties of Java. */
  private static Set<String> namesInCode() throws IOException {
    var all = new TreeSet<String>();
    try (var files = Files.walk(ROOT)) {
      var sources =
          files.filter(file -> file.toString().matches("\\.\\./maestro-[a-z-]+/src/.*\\.java"));
      for (var file : sources.toList()) {
        SETTING.matcher(Files.readString(file)).results().forEach(name -> all.add(name.group()));
      }
    }
    return all;
  }

  @Test
  void everySettingInABlockIsThere() {
    var names = SettingNames.ofReference();
    blocks("properties")
        .forEach((place, text) ->
            text.lines()
                .map(line -> line.split("=", 2)[0].strip())
                .filter(name -> name.startsWith("maestro."))
                .forEach(name -> assertThat(names.problem(name)).as(place).isNull()));
  }

  /** Of tables such as: Setting `maestro.x.…`, Default, Means. */
  @Test
  void everyDefaultOfASettingIsThatOfTheReference() {
    var seen = new ArrayList<String>();
    PAGES.forEach((page, text) -> {
      var prefix = "";
      var inTable = false;
      for (var line : text.lines().toList()) {
        var cells = line.startsWith("|") ? line.split("(?<!\\\\)\\|") : new String[0];
        if (cells.length > 2
            && cells[1].matches(" Setting (`maestro\\.[^`]*` )?")
            && cells[2].equals(" Default ")) {
          var given = CODE.matcher(cells[1]);
          prefix = given.find() ? given.group(1).replace("…", "") : "";
          inTable = true;
        } else if (cells.length == 0) {
          inTable = false;
        } else if (inTable && !cells[1].contains("---")) {
          compare(page, settings(prefix, cells[1]), cells[2].strip(), seen);
        }
      }
    });
    assertThat(seen).hasSizeGreaterThan(20);
  }

  /** {@code `a.b`, `.c`} names a.b and a.c. */
  private static List<String> settings(String prefix, String cell) {
    var names = new ArrayList<String>();
    for (var code : CODE.matcher(cell).results().toList()) {
      var name = code.group(1);
      if (name.startsWith(".") && !names.isEmpty()) {
        var last = names.getLast();
        names.add(last.substring(0, last.lastIndexOf('.')) + name);
      } else {
        names.add(prefix + name);
      }
    }
    return names;
  }

  private static void compare(String page, List<String> names, String defaults, List<String> seen) {
    var said = defaults.split(", ", -1);
    for (var i = 0; i < names.size(); i++) {
      var setting = SETTINGS.get(names.get(i));
      if (setting == null || !(setting.get("facts") instanceof Map<?, ?> facts)) {
        continue; // one of Spring's, or a name of the operator's choice
      }
      var known = facts.get("default") == null ? "" : String.valueOf(facts.get("default"));
      var one = said.length == names.size() ? said[i] : said[0];
      if (known.isEmpty() && !one.matches(".*[0-9].*")) {
        continue; // told in words
      }
      assertThat(plain(one)).as(page + ": " + names.get(i)).isEqualTo(plain(known));
      seen.add(names.get(i));
    }
  }

  /** The same amount in the same words. */
  private static String plain(String text) {
    var word = text.replaceAll("[`, ]", "").replace("iB", "B");
    if (word.matches("[0-9]+[KMG]B")) {
      return Long.toString(DataSize.parse(word).toBytes());
    }
    return word.equals("–") ? "" : word;
  }
}
