package org.maestro.dsl.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.ScalarToken;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Moves the lines of a YAML text to where their depth says, and nothing else: every line keeps what
 * it says, but for blanks around indicators.
 */
final class Reindenter {
  private static final int STEP = 2;

  private final SourceText source;
  private final Line[] lines;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int flowDepth;

  /** What a line is. */
  private enum Kind {
    /** Nobody has said: empty or a comment. */
    LOOSE,
    /** Something starts on it. */
    STRUCTURE,
    /** Inside a text that was begun before; blank lines count there. */
    TEXT,
    /** Inside a block of text, where every character counts. */
    BLOCK
  }

  private static final class Line {
    private final String text;
    private Kind kind = Kind.LOOSE;
    private int indent;

    /** Blanks to be made one: where they start, and where what follows them starts. */
    private final List<Span> gaps = new ArrayList<>();

    /** Behind the last token, from where a comment may come. */
    private int end;

    Line(String text) {
      this.text = text;
    }

    int column() {
      var column = 0;
      while (column < text.length() && text.charAt(column) == ' ') {
        column++;
      }
      return column;
    }
  }

  /**
   * A block collection.
   *
   * @param column where it was
   * @param indent where it goes
   * @param isImplied whether it is a list at the depth of its key, which has no end token
   */
  private record Frame(int column, int indent, boolean isImplied) {}

  Reindenter(SourceText source) {
    this.source = source;
    this.lines = new Line[source.lines()];
    for (var i = 0; i < lines.length; i++) {
      lines[i] = new Line(source.lineText(i + 1));
    }
  }

  String format() {
    var scanner = new ScannerImpl(new StreamReader(source.text()), new LoaderOptions());
    Token before = null;
    while (scanner.checkToken()) {
      var token = scanner.getToken();
      place(token, before);
      before = token;
    }
    placeLoose();
    return text();
  }

  private int start(Token token) {
    return source.offset(token.getStartMark().getIndex());
  }

  private int end(Token token) {
    return source.offset(token.getEndMark().getIndex());
  }

  private int column(int offset) {
    return source.column(offset) - 1;
  }

  private Line lineOf(int offset) {
    return lines[source.line(offset) - 1];
  }

  private int indent() {
    var frame = frames.peek();
    return frame == null ? -STEP : frame.indent;
  }

  private void place(Token token, @Nullable Token before) {
    var start = start(token);
    switch (token.getTokenId()) {
      case BlockMappingStart, BlockSequenceStart -> {
        frames.push(new Frame(column(start), indent() + STEP, false));
      }
      case BlockEnd -> {
        dropImplied();
        frames.pop();
      }
      case BlockEntry -> {
        var frame = frames.peek();
        if (before != null && before.getTokenId() == Token.ID.Value && flowDepth == 0) {
          // A list at the depth of its key; it goes one level deeper.
          frames.push(new Frame(column(start), indent() + STEP, true));
        } else if (frame == null) {
          return;
        }
        put(token, indent(), before);
      }
      case Key -> {
        if (flowDepth == 0) {
          dropImplied();
        }
        put(token, flowDepth == 0 ? indent() : flowIndent(), before);
      }
      case Value -> put(token, flowDepth == 0 ? indent() : flowIndent(), before);
      case FlowMappingStart, FlowSequenceStart -> {
        put(token, flowDepth == 0 ? indent() + STEP : flowIndent(), before);
        flowDepth++;
      }
      case FlowMappingEnd, FlowSequenceEnd -> {
        flowDepth--;
        put(token, flowDepth == 0 ? indent() + STEP : flowIndent(), before);
      }
      case Scalar -> scalar((ScalarToken) token, before);
      case FlowEntry -> put(token, flowIndent(), before);
      case Alias, Anchor, Tag ->
          put(token, flowDepth == 0 ? indent() + STEP : flowIndent(), before);
      case Directive, DocumentStart, DocumentEnd -> {
        frames.clear();
        put(token, 0, before);
      }
      case StreamStart, StreamEnd, Whitespace, Comment, Error -> {}
    }
  }

  private int flowIndent() {
    return indent() + STEP * Math.max(1, flowDepth);
  }

  /** A list at the depth of its key ends where the next key starts. */
  private void dropImplied() {
    while (!frames.isEmpty() && frames.element().isImplied) {
      frames.pop();
    }
  }

  /** Gives a line its depth, if the token is the first on it, and notes blanks before the token. */
  private void put(Token token, int indent, @Nullable Token before) {
    var start = start(token);
    var end = end(token);
    var line = lineOf(start);
    var column = column(start);
    if (line.text.substring(0, column).isBlank()) {
      if (line.kind == Kind.LOOSE) {
        line.kind = Kind.STRUCTURE;
        line.indent = Math.max(0, indent);
      }
    } else if (before != null && isFollowedByOneBlank(before)) {
      var gap = column;
      while (gap > 0 && line.text.charAt(gap - 1) == ' ') {
        gap--;
      }
      if (column - gap > 1) {
        line.gaps.add(new Span(gap, column));
      }
    }
    var last = lineOf(Math.max(start, end - 1));
    last.end = Math.max(last.end, column(Math.max(start, end - 1)) + 1);
  }

  private static boolean isFollowedByOneBlank(Token token) {
    return switch (token.getTokenId()) {
      case Value, BlockEntry, FlowEntry, BlockMappingStart, BlockSequenceStart, Key, Anchor, Tag ->
          true;
      case Alias,
          BlockEnd,
          Directive,
          DocumentEnd,
          DocumentStart,
          FlowMappingEnd,
          FlowMappingStart,
          FlowSequenceEnd,
          FlowSequenceStart,
          Scalar,
          StreamEnd,
          StreamStart,
          Whitespace,
          Comment,
          Error ->
          false;
    };
  }

  private void scalar(ScalarToken token, @Nullable Token before) {
    var indent = flowDepth == 0 ? indent() + STEP : flowIndent();
    var first = source.line(start(token));
    if (token.getStyle() == ScalarStyle.LITERAL || token.getStyle() == ScalarStyle.FOLDED) {
      put(token, indent, before);
      block(first, column(start(token)), indent);
      return;
    }
    put(token, indent, before);
    var last = source.line(Math.max(start(token), end(token) - 1));
    for (var i = first; i < last; i++) {
      lines[i].kind = Kind.TEXT;
      lines[i].indent = indent;
    }
  }

  /** The lines below the header of a block, which keep their depth among each other. */
  private void block(int header, int start, int indent) {
    var head = lines[header - 1];
    var headerEnd = start;
    while (headerEnd < head.text.length() && head.text.charAt(headerEnd) != ' ') {
      headerEnd++;
    }
    head.end = Math.max(head.end, headerEnd);
    var indicators = head.text.substring(start, headerEnd);
    var digit = digit(indicators);
    var frame = frames.peek();
    var depth = digit > 0 ? (frame == null ? 0 : frame.column) + digit : contentColumn(header);
    var last = header - 1;
    for (var i = header; i < lines.length; i++) {
      if (!lines[i].text.isBlank()) {
        if (lines[i].column() < depth) {
          break;
        }
        last = i;
      } else if (indicators.indexOf('+') > 0) {
        last = i;
      }
    }
    for (var i = header; i <= last; i++) {
      lines[i].kind = Kind.BLOCK;
      lines[i].indent = (digit > 0 ? indent() + digit : indent) - depth;
    }
  }

  /** The depth that the header of a block gives it; 0 if it leaves that to the first line. */
  private static int digit(String indicators) {
    return indicators
        .chars()
        .filter(Character::isDigit)
        .map(c -> Character.digit(c, 10))
        .findFirst()
        .orElse(0);
  }

  private int contentColumn(int header) {
    for (var i = header; i < lines.length; i++) {
      if (!lines[i].text.isBlank()) {
        return lines[i].column();
      }
    }
    return 0;
  }

  /** Comments go where what they stand above goes, or what they stood at the depth of. */
  private void placeLoose() {
    // From the end, because searching for the next line anew for each takes long in long comments.
    Line next = null;
    for (var i = lines.length - 1; i >= 0; i--) {
      if (lines[i].kind == Kind.STRUCTURE) {
        next = lines[i];
      } else if (lines[i].kind == Kind.LOOSE && !lines[i].text.isBlank()) {
        lines[i].indent = indentOfComment(i, next);
      }
    }
  }

  private int indentOfComment(int at, @Nullable Line next) {
    var column = lines[at].column();
    if (next != null && next.column() >= column) {
      return next.indent;
    }
    for (var i = at - 1; i >= 0; i--) {
      if (lines[i].kind == Kind.STRUCTURE && lines[i].column() <= column) {
        return lines[i].column() == column || next == null
            ? lines[i].indent
            : Math.max(lines[i].indent, next.indent);
      }
    }
    return next == null ? 0 : next.indent;
  }

  private String text() {
    var out = new StringBuilder();
    var isAfterBlank = true;
    for (var line : lines) {
      var isKept = line.kind == Kind.TEXT || line.kind == Kind.BLOCK;
      if (line.text.isBlank() && !isKept) {
        isAfterBlank = isAfterBlank || append(out, "");
      } else {
        append(out, moved(line));
        isAfterBlank = false;
      }
    }
    return isAfterBlank && !out.isEmpty() && out.length() > 1
        ? out.substring(0, out.length() - 1)
        : out.toString();
  }

  private static boolean append(StringBuilder out, String line) {
    out.append(line).append('\n');
    return true;
  }

  private static String moved(Line line) {
    return switch (line.kind) {
      case BLOCK ->
          line.text.isBlank() && line.column() + line.indent < 0
              ? ""
              : line.indent >= 0
                  ? (line.text.isEmpty() ? "" : " ".repeat(line.indent) + line.text)
                  : line.text.substring(Math.min(line.text.length(), -line.indent));
      case TEXT -> line.text.isBlank() ? "" : " ".repeat(line.indent) + tidy(line);
      case STRUCTURE, LOOSE -> " ".repeat(line.indent) + tidy(line);
    };
  }

  /** The line from its first character on, with one blank where there were several. */
  private static String tidy(Line line) {
    var out = new StringBuilder();
    var at = 0;
    while (at < line.text.length() && Character.isWhitespace(line.text.charAt(at))) {
      at++;
    }
    for (var gap : line.gaps) {
      if (gap.start() >= at) {
        out.append(line.text, at, gap.start()).append(' ');
        at = gap.end();
      }
    }
    var end = Math.max(at, Math.min(line.end, line.text.length()));
    out.append(line.text, at, end);
    var rest = line.text.substring(end).strip();
    return (rest.startsWith("#") && !out.isEmpty()
            ? out + " " + rest
            : out + line.text.substring(end))
        .stripTrailing();
  }
}
