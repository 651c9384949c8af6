package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** Signals: what starts workflows and lets their steps go on. */
@Command(
    name = "signal",
    description = {
      "Signals: what starts workflows and lets their steps go on.",
      "table/a is a name, table/a:7 the seventh signal of that name."
    })
final class SignalCommand {
  private static final Pattern NUMBERED = Pattern.compile("(.+):([0-9]{1,18})");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private static Item item(Session session, Tree signal) {
    var name = signal.at("name").text("?") + ":" + signal.at("seq_id").text("?");
    return Item.of(
        name,
        signal.map(),
        Cell.of(name),
        Cell.of(Json.compact(signal.at("params").map())),
        Cell.of(signal.at("announced_by").text("-")),
        Cell.of(session.times().at(signal.at("create_time").number())));
  }

  /** Announces one. */
  @Command(name = "send", description = "Announces a signal.")
  static final class Send implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "such as db/table")
    String name = "";

    @Option(
        names = {"-p", "--param"},
        paramLabel = "NAME=VALUE",
        description = "a param; whole numbers are sent as numbers, \"'7'\" as text")
    List<String> params = new ArrayList<>();

    @Option(names = "--payload", paramLabel = "JSON", description = "whatever belongs to it")
    @Nullable String payload;

    @Mixin final RequestIdOption once = new RequestIdOption();

    Send(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var body = new LinkedHashMap<String, Object>();
      body.put("name", name);
      body.put("params", values());
      if (payload != null) {
        try {
          body.put("payload", Json.read(payload));
        } catch (JacksonException e) {
          throw CommandFailure.usage("expected --payload to be JSON: " + e.getOriginalMessage());
        }
      }
      body.put("request_id", once.requestId == null ? session.newRequestId() : once.requestId);
      var sent = session.server().send("POST", Route.of("signals"), body);
      var named = name + ":" + sent.at("seq_id").text("?");
      session.report().one(named, sent.value(), List.of(named + "  announced"));
      return ExitCode.OK.number();
    }

    private Map<String, Object> values() {
      var values = new LinkedHashMap<String, Object>();
      for (var param : params) {
        var at = param.indexOf('=');
        if (at < 1) {
          throw CommandFailure.usage("expected -p NAME=VALUE, found \"%s\"".formatted(param));
        }
        values.put(param.substring(0, at), value(param.substring(at + 1)));
      }
      return values;
    }

    private static Object value(String text) {
      if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
        return text.substring(1, text.length() - 1);
      }
      return WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    }
  }

  /** Lists names or signals. */
  @Command(name = "ls", description = "Lists the names of signals, or the signals of a name.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", arity = "0..1")
    @Nullable String name;

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      if (name == null) {
        session
            .report()
            .list(
                session.server().list(Route.of("signals"), most.limit).stream()
                    .map(this::name)
                    .toList(),
                "NAME",
                "SIGNALS",
                "LAST");
      } else {
        session
            .report()
            .list(
                session
                    .server()
                    .list(Route.of("signals", "instances").with("name", name), most.limit)
                    .stream()
                    .map(signal -> item(session, signal))
                    .toList(),
                "SIGNAL",
                "PARAMS",
                "FROM",
                "ANNOUNCED");
      }
      return ExitCode.OK.number();
    }

    private Item name(Tree summary) {
      var named = summary.at("name").text("?");
      return Item.of(
          named,
          summary.map(),
          Cell.of(named),
          Cell.of(summary.at("last_seq_id").text("-")),
          Cell.of(session.times().at(summary.at("last_time").number())));
    }
  }

  /** Shows one. */
  @Command(
      name = "get",
      description = {
        "Shows a signal with what it fed: table/a:7, or the latest with table/a alone."
      })
  static final class Get implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SIGNAL")
    String signal = "";

    Get(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var numbered = NUMBERED.matcher(signal);
      var name = numbered.matches() ? numbered.group(1) : signal;
      var which = numbered.matches() ? numbered.group(2) : "latest";
      var found = session.server().get(Route.of("signals", "instances", which).with("name", name));
      session.report().one(signal, found.value(), lines(found));
      return ExitCode.OK.number();
    }

    private List<String> lines(Tree found) {
      var lines = new ArrayList<String>();
      lines.add(
          "%s:%s  by %s, %s"
              .formatted(
                  found.at("name").text("?"),
                  found.at("seq_id").text("?"),
                  found.at("announced_by").text("?"),
                  session.times().at(found.at("create_time").number())));
      found
          .at("params")
          .members()
          .forEach((name, value) -> lines.add("  " + name + " = " + value.text("")));
      for (var match : found.at("matches").list()) {
        var instance = match.at("instance_id").text();
        lines.add(
            "  → %s%s"
                .formatted(
                    match.at("workflow_id").text("?"),
                    instance == null
                        ? "  %s %s"
                            .formatted(
                                match.at("state").text(""), match.at("reason").text("").strip())
                        : "#" + instance));
      }
      for (var gate : found.at("gates").list()) {
        lines.add(
            "  → %s#%s/%s"
                .formatted(
                    gate.at("workflow_id").text("?"),
                    gate.at("instance_id").text("?"),
                    gate.at("step_id").text("?")));
      }
      return lines;
    }
  }

  /** Who announced what, and what came of it. */
  @Command(
      name = "lineage",
      description = {
        "Walks from a signal (table/a:7), an instance (hello#12) or a workflow (hello) to what came",
        "of it, or with --upstream to what it came of."
      })
  static final class Lineage implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--upstream", description = "to what it came of")
    boolean upstream;

    @Option(names = "--depth", paramLabel = "N", description = "so far (${DEFAULT-VALUE})")
    int depth = 3;

    Lineage(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var found =
          session
              .server()
              .get(
                  route()
                      .with("direction", upstream ? "upstream" : "downstream")
                      .with("depth", depth));
      var nodes = found.at("nodes").list();
      var items = new ArrayList<Item>();
      for (var edge : found.at("edges").list()) {
        var from = named(nodes.get((int) edge.at("from").number(0)));
        var to = named(nodes.get((int) edge.at("to").number(0)));
        items.add(
            Item.of(
                from + " → " + to,
                Report.members(
                    "from", nodes.get((int) edge.at("from").number(0)).map(),
                    "kind", edge.at("kind").text(),
                    "to", nodes.get((int) edge.at("to").number(0)).map(),
                    "cycle", edge.at("cycle").isTrue()),
                Cell.of(from),
                Cell.of(edge.at("kind").text("?").toLowerCase(Locale.ROOT)),
                Cell.of(to),
                Cell.of(edge.at("cycle").isTrue() ? "and back" : "")));
      }
      if (items.isEmpty() && session.isTable()) {
        session.console().talk("nothing is known " + (upstream ? "before" : "after") + " it");
      }
      if (found.at("truncated").isTrue()) {
        session.console().talk("there is more; --depth goes further");
      }
      session.report().list(items, "FROM", "HAS", "TO", "");
      return ExitCode.OK.number();
    }

    private Route route() {
      var numbered = NUMBERED.matcher(name);
      if (numbered.matches()) {
        return Route.of("lineage", "signals")
            .with("name", numbered.group(1))
            .with("seq", numbered.group(2));
      }
      var ref = session.about(name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE);
      return ref.kind() == Ref.Kind.WORKFLOW
          ? Route.of("lineage", "workflows").with("workflow_id", ref.workflow())
          : Route.of("lineage", "runs")
              .with("workflow_id", ref.workflow())
              .with("instance_id", ref.instanceNumber());
    }

    private static String named(Tree node) {
      var workflow = node.at("workflow_id").text("?");
      return switch (node.at("kind").text("")) {
        case "SIGNAL" -> node.at("name").text("?") + ":" + node.at("seq_id").text("?");
        case "RUN" -> workflow + "#" + node.at("instance_id").text("?");
        case "MATCH" ->
            "%s (%s)".formatted(workflow, node.at("reason").text(node.at("state").text("?")));
        case "OUTSIDE" -> node.at("announced_by").text(node.at("origin").text("outside"));
        case "WORKFLOW" -> workflow;
        default -> node.at("name").text("?");
      };
    }
  }
}
