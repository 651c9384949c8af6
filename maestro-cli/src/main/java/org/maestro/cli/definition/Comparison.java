package org.maestro.cli.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.output.Json;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.Read;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.Workflow;

/**
 * What a push would change. Both sides are brought into the canonical form first, so that spelling
 * and order that mean the same are no difference. Properties that the file doesn't give stay as
 * they are, and so are no difference either.
 */
public final class Comparison {
  private Comparison() {}

  /**
   * All differences, properties first, then in the order of the definition.
   *
   * @param serverWorkflow the version's content as the server answers it
   * @param serverProperties the properties as the server answers them
   */
  public static List<Change> of(
      Map<String, Object> serverWorkflow, Map<String, Object> serverProperties, PushRequest local) {
    var changes = new ArrayList<>(ofProperties(serverProperties, local.properties()));
    changes.addAll(ofWorkflow(serverWorkflow, local.workflow()));
    return changes;
  }

  /** The differences in what belongs to a version. */
  public static List<Change> ofWorkflow(Map<String, Object> server, Workflow local) {
    var changes = new ArrayList<Change>();
    compare(List.of(), named(canonical(server)), named(DefinitionWriter.tree(local)), changes);
    return changes;
  }

  /** The differences in what belongs to the workflow over all its versions. */
  public static List<Change> ofProperties(Map<String, Object> server, @Nullable Properties local) {
    var changes = new ArrayList<Change>();
    if (local != null) {
      DefinitionWriter.tree(local)
          .forEach((name, value) ->
              compare(List.of("properties", name), named(server.get(name)), named(value), changes));
    }
    return changes;
  }

  /** As this program writes it; as it is if this program can't read it. */
  private static Map<String, Object> canonical(Map<String, Object> tree) {
    return switch (DefinitionReader.workflow(tree, "")) {
      case Read.Ok<Workflow>(var workflow) -> DefinitionWriter.tree(workflow);
      case Read.Bad<Workflow> _ -> tree;
    };
  }

  /** Lists of things with ids become maps by id. */
  private static @Nullable Object named(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        var named = new LinkedHashMap<String, Object>();
        map.forEach((name, value) -> Json.put(named, String.valueOf(name), named(value)));
        yield named;
      }
      case List<?> list -> {
        var byId = new LinkedHashMap<String, Object>();
        for (var element : list) {
          var identified = identified(element);
          if (identified == null || byId.containsKey(identified.id)) {
            yield list;
          }
          byId.put(identified.id, named(identified.content));
        }
        yield byId.isEmpty() ? list : byId;
      }
      case null -> null;
      default -> tree;
    };
  }

  private record Identified(String id, Object content) {}

  private static @Nullable Identified identified(@Nullable Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      return null;
    }
    if (map.size() == 1) {
      var entry = map.entrySet().iterator().next();
      if (entry.getValue() instanceof Map<?, ?> inner && inner.get("id") instanceof String id) {
        var content = new LinkedHashMap<String, Object>();
        content.put("kind", String.valueOf(entry.getKey()));
        inner.forEach((name, value) -> {
          if (!"id".equals(name)) {
            Json.put(content, String.valueOf(name), value);
          }
        });
        return new Identified(id, content);
      }
    }
    return map.get("name") instanceof String name ? new Identified(name, map) : null;
  }

  private static void compare(
      List<String> path, @Nullable Object before, @Nullable Object after, List<Change> changes) {
    if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
      old.forEach((name, value) -> compare(below(path, name), value, now.get(name), changes));
      now.forEach((name, value) -> {
        if (!old.containsKey(name)) {
          compare(below(path, name), null, value, changes);
        }
      });
      compareOrder(path, List.copyOf(old.keySet()), List.copyOf(now.keySet()), changes);
      return;
    }
    if (Objects.equals(before, after)) {
      return; // not asked of maps, which would be equal in any order
    }
    var whole = before == null ? after : after == null ? before : null;
    if (whole instanceof Map<?, ?> map && isEdges(path)) {
      map.forEach((name, value) ->
          compare(
              below(path, name),
              before == null ? null : value,
              after == null ? null : value,
              changes));
      return;
    }
    if (whole instanceof Map<?, ?> map && isStep(path)) {
      var content = new LinkedHashMap<Object, Object>(map);
      var transition = content.remove("transition");
      changes.add(
          new Change(path, before == null ? null : content, after == null ? null : content));
      compare(
          below(path, "transition"),
          before == null ? null : transition,
          after == null ? null : transition,
          changes);
      return;
    }
    changes.add(new Change(path, before, after));
  }

  /** The order of parameters is the order of their evaluation. */
  private static void compareOrder(
      List<String> path, List<?> old, List<?> now, List<Change> changes) {
    var matters =
        path.contains("params")
            || (!path.isEmpty() && List.of("steps", "successors").contains(path.getLast()));
    if (matters && !old.equals(now) && Set.copyOf(old).equals(Set.copyOf(now))) {
      changes.add(new Change(below(path, "(order)"), old, now));
    }
  }

  /** Edges are told one by one, even when the step around them is new. */
  private static boolean isEdges(List<String> path) {
    return !path.isEmpty() && List.of("transition", "successors").contains(path.getLast());
  }

  private static boolean isStep(List<String> path) {
    return path.size() > 1 && path.get(path.size() - 2).equals("steps");
  }

  private static List<String> below(List<String> path, Object name) {
    var longer = new ArrayList<>(path);
    longer.add(String.valueOf(name));
    return longer;
  }
}
