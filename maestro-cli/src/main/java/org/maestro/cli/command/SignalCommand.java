package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.lineage.Node;
import org.maestro.model.signal.SignalBody;
import org.maestro.model.signal.SignalDetail;
import org.maestro.model.signal.SignalName;
import org.maestro.model.signal.SignalView;
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

  private static Item item(Session session, Answer<SignalView> answer) {
    var signal = answer.body();
    var name = signal.name() + ":" + signal.seqId();
    return Item.of(
        name,
        answer.tree(),
        Cell.of(name),
        Cell.of(Json.compact(signal.params())),
        Cell.of(signal.announcedBy()),
        Cell.of(session.times().at(signal.createTime())));
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
        description =
            "a parameter of the signal; whole numbers are sent as numbers, \"'7'\" as text")
    List<String> params = new ArrayList<>();

    @Option(names = "--payload", paramLabel = "JSON", description = "whatever belongs to it")
    @Nullable String payload;

    @Mixin final RequestIdOption once = new RequestIdOption();

    Send(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var body =
          new SignalBody(
              name,
              values(),
              payload == null ? null : json(payload),
              once.requestId == null ? session.newRequestId() : once.requestId,
              null);
      var sent = session.server().send("POST", Route.of("signals"), body, SignalView.class);
      var named = name + ":" + sent.body().seqId();
      session.report().one(named, sent.tree(), List.of(named + "  announced"));
      return ExitCode.OK.number();
    }

    private static @Nullable Object json(String text) {
      try {
        return Json.read(text);
      } catch (JacksonException e) {
        throw CommandFailure.usage("expected --payload to be JSON: " + e.getOriginalMessage());
      }
    }

    private Map<String, Object> values() {
      var values = new LinkedHashMap<String, Object>();
      for (var param : params) {
        var at = param.indexOf('=');
        if (at < 1) {
          throw CommandFailure.usage("expected -p NAME=VALUE, found \"%s\"".formatted(param));
        }
        if (values.put(param.substring(0, at), value(param.substring(at + 1))) != null) {
          throw CommandFailure.usage(
              "expected -p %s once, found it again in \"%s\""
                  .formatted(param.substring(0, at), param));
        }
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
                session.server().list(Route.of("signals"), SignalName.class, most.limit).stream()
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
                    .list(
                        Route.of("signals", "instances").with("name", name),
                        SignalView.class,
                        most.limit)
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

    private Item name(Answer<SignalName> answer) {
      var summary = answer.body();
      return Item.of(
          summary.name(),
          answer.tree(),
          Cell.of(summary.name()),
          Cell.of(String.valueOf(summary.lastSeqId())),
          Cell.of(session.times().at(summary.lastTime())));
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
      var found =
          session
              .server()
              .get(Route.of("signals", "instances", which).with("name", name), SignalDetail.class);
      session.report().one(signal, found.tree(), lines(found.body()));
      return ExitCode.OK.number();
    }

    private List<String> lines(SignalDetail detail) {
      var found = detail.signal();
      var lines = new ArrayList<String>();
      lines.add(
          "%s:%d  by %s, %s"
              .formatted(
                  found.name(),
                  found.seqId(),
                  found.announcedBy(),
                  session.times().at(found.createTime())));
      found.params().forEach((param, value) -> lines.add("  " + param + " = " + value));
      for (var match : detail.matches()) {
        lines.add(
            "  → %s%s"
                .formatted(
                    match.workflowId(),
                    match.instanceId() == null
                        ? "  %s %s"
                            .formatted(
                                Words.of(match.state()),
                                match.reason() == null ? "" : match.reason().strip())
                        : "#" + match.instanceId()));
      }
      for (var gate : detail.gates()) {
        lines.add("  → %s#%d/%s".formatted(gate.workflowId(), gate.instanceId(), gate.stepId()));
      }
      return lines;
    }
  }

  /** Who announced what, and what came of it. */
  @Command(
      name = "lineage",
      description = {
        "Shows what came of a signal, an instance or a workflow.",
        "Of a signal (table/a:7), an instance (hello#12) or a workflow (hello); with --upstream what",
        "it came of."
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
                      .with("depth", depth),
                  org.maestro.model.lineage.Lineage.class);
      var nodes = found.elements("nodes", Node.class);
      var items = new ArrayList<Item>();
      for (var edge : found.body().edges()) {
        var from = named(nodes.get(edge.from()).body());
        var to = named(nodes.get(edge.to()).body());
        items.add(
            Item.of(
                upstream ? from : to,
                Report.members(
                    "from", nodes.get(edge.from()).tree(),
                    "kind", Words.of(edge.kind()),
                    "to", nodes.get(edge.to()).tree(),
                    "cycle", edge.cycle()),
                Cell.of(from),
                Cell.of(Words.plain(edge.kind())),
                Cell.of(to),
                Cell.of(edge.cycle() ? "and back" : "")));
      }
      if (items.isEmpty() && session.isTable()) {
        session.console().talk("nothing is known " + (upstream ? "before" : "after") + " it");
      }
      if (found.body().truncated()) {
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
      var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.INSTANCE);
      return ref.kind() == Ref.Kind.WORKFLOW
          ? Route.of("lineage", "workflows").with("workflow_id", ref.workflow())
          : Route.of("lineage", "runs")
              .with("workflow_id", ref.workflow())
              .with("instance_id", ref.instanceNumber());
    }

    private static String named(Node node) {
      return switch (node) {
        case Node.OfSignal signal -> signal.name() + ":" + signal.seqId();
        case Node.OfRun run -> run.workflowId() + "#" + run.instanceId();
        case Node.OfMatch match ->
            "%s (%s)"
                .formatted(
                    match.workflowId(), match.reason() == null ? match.state() : match.reason());
        case Node.OfOutside outside ->
            outside.announcedBy().isEmpty() ? outside.origin() : outside.announcedBy();
        case Node.OfWorkflow workflow -> workflow.workflowId();
        case Node.OfName named -> named.name();
      };
    }
  }
}
