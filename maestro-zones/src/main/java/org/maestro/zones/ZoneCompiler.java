package org.maestro.zones;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneOffsetTransitionRule.TimeDefinition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.zones.ZoneFields.At;
import org.maestro.zones.ZoneFields.Rule;
import org.maestro.zones.ZoneFields.Until;

/**
 * Turns a zone's lines into {@link ZoneRules}. Where the database says that clocks are put back in
 * winter (Dublin), this says as the JDK does that they are put forward in summer: the same clocks,
 * and daylight saving in the half of the year where people expect it.
 */
final class ZoneCompiler {
  private static final int DAY = 86_400;

  /** Years that are written out where no yearly rule can say what the database does. */
  private static final int WRITTEN_OUT = 2_200;

  private final ZoneFile file;
  private final List<ZoneOffsetTransition> standard = new ArrayList<>();
  private final List<ZoneOffsetTransition> wall = new ArrayList<>();
  private final List<ZoneOffsetTransitionRule> yearly = new ArrayList<>();

  /** When the line that is being read begins, and the offsets until then. */
  private long begin = Long.MIN_VALUE;

  private int standardBefore;
  private int wallBefore;

  private ZoneCompiler(ZoneFile file) {
    this.file = file;
  }

  static ZoneRules compile(ZoneFile file, List<List<String>> lines) {
    var compiler = new ZoneCompiler(file);
    for (var line : lines) {
      compiler.add(line);
    }
    return compiler.rules(ZoneFields.seconds(lines.getFirst().getFirst()));
  }

  private ZoneRules rules(int first) {
    var offset = ZoneOffset.ofTotalSeconds(first);
    return ZoneRules.of(offset, offset, standard, wall, yearly);
  }

  /** A change that a rule makes in a year. */
  private record Change(Rule rule, LocalDateTime at) {
    static Change of(Rule rule, int year) {
      return new Change(rule, rule.day().in(year).atStartOfDay().plusSeconds(rule.at().seconds()));
    }
  }

  /** From when on clocks are put forward by so much. */
  private record Saving(long from, int seconds) {}

  /** One line of the zone: its offset, its rule and until when it holds. */
  private void add(List<String> line) {
    var offset = ZoneFields.seconds(line.get(0));
    var until = line.size() > 3 ? Until.read(line.subList(3, line.size())) : null;
    var rules = rules(line.get(1));
    var savings = new ArrayList<Saving>();
    long end;
    if (rules.isEmpty()) {
      var saving = isName(line.get(1)) ? 0 : ZoneFields.saving(line.get(1));
      savings.add(new Saving(begin, saving));
      end = until == null ? Long.MAX_VALUE : instant(until, offset, saving);
    } else {
      end = follow(rules, offset, until, savings);
    }
    var shift = savings.stream().mapToInt(Saving::seconds).min().orElse(0);
    enter(offset + Math.min(0, shift), offset, savings);
    if (until == null) {
      repeat(rules, offset, Math.min(0, shift));
    }
    begin = end;
  }

  private List<Rule> rules(String name) {
    return isName(name)
        ? file.rules().getOrDefault(name, List.of()).stream().map(Rule::read).toList()
        : List.of();
  }

  /** Or else nothing, or a fixed saving. */
  private boolean isName(String text) {
    return text.equals("-") || file.rules().containsKey(text);
  }

  private static long instant(Until until, int offset, int saving) {
    return instant(
        until.date().atStartOfDay().plusSeconds(until.at().seconds()), until.at(), offset, saving);
  }

  private static long instant(LocalDateTime local, At at, int offset, int saving) {
    return local.toEpochSecond(ZoneOffset.UTC)
        - switch (at.base()) {
          case WALL -> offset + saving;
          case STANDARD -> offset;
          case UTC -> 0;
        };
  }

  /**
   * Collects what rules do from the line's begin to its end.
   *
   * @return the end
   */
  private long follow(List<Rule> rules, int offset, @Nullable Until until, List<Saving> savings) {
    var saving = 0;
    var entered = begin == Long.MIN_VALUE;
    if (entered) {
      savings.add(new Saving(begin, 0));
    }
    for (var change :
        changes(rules, until == null ? lastYear(rules) : until.date().getYear() + 1)) {
      var at = instant(change.at(), change.rule().at(), offset, saving);
      if (until != null && at >= instant(until, offset, saving)) {
        break;
      }
      if (!entered && at > begin) {
        savings.add(new Saving(begin, saving));
        entered = true;
      }
      saving = change.rule().saving();
      if (entered) {
        savings.add(new Saving(at, saving));
      }
    }
    if (!entered) {
      savings.add(new Saving(begin, saving));
    }
    return until == null ? Long.MAX_VALUE : instant(until, offset, saving);
  }

  private static List<Change> changes(List<Rule> rules, int lastYear) {
    var changes = new ArrayList<Change>();
    for (var rule : rules) {
      for (var year = rule.from(); year <= Math.min(rule.until(), lastYear); year++) {
        changes.add(Change.of(rule, year));
      }
    }
    changes.sort(Comparator.comparing(Change::at));
    return changes;
  }

  /** The year from which on every year is like the next. */
  private int lastYear(List<Rule> rules) {
    var last = begin == Long.MIN_VALUE ? 0 : year(begin);
    for (var rule : rules) {
      last = Math.max(last, rule.until() == Rule.FOR_EVER ? rule.from() : rule.until());
    }
    var forEver = rules.stream().filter(rule -> rule.until() == Rule.FOR_EVER).toList();
    return forEver.stream().allMatch(ZoneCompiler::isYearly)
        ? last + 1
        : Math.max(last + 1, WRITTEN_OUT);
  }

  private static int year(long second) {
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).getYear();
  }

  private void enter(int standardOffset, int offset, List<Saving> savings) {
    if (begin == Long.MIN_VALUE) {
      standardBefore = standardOffset;
      wallBefore = offset + savings.getFirst().seconds();
    } else if (standardOffset != standardBefore) {
      standard.add(transition(begin, standardBefore, standardOffset));
      standardBefore = standardOffset;
    }
    for (var saving : savings) {
      change(saving.from(), offset + saving.seconds());
    }
  }

  /**
   * Sets the clocks. Where a zone's line begins at the time on the clock at which its rule sets
   * clocks, too, that is one change: the clocks never show what would be in between.
   */
  private void change(long at, int next) {
    var last = wall.isEmpty() ? null : wall.getLast();
    if (last != null
        && at + wallBefore <= last.toEpochSecond() + last.getOffsetBefore().getTotalSeconds()) {
      wall.removeLast();
      wallBefore = last.getOffsetBefore().getTotalSeconds();
      change(last.toEpochSecond(), next);
    } else if (next != wallBefore) {
      wall.add(transition(at, wallBefore, next));
      wallBefore = next;
    }
  }

  private static ZoneOffsetTransition transition(long at, int before, int after) {
    return ZoneOffsetTransition.of(
        LocalDateTime.ofEpochSecond(at, 0, ZoneOffset.ofTotalSeconds(before)),
        ZoneOffset.ofTotalSeconds(before),
        ZoneOffset.ofTotalSeconds(after));
  }

  // -------------------------------------------------------------------- for ever

  /** What happens every year from now on. */
  private void repeat(List<Rule> rules, int offset, int shift) {
    var forEver =
        rules.stream()
            .filter(rule -> rule.until() == Rule.FOR_EVER)
            .sorted(Comparator.comparing(rule -> Change.of(rule, 2_000).at()))
            .toList();
    if (forEver.isEmpty() || !forEver.stream().allMatch(ZoneCompiler::isYearly)) {
      return;
    }
    var before = forEver.getLast().saving();
    for (var rule : forEver) {
      if (rule.saving() != before) {
        yearly.add(yearly(rule, offset, before, shift));
      }
      before = rule.saving();
    }
  }

  /** Whether {@link ZoneOffsetTransitionRule} can say it. */
  private static boolean isYearly(Rule rule) {
    var day = rule.day();
    var seconds = rule.at().seconds();
    return seconds >= 0
        && seconds <= DAY
        && (day.month() != Month.FEBRUARY || !day.before() || day.day() == 0);
  }

  private static ZoneOffsetTransitionRule yearly(Rule rule, int offset, int before, int shift) {
    var day = rule.day();
    var seconds = rule.at().seconds();
    // A standard time that was shifted is said in UTC's terms: as what clocks show.
    var wall = rule.at().base() == ZoneFields.Base.STANDARD && shift != 0;
    var local = wall ? seconds + before : seconds;
    var ofMonth =
        day.day() == 0 ? -1 : day.before() ? day.day() - day.month().maxLength() - 1 : day.day();
    return ZoneOffsetTransitionRule.of(
        day.month(),
        ofMonth,
        day.weekday(),
        local == DAY ? LocalTime.MIDNIGHT : LocalTime.ofSecondOfDay(local),
        local == DAY,
        wall ? TimeDefinition.WALL : definition(rule.at()),
        ZoneOffset.ofTotalSeconds(offset + shift),
        ZoneOffset.ofTotalSeconds(offset + before),
        ZoneOffset.ofTotalSeconds(offset + rule.saving()));
  }

  private static TimeDefinition definition(At at) {
    return switch (at.base()) {
      case WALL -> TimeDefinition.WALL;
      case STANDARD -> TimeDefinition.STANDARD;
      case UTC -> TimeDefinition.UTC;
    };
  }
}
