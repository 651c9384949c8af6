package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Route;
import org.maestro.model.loop.IterationView;

/**
 * Names of iterations, {@code hello#12/each[17]} or {@code hello#12/each[day=20260101]}, perhaps
 * with a step or a further iteration behind. Each is an instance like any other, which is what the
 * rest of a command gets to see.
 */
final class Iterations {
  private static final Pattern FIRST =
      Pattern.compile("(?<loop>[^\\[\\]]+/[^/\\[\\]]+)\\[(?<which>[^\\[\\]]*)](?<rest>(?:/.*)?)");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int SHOWN = 5;

  private Iterations() {}

  /** What a name came to. */
  record Found(String name, List<NamedIteration> way) {
    Found {
      way = List.copyOf(way);
    }
  }

  static boolean isNamedBy(String name) {
    return name.indexOf('[') >= 0;
  }

  /**
   * Finds the instance that is meant, or the step of it.
   *
   * @throws CommandFailure if there is none, or more than one
   */
  static Found resolve(Session session, String name) {
    var way = new ArrayList<NamedIteration>();
    var left = name;
    while (isNamedBy(left)) {
      var matcher = FIRST.matcher(left);
      if (!matcher.matches()) {
        throw CommandFailure.usage(
            "expected an iteration such as hello#12/each[17] or hello#12/each[day=20260101], found \""
                + name
                + "\"");
      }
      var loop = loop(session, matcher.group("loop"));
      var step = new NamedIteration(loop, iteration(session, loop, matcher.group("which")));
      way.add(step);
      left = instance(step) + matcher.group("rest");
    }
    return new Found(left, way);
  }

  /** The loop with its run, which may change while somebody looks. */
  private static Ref loop(Session session, String name) {
    var ref =
        Instances.latest(
            session, session.about(Ref.parse(name).require(Ref.Kind.STEP_OF_RUN, Ref.Kind.STEP)));
    var step = Instances.step(session, ref).step();
    return new Ref(ref.workflow(), null, ref.instance(), Instances.runNumber(session, ref), step);
  }

  static Route route(Ref loop) {
    return Instances.run(loop).below("steps", loop.stepText(), "iterations");
  }

  private static IterationView iteration(Session session, Ref loop, String which) {
    if (NUMBER.matcher(which).matches()) {
      return session.server().get(route(loop).below(which), IterationView.class).body();
    }
    var route = route(loop);
    for (var item : items(List.of(which.split(",", -1))).entrySet()) {
      route = route.with("item." + item.getKey(), item.getValue());
    }
    var found = session.server().list(route, IterationView.class, SHOWN + 1);
    if (found.size() == 1) {
      return found.getFirst().body();
    }
    if (found.isEmpty()) {
      throw CommandFailure.notFound(
          "%s has no iteration with %s".formatted(loop, which),
          "maestro ls %s shows what there is".formatted(loop));
    }
    var some = new StringBuilder();
    found.stream()
        .limit(SHOWN)
        .forEach(each -> some.append(some.isEmpty() ? "" : ", ").append(each.body().index()));
    throw CommandFailure.usage(
        "%s has several iterations with %s: %s%s"
            .formatted(loop, which, some, found.size() > SHOWN ? " and more" : ""),
        "name one by its number, such as %s[%d]".formatted(loop, found.getFirst().body().index()));
  }

  /**
   * Values by loop param, as they are written.
   *
   * @throws CommandFailure if one is not {@code name=value}
   */
  static Map<String, String> items(List<String> written) {
    var items = new LinkedHashMap<String, String>();
    for (var item : written) {
      var at = item.indexOf('=');
      if (at < 1) {
        throw CommandFailure.usage(
            "expected an iteration's number or item as name=value, found \"%s\"".formatted(item));
      }
      items.put(item.substring(0, at).strip(), item.substring(at + 1).strip());
    }
    return items;
  }

  private static String instance(NamedIteration step) {
    var iteration = step.iteration();
    if (iteration.workflowId() == null || iteration.workflowInstanceId() == null) {
      throw CommandFailure.notFound(
          "%s is %s: it has not begun in this run, so there is nothing to show"
              .formatted(step, Words.of(iteration.status())),
          "to see why: maestro explain " + step.loop());
    }
    return new Ref(
            iteration.workflowId(),
            null,
            iteration.workflowInstanceId(),
            iteration.workflowRunId(),
            null)
        .toString();
  }
}
