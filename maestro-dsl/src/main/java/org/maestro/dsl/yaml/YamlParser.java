package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;
import org.maestro.model.document.Limit;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML text to trees, one per document. Builds plain data only: no tag makes anything else, and
 * what a small text can grow to is bounded.
 */
final class YamlParser {
  @Limit(value = "a definition in YAML", unit = "characters")
  private static final int MOST_CHARACTERS = 256 * 1024;

  /** As in JSON, so that everything can be written as YAML. */
  @Limit("levels of a definition in YAML")
  private static final int DEEPEST = 200;

  @Limit("aliases in a definition in YAML")
  private static final int MOST_ALIASES = 50;

  private static final int MOST_NODES = 100_000;

  /** What plain scalars get, so that a written tag can be told from none. */
  private static final Tag PLAIN = new Tag("tag:maestro,2026:plain");

  /** What PyYAML writes for a tuple: a list. */
  private static final Tag TUPLE = new Tag(Tag.PREFIX + "python/tuple");

  private static final Set<Tag> ALLOWED =
      Set.of(PLAIN, TUPLE, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private final SourceText source;
  private final SourceProblems problems;
  private final Set<org.yaml.snakeyaml.nodes.Node> open =
      Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  private YamlParser(SourceProblems problems) {
    this.source = problems.source();
    this.problems = problems;
  }

  /** The documents as far as they can be read; what can't is reported. */
  static List<Node> parse(SourceProblems problems) {
    return new YamlParser(problems).documents();
  }

  private List<Node> documents() {
    var documents = new ArrayList<Node>();
    if (source.text().length() > MOST_CHARACTERS) {
      problems.add(
          ProblemCode.LIMIT,
          new Span(0, 0),
          "expected a text of at most 256 KB, found "
              + (source.text().length() + 1023) / 1024
              + " KB; split the workflow, or move large values out of it");
      return documents;
    }
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST + 1);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setAllowRecursiveKeys(false);
    options.setTagInspector(TUPLE::equals);
    var guard = new Guard();
    try {
      var reader = new StreamReader(source.text());
      guard.events = new ParserImpl(reader, options);
      var composer = new Composer(guard, new NothingImplicit(), options);
      while (composer.checkNode()) {
        documents.add(node(composer.getNode(), guard));
        nodes = 0;
      }
    } catch (Refused e) {
      problems.add(e.code, e.span, e.text);
    } catch (ReaderException e) {
      var at = source.offset(e.getPosition());
      problems.add(
          ProblemCode.CHARACTER,
          new Span(at, at + 1),
          "expected text, found the character U+"
              + "%04X".formatted(e.getCodePoint())
              + "; remove it, or write it as an escape in double quotes");
    } catch (MarkedYAMLException e) {
      addSyntax(e);
    } catch (NumberFormatException _) {
      // SnakeYAML's answer to an escape that the end of the text cuts off.
      problems.add(
          ProblemCode.SYNTAX,
          guard.last,
          "expected the digits of an escape behind this, found none");
    } catch (YAMLException e) {
      problems.add(
          ProblemCode.LIMIT,
          guard.last,
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return documents;
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ProblemCode code;
    private final transient Span span;
    private final String text;

    Refused(ProblemCode code, Span span, String text) {
      super(text, null, false, false);
      this.code = code;
      this.span = span;
      this.text = text;
    }
  }

  /** Leaves what a plain scalar is to {@link CoreSchema}. */
  private static final class NothingImplicit extends Resolver {
    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
      return switch (kind) {
        case scalar -> implicit ? PLAIN : Tag.STR;
        case sequence -> Tag.SEQ;
        case mapping, anchor -> Tag.MAP;
      };
    }
  }

  /** Watches the events on their way: depth and aliases, with their places. */
  private final class Guard implements Parser {
    private @Nullable ParserImpl events;
    private Span last = new Span(0, 0);
    private int depth;
    private int aliases;

    private ParserImpl events() {
      if (events == null) {
        throw new IllegalStateException("not started");
      }
      return events;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
      return events().checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
      return events().peekEvent();
    }

    @Override
    public Event getEvent() {
      var event = events().getEvent();
      last = span(event.getStartMark(), event.getEndMark());
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> {
          if (++depth > DEEPEST) {
            throw new Refused(
                ProblemCode.LIMIT,
                last,
                "expected at most " + DEEPEST + " levels, found more; nest less deeply");
          }
        }
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> {
          if (++aliases > MOST_ALIASES) {
            throw new Refused(
                ProblemCode.ALIAS,
                last,
                "expected at most "
                    + MOST_ALIASES
                    + " aliases, found one more at *"
                    + ((AliasEvent) event).getAnchor()
                    + "; write the values out");
          }
        }
        case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
      }
      return event;
    }
  }

  private Span span(@Nullable Mark start, @Nullable Mark end) {
    var from = start == null ? 0 : source.offset(start.getIndex());
    return new Span(from, end == null ? from : source.offset(end.getIndex()));
  }

  private Node node(org.yaml.snakeyaml.nodes.Node node, Guard guard) {
    if (++nodes > MOST_NODES) {
      throw new Refused(
          ProblemCode.LIMIT,
          guard.last,
          "expected at most "
              + MOST_NODES
              + " values once aliases are written out, found more; use fewer aliases");
    }
    var span = span(node.getStartMark(), node.getEndMark());
    checkTag(node.getTag(), span);
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar, span);
    }
    if (!open.add(node)) {
      throw new Refused(
          ProblemCode.ALIAS, span, "expected an alias outside of its own anchor; remove it");
    }
    var read =
        node instanceof SequenceNode sequence
            ? items(sequence, span, guard)
            : entries((MappingNode) node, span, guard);
    open.remove(node);
    return read;
  }

  private void checkTag(Tag tag, Span span) {
    if (!ALLOWED.contains(tag)) {
      problems.add(
          ProblemCode.TAG,
          source.firstLine(span),
          "expected no tag, found "
              + shown(tag)
              + "; remove it, or put the text in quotes: '"
              + "!name' for an expression");
    }
  }

  private static String shown(Tag tag) {
    var value = tag.getValue();
    return value.startsWith(Tag.PREFIX) ? "!!" + value.substring(Tag.PREFIX.length()) : value;
  }

  private Items items(SequenceNode sequence, Span span, Guard guard) {
    var items = new ArrayList<Node>(sequence.getValue().size());
    sequence.getValue().forEach(item -> items.add(node(item, guard)));
    return new Items(items, items.isEmpty() ? span : trimmed(span));
  }

  private Entries entries(MappingNode mapping, Span span, Guard guard) {
    var entries = new LinkedHashMap<String, Entry>();
    for (var tuple : mapping.getValue()) {
      var keyNode = node(tuple.getKeyNode(), guard);
      var value = node(tuple.getValueNode(), guard);
      if (!(keyNode instanceof Scalar key)) {
        problems.add(
            ProblemCode.SYNTAX,
            source.firstLine(keyNode.span()),
            "expected text as a key, found a list or mapping; if it is text such as ${x}, put it in"
                + " quotes");
      } else if (key.text().equals("<<")) {
        problems.add(
            ProblemCode.TAG,
            key.span(),
            "expected a field, found a merge key; YAML 1.2 has none: write the fields out");
      } else {
        add(entries, key, value);
      }
    }
    return new Entries(entries, entries.isEmpty() ? span : trimmed(span));
  }

  private void add(Map<String, Entry> entries, Scalar key, Node value) {
    var first = entries.putIfAbsent(key.text(), new Entry(key, value));
    if (first != null) {
      problems.add(
          ProblemCode.DUPLICATE_KEY,
          key.span(),
          "expected every key once in a mapping, found '"
              + Words.shortened(key.text())
              + "' also in line "
              + source.line(first.key().span().start())
              + "; remove or rename one of them");
    }
  }

  /** A block ends where the next thing starts; it is shown without the blanks between. */
  private Span trimmed(Span span) {
    var end = span.end();
    while (end > span.start() && Character.isWhitespace(source.text().charAt(end - 1))) {
      end--;
    }
    return new Span(span.start(), end);
  }

  private Scalar scalar(ScalarNode node, Span span) {
    var text = node.getValue();
    var written = written(node, span);
    if (!node.getTag().equals(PLAIN)) {
      return new Scalar(tagged(node, span), text, span, written);
    }
    if (CoreSchema.isNoNumber(text)) {
      problems.add(
          ProblemCode.NUMBER,
          span,
          "expected a value that JSON has, found " + text + "; put it in quotes if it is text");
    }
    if (CoreSchema.hasLeadingZero(text)) {
      problems.add(
          ProblemCode.LEADING_ZERO,
          span,
          "the number " + text + " loses its leading zero; put it in quotes to keep it");
    }
    return new Scalar(CoreSchema.value(text), text, span, written);
  }

  private @Nullable Object tagged(ScalarNode node, Span span) {
    var text = node.getValue();
    if (node.getTag().equals(Tag.STR) || !ALLOWED.contains(node.getTag())) {
      return text;
    }
    var value = CoreSchema.value(text);
    if (value instanceof String || (value == null && !node.getTag().equals(Tag.NULL))) {
      problems.add(
          ProblemCode.TAG, span, "expected " + shown(node.getTag()) + ", found other text");
    }
    return value;
  }

  private Written written(ScalarNode node, Span span) {
    var style = node.getScalarStyle();
    var file = source.text();
    if (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED) {
      var quote = style == ScalarStyle.SINGLE_QUOTED ? '\'' : '"';
      var from = Math.max(span.start(), file.indexOf(quote, span.start())) + 1;
      return new Written(file, from, span.end() - 1, quote, node.getValue(), 0);
    }
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      var line = source.line(span.start());
      var from = Math.min(span.end(), source.start(line) + source.lineText(line).length());
      return new Written(file, from, span.end(), '\0', node.getValue(), 0);
    }
    return new Written(file, span.start(), span.end(), '\0', node.getValue(), 0);
  }

  private void addSyntax(MarkedYAMLException e) {
    var at = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    var offset = at == null ? 0 : source.offset(at.getIndex());
    var text = source.text();
    var c = offset < text.length() ? text.charAt(offset) : '\0';
    var problem = String.valueOf(e.getProblem());
    if (c == '\t') {
      problems.add(
          ProblemCode.TAB,
          new Span(offset, offset + 1),
          "expected blanks as indentation, found a tab; use two blanks per level");
      return;
    }
    if (problem.startsWith("Global tag is not allowed")) {
      problems.add(
          ProblemCode.TAG,
          new Span(offset, offset + 1),
          "expected no tag, found one that names a class; remove it");
      return;
    }
    problems.add(ProblemCode.SYNTAX, new Span(offset, offset + 1), Words.syntax(problem, c, e));
  }
}
