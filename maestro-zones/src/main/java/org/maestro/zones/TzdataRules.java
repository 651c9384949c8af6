package org.maestro.zones;

import java.time.DateTimeException;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The zone rules of {@code java.time} in every process of Maestro, in place of the JDK's: those of
 * a {@code tzdata.zi}. A zone's lines are understood when it is first asked for. The JDK makes the
 * one instance, since {@code java.time.zone.DefaultZoneRulesProvider} names this class.
 */
public final class TzdataRules extends ZoneRulesProvider {
  /** The setting that names other rules than the shipped ones: a system property. */
  public static final String PROPERTY = "maestro.zone-rules";

  /** The same as a variable of the environment. */
  public static final String VARIABLE = "MAESTRO_ZONE_RULES";

  /**
   * Names that the database has given up and {@code java.util.TimeZone} still lists: {@code
   * java.text} asks for the rules of every one of them whenever it needs the name of any zone. They
   * are for the JDK only, users can't write them.
   */
  private static final Map<String, String> LISTED_BY_THE_JDK =
      Map.ofEntries(
          Map.entry("SystemV/AST4", "Etc/GMT+4"),
          Map.entry("SystemV/AST4ADT", "America/Halifax"),
          Map.entry("SystemV/EST5", "Etc/GMT+5"),
          Map.entry("SystemV/EST5EDT", "America/New_York"),
          Map.entry("SystemV/CST6", "Etc/GMT+6"),
          Map.entry("SystemV/CST6CDT", "America/Chicago"),
          Map.entry("SystemV/MST7", "Etc/GMT+7"),
          Map.entry("SystemV/MST7MDT", "America/Denver"),
          Map.entry("SystemV/PST8", "Etc/GMT+8"),
          Map.entry("SystemV/PST8PDT", "America/Los_Angeles"),
          Map.entry("SystemV/YST9", "Etc/GMT+9"),
          Map.entry("SystemV/YST9YDT", "America/Anchorage"),
          Map.entry("SystemV/HST10", "Etc/GMT+10"));

  private static volatile @Nullable TzdataRules inUse;

  private final ZoneSource source;
  private final Set<String> names;
  private final ConcurrentHashMap<String, ZoneRules> known = new ConcurrentHashMap<>();

  /** With the rules that the process's settings name. */
  public TzdataRules() {
    this(ZoneSource.chosen(System.getProperty(PROPERTY), System.getenv(VARIABLE)));
    inUse = this;
  }

  /** What the JDK has made; null if it goes by other rules. */
  static @Nullable TzdataRules inUse() {
    return inUse;
  }

  TzdataRules(ZoneSource source) {
    this.source = source;
    this.names = Set.copyOf(source.file().names());
  }

  /** All names that users can write. */
  Set<String> names() {
    return names;
  }

  @Override
  protected Set<String> provideZoneIds() {
    var all = new HashSet<>(names);
    all.addAll(LISTED_BY_THE_JDK.keySet());
    return all;
  }

  @Override
  protected ZoneRules provideRules(String name, boolean forCaching) {
    return known.computeIfAbsent(name, this::compile);
  }

  private ZoneRules compile(String name) {
    var lines = source.file().lines(LISTED_BY_THE_JDK.getOrDefault(name, name));
    if (lines == null) {
      throw new ZoneRulesException("expected a time zone, found \"%s\"".formatted(name));
    }
    try {
      return ZoneCompiler.compile(source.file(), lines);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new ZoneRulesException(
          "expected rules of time zone \"%s\" in %s, found some that can't be read: %s"
              .formatted(name, source.place(), e.getMessage()),
          e);
    }
  }

  @Override
  protected NavigableMap<String, ZoneRules> provideVersions(String name) {
    var versions = new TreeMap<String, ZoneRules>();
    versions.put(source.file().version(), provideRules(name, false));
    return versions;
  }

  String version() {
    return source.file().version();
  }

  /** Where the rules come from, for people. */
  String place() {
    return source.place();
  }
}
