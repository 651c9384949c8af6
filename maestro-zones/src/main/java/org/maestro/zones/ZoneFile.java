package org.maestro.zones;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the time-zone database in its text form ({@code tzdata.zi}), found by name. A line
 * is understood when a zone that needs it is asked for.
 *
 * @param version of the database, such as {@code 2026f}
 * @param rules the fields of a rule's lines, by the rule's name
 * @param zones the fields of a zone's lines, without the word Zone and the name
 * @param links other names of zones
 */
record ZoneFile(
    String version,
    Map<String, List<List<String>>> rules,
    Map<String, List<List<String>>> zones,
    Map<String, String> links) {

  /** Stands for "nobody has set the zone yet" in the database. */
  private static final String NO_PLACE = "Factory";

  private static final String VERSION = "# version ";
  private static final int RULE_FIELDS = 10;
  private static final int FEWEST_NAMES = 300;

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is none of zones; the message says what it is
   */
  static ZoneFile read(BufferedReader text) throws IOException {
    var version = "";
    var rules = new HashMap<String, List<List<String>>>();
    var zones = new HashMap<String, List<List<String>>>();
    var links = new HashMap<String, String>();
    @Nullable List<List<String>> zone = null;
    var number = 0;
    for (var line = text.readLine(); line != null; line = text.readLine()) {
      number++;
      if (line.startsWith(VERSION)) {
        version = line.substring(VERSION.length()).strip();
      }
      var fields = fields(line);
      if (fields.isEmpty()) {
        continue;
      }
      if (zone != null) {
        require(fields.size() >= 3, "a zone to go on", number, line);
        zone.add(fields);
        zone = goesOn(zone);
        continue;
      }
      switch (fields.getFirst()) {
        case "R", "Rule" -> {
          require(fields.size() >= RULE_FIELDS, "a rule of 10 fields", number, line);
          rules.computeIfAbsent(fields.get(1), _ -> new ArrayList<>()).add(fields.subList(2, 9));
        }
        case "L", "Link" -> {
          require(fields.size() >= 3, "a link of 3 fields", number, line);
          links.put(fields.get(2), fields.get(1));
        }
        case "Z", "Zone" -> {
          require(fields.size() >= 5, "a zone of 5 fields or more", number, line);
          var lines = new ArrayList<>(List.of(fields.subList(2, fields.size())));
          zones.put(fields.get(1), lines);
          zone = goesOn(lines);
        }
        default -> require(false, "a line that begins with R, Z or L", number, line);
      }
    }
    if (version.isEmpty() || zones.size() + links.size() < FEWEST_NAMES) {
      throw new IllegalArgumentException(
          "expected a tzdata.zi that begins with \"# version\", found "
              + (version.isEmpty() ? "no version" : "version " + version)
              + " and "
              + (zones.size() + links.size())
              + " names");
    }
    zones.remove(NO_PLACE);
    return new ZoneFile(version, rules, zones, links);
  }

  /** The zone if its last line says until when it holds, and so another follows. */
  private static @Nullable List<List<String>> goesOn(List<List<String>> zone) {
    return zone.getLast().size() > 3 ? zone : null;
  }

  private static void require(boolean fulfilled, String expected, int number, String line) {
    if (!fulfilled) {
      var shown = line.length() > 80 ? line.substring(0, 80) + "…" : line;
      throw new IllegalArgumentException(
          "line %d: expected %s, found \"%s\"".formatted(number, expected, shown));
    }
  }

  private static List<String> fields(String line) {
    var fields = new ArrayList<String>();
    var at = 0;
    while (at < line.length()) {
      var c = line.charAt(at);
      if (c == '#') {
        break;
      } else if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '"') {
        var end = line.indexOf('"', at + 1);
        end = end < 0 ? line.length() : end;
        fields.add(line.substring(at + 1, end));
        at = end + 1;
      } else {
        var begin = at;
        while (at < line.length() && " \t#".indexOf(line.charAt(at)) < 0) {
          at++;
        }
        fields.add(line.substring(begin, at));
      }
    }
    return fields;
  }

  /** All names, of zones and links. */
  Set<String> names() {
    var names = new TreeSet<>(zones.keySet());
    links.forEach((name, _) -> {
      if (lines(name) != null) {
        names.add(name);
      }
    });
    return names;
  }

  /** The lines of a zone, also by a link's name; null if there is none. */
  @Nullable List<List<String>> lines(String name) {
    var target = name;
    for (var hops = 0; hops < 8 && !zones.containsKey(target); hops++) {
      target = links.getOrDefault(target, target);
    }
    return zones.get(target);
  }
}
