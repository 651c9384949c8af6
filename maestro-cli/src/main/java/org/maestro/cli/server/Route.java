package org.maestro.cli.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path below {@code /api/v3} with its query; parts are encoded here and nowhere else. */
public record Route(String path, List<String> query) {

  public Route {
    query = List.copyOf(query);
  }

  /** A path of these segments. */
  public static Route of(Object... segments) {
    var path = new StringBuilder("/api/v3");
    for (var segment : segments) {
      path.append('/').append(encode(segment.toString()));
    }
    return new Route(path.toString(), List.of());
  }

  /** The path of a workflow and what is below it. */
  public static Route workflow(String id, Object... segments) {
    return of("workflows", id).below(segments);
  }

  /** The path of an instance and what is below it. */
  public static Route instance(String workflowId, long instance, Object... segments) {
    return workflow(workflowId, "instances", instance).below(segments);
  }

  public Route below(Object... segments) {
    var longer = new StringBuilder(path);
    for (var segment : segments) {
      longer.append('/').append(encode(segment.toString()));
    }
    return new Route(longer.toString(), query);
  }

  /** The same with a query parameter; without it if the value is null. */
  public Route with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new ArrayList<>(query);
    more.add(encode(name) + "=" + encode(value.toString()));
    return new Route(path, more);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Path and query. */
  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }
}
