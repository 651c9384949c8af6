package org.maestro.cli.definition;

import java.util.ArrayList;
import java.util.List;

/** Which lines of a text are new and which are gone. */
final class TextDiff {
  private static final int MOST_LINES = 2_000;
  private static final int CONTEXT = 2;

  private TextDiff() {}

  enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  record Line(Kind kind, String text) {}

  /** The lines that differ, with a few around them. */
  static List<Line> lines(String before, String after) {
    var old = before.lines().toList();
    var now = after.lines().toList();
    if (old.size() > MOST_LINES || now.size() > MOST_LINES) {
      return List.of(
          new Line(Kind.REMOVED, old.size() + " lines"),
          new Line(Kind.ADDED, now.size() + " lines"));
    }
    return withContext(all(old, now));
  }

  /** By the longest common subsequence. */
  private static List<Line> all(List<String> old, List<String> now) {
    var common = new int[old.size() + 1][now.size() + 1];
    for (var i = old.size() - 1; i >= 0; i--) {
      for (var j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    var lines = new ArrayList<Line>();
    var i = 0;
    var j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add(new Line(Kind.SAME, old.get(i++)));
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Kind.REMOVED, old.get(i++)));
      } else {
        lines.add(new Line(Kind.ADDED, now.get(j++)));
      }
    }
    return lines;
  }

  private static List<Line> withContext(List<Line> all) {
    var shown = new ArrayList<Line>();
    var gap = false;
    for (var i = 0; i < all.size(); i++) {
      var near =
          all.subList(Math.max(0, i - CONTEXT), Math.min(all.size(), i + CONTEXT + 1)).stream()
              .anyMatch(line -> line.kind() != Kind.SAME);
      if (near) {
        shown.add(all.get(i));
        gap = false;
      } else if (!gap) {
        shown.add(new Line(Kind.SAME, "…"));
        gap = true;
      }
    }
    return shown;
  }
}
