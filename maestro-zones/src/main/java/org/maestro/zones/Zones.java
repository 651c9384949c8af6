package org.maestro.zones;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of time zones: one set of them, wherever one is written. They are the names of the
 * time-zone database in its letter case, {@code Z}, offsets such as {@code +09:00}, and offsets
 * after UTC, GMT or UT. Whoever asks here goes by Maestro's rules: a process that was started with
 * others is told so.
 */
public final class Zones {
  private static final String PROVIDER = "java.time.zone.DefaultZoneRulesProvider";
  private static final Pattern OFFSET =
      Pattern.compile("(?:UTC|GMT|UT)?[+-][0-9]{1,2}(?::?[0-9]{2}(?::?[0-9]{2})?)?");
  private static final int LONGEST = 64;

  /** Abbreviations that name no zone, and the zone that most people mean by them. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("PST", "America/Los_Angeles"),
          Map.entry("PDT", "America/Los_Angeles"),
          Map.entry("PT", "America/Los_Angeles"),
          Map.entry("MDT", "America/Denver"),
          Map.entry("CST", "America/Chicago"),
          Map.entry("CDT", "America/Chicago"),
          Map.entry("EDT", "America/New_York"),
          Map.entry("ET", "America/New_York"),
          Map.entry("BST", "Europe/London"),
          Map.entry("CEST", "Europe/Berlin"),
          Map.entry("EEST", "Europe/Helsinki"),
          Map.entry("IST", "Asia/Kolkata"),
          Map.entry("JST", "Asia/Tokyo"),
          Map.entry("KST", "Asia/Seoul"),
          Map.entry("AEST", "Australia/Sydney"),
          Map.entry("NZST", "Pacific/Auckland"),
          Map.entry("ASIA/BEIJING", "Asia/Shanghai"));

  private static final Set<String> NAMES;

  /** How the rules are called, and where they come from. */
  public record Rules(String version, String place) {
    @Override
    public String toString() {
      return version + ", " + place;
    }
  }

  private static final Rules RULES;

  static {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, TzdataRules.class.getName());
    }
    var known = ZoneRulesProvider.getAvailableZoneIds();
    var ours = known.isEmpty() ? null : TzdataRules.inUse();
    if (ours == null) {
      throw new IllegalStateException(
          ("expected to go by Maestro's time-zone rules, found that something has used other rules"
                  + " before: start Java with -D%s=%s")
              .formatted(PROVIDER, TzdataRules.class.getName()));
    }
    NAMES = ours.names();
    RULES = new Rules(ours.version(), ours.place());
  }

  private Zones() {}

  /**
   * Makes sure that all of {@code java.time} goes by Maestro's rules; to be called before anything
   * else.
   *
   * @return which those are
   * @throws IllegalStateException if something has used other rules before
   */
  public static Rules install() {
    return RULES;
  }

  /** The rules that this process goes by. */
  public static Rules rules() {
    return RULES;
  }

  /** All names of the database. */
  public static Set<String> names() {
    return NAMES;
  }

  /** Whether a text names a zone. */
  public static boolean isName(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    if (NAMES.contains(text) || text.equals("Z")) {
      return true;
    }
    try {
      return OFFSET.matcher(text).matches() && ZoneId.of(text) != null;
    } catch (DateTimeException _) {
      return false; // an offset beyond 18 hours
    }
  }

  /**
   * The zone of a name.
   *
   * @throws IllegalArgumentException if it is none; the message is meant for the author
   */
  public static ZoneId of(String name) {
    if (isName(name)) {
      return ZoneId.of(name);
    }
    var meant = suggestion(name);
    throw new IllegalArgumentException(
        problem(name) + (meant == null ? "" : "; did you mean \"" + meant + "\"?"));
  }

  /** What is wrong with a text that names no zone. */
  public static String problem(String name) {
    var shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    return "expected a time zone such as \"UTC\", \"Europe/Berlin\" or \"+09:00\", found \"%s\""
        .formatted(shown);
  }

  /** The name that may be meant by a text that names no zone; null if none is like it. */
  public static @Nullable String suggestion(String name) {
    if (name.length() > LONGEST || OFFSET.matcher(name).matches()) {
      return null;
    }
    var word = name.strip().replace(' ', '_');
    var meant = MEANT.get(word.toUpperCase(Locale.ROOT));
    if (meant != null) {
      return meant;
    }
    String nearest = null;
    var fewest = word.length() < 4 ? 1 : 3;
    for (var known : new TreeSet<>(NAMES)) {
      var edits =
          known.equalsIgnoreCase(word) || isCity(known, word) ? 0 : edits(word, known, fewest);
      if (edits < fewest) {
        fewest = edits;
        nearest = known;
      }
    }
    return nearest;
  }

  private static boolean isCity(String known, String word) {
    var slash = known.lastIndexOf('/');
    return slash > 0
        && word.length() > 3
        && word.length() == known.length() - slash - 1
        && known.regionMatches(true, slash + 1, word, 0, word.length());
  }

  /** The Levenshtein distance, letter case aside; {@code most} if it is that or more. */
  private static int edits(String one, String other, int most) {
    if (Math.abs(one.length() - other.length()) >= most) {
      return most;
    }
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var previous = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var current = new int[b.length() + 1];
      current[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + same, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return Math.min(most, previous[b.length()]);
  }
}
