package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.param.Param;
import org.maestro.model.tag.Tag;
import org.maestro.sel.Decimals;
import org.maestro.service.problem.ApiException;

/**
 * What a caller asks for when it starts or restarts something.
 *
 * @param requestId the same one gives the same run; null lets the engine choose one
 * @param requestTime epoch milliseconds; null means now
 * @param stepRunParams params for single steps, by step id
 * @param persistFailedRun whether params that can't be evaluated make a FAILED run, not an error
 * @param restartPolicy null means the default of what is asked for
 * @param upstreamRestartMode null means to restart from the root of the tree
 * @param version of a restart: the version of the new run; null for that of the run before
 */
public record StartRequest(
    @Nullable String requestId,
    @Nullable Long requestTime,
    List<Tag> runtimeTags,
    Map<String, Param> runParams,
    Map<String, Map<String, Param>> stepRunParams,
    Map<String, Object> artifacts,
    boolean persistFailedRun,
    @Nullable String restartPolicy,
    @Nullable String upstreamRestartMode,
    @Nullable VersionSelector version,
    List<String> skipSteps,
    List<String> startSteps,
    List<String> endSteps) {
  private static final Set<String> START_KEYS =
      Set.of(
          "initiator",
          "request_time",
          "request_id",
          "runtime_tags",
          "run_params",
          "step_run_params",
          "artifacts",
          "persist_failed_run");
  private static final Set<String> RESTART_KEYS =
      Set.of(
          "request_time",
          "request_id",
          "restart_policy",
          "run_params",
          "step_run_params",
          "artifacts",
          "upstream_restart_mode",
          "version",
          "skip_steps",
          "start_steps",
          "end_steps",
          "initiator");

  /** Nothing but the defaults. */
  public static final StartRequest PLAIN =
      new StartRequest(
          null, null, List.of(), Map.of(), Map.of(), Map.of(), false, null, null, null, List.of(),
          List.of(), List.of());

  /**
   * Reads the body of a start.
   *
   * @throws ApiException 400 with every problem
   */
  public static StartRequest start(Map<String, Object> body) {
    var reader = new Reader(body, START_KEYS);
    if (!(body.get("initiator") instanceof Map<?, ?> initiator)
        || !(initiator.get("type") instanceof String type)) {
      reader.problem(
          "/initiator", "expected {\"type\": \"manual\"}, found " + body.get("initiator"));
    } else if (!type.equalsIgnoreCase("manual")) {
      reader.problem(
          "/initiator/type",
          "expected manual, found \"" + type + "\"; the other kinds belong to the system");
    }
    return reader.read();
  }

  /**
   * Reads the body of a restart.
   *
   * @throws ApiException 400 with every problem
   */
  public static StartRequest restart(Map<String, Object> body) {
    return new Reader(body, RESTART_KEYS).read();
  }

  private static final class Reader {
    private final Map<String, Object> body;
    private final List<DefinitionProblem> problems = new ArrayList<>();

    Reader(Map<String, Object> body, Set<String> known) {
      this.body = body;
      for (var key : body.keySet()) {
        if (!known.contains(key)) {
          problem("/" + key, "unknown field \"" + key + "\"; expected one of " + sorted(known));
        }
      }
    }

    private static List<String> sorted(Set<String> known) {
      return known.stream().sorted().toList();
    }

    void problem(String pointer, String message) {
      problems.add(new DefinitionProblem(pointer, message, null));
    }

    StartRequest read() {
      var requestId = text("request_id");
      if (requestId != null && (requestId.isEmpty() || requestId.length() > 128)) {
        problem("/request_id", "expected a UUID, or other text of 1 to 128 characters");
      }
      var request =
          new StartRequest(
              requestId,
              millis("request_time"),
              this.<List<Tag>>found(
                  DefinitionReader.tags(body.get("runtime_tags"), "/runtime_tags"), List.of()),
              params(body.get("run_params"), "/run_params"),
              stepParams(),
              object("artifacts"),
              flag("persist_failed_run"),
              text("restart_policy"),
              text("upstream_restart_mode"),
              version(),
              texts("skip_steps"),
              texts("start_steps"),
              texts("end_steps"));
      if (!problems.isEmpty()) {
        throw ApiException.invalid(
            "invalid-request", "the request can't be followed as it is", problems);
      }
      return request;
    }

    private boolean flag(String key) {
      var value = body.get(key);
      if (value != null && !(value instanceof Boolean)) {
        problem("/" + key, "expected true or false, found " + value);
      }
      return Boolean.TRUE.equals(value);
    }

    private @Nullable String text(String key) {
      var value = body.get(key);
      if (value != null && !(value instanceof String)) {
        problem("/" + key, "expected text, found " + value);
        return null;
      }
      return (String) value;
    }

    /** A word or a number, which may be written as text, too. */
    private @Nullable VersionSelector version() {
      var value = body.get("version");
      var whole = value instanceof Number number ? Decimals.whole(number) : null;
      if (value == null) {
        return null;
      }
      try {
        return VersionSelector.of(whole == null ? value.toString() : whole.toString());
      } catch (ApiException e) {
        problem("/version", e.detail());
        return null;
      }
    }

    private @Nullable Long millis(String key) {
      var value = body.get(key);
      var whole = value instanceof Number number ? Decimals.whole(number) : null;
      if (value != null && whole == null) {
        problem("/" + key, "expected whole milliseconds since 1970, found " + value);
      }
      return whole;
    }

    private List<String> texts(String key) {
      var found = new ArrayList<String>();
      var value = body.get(key);
      if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
        list.forEach(element -> found.add((String) element));
      } else if (value != null) {
        problem("/" + key, "expected a list of step ids, found " + value);
      }
      return found;
    }

    private Map<String, Object> object(String key) {
      var found = new LinkedHashMap<String, Object>();
      var value = body.get(key);
      if (value instanceof Map<?, ?> map) {
        map.forEach((name, element) -> found.put((String) name, element));
      } else if (value != null) {
        problem("/" + key, "expected an object, found " + value);
      }
      return found;
    }

    private Map<String, Map<String, Param>> stepParams() {
      var found = new LinkedHashMap<String, Map<String, Param>>();
      object("step_run_params")
          .forEach((step, tree) -> {
            var pointer = step.replace("~", "~0").replace("/", "~1");
            found.put(step, params(tree, "/step_run_params/" + pointer));
          });
      return found;
    }

    private Map<String, Param> params(@Nullable Object tree, String pointer) {
      return tree == null ? Map.of() : found(DefinitionReader.params(tree, pointer), Map.of());
    }

    private <T> T found(Read<T> read, T otherwise) {
      return switch (read) {
        case Read.Ok<T>(T value) -> value;
        case Read.Bad<T>(List<DefinitionProblem> bad) -> {
          problems.addAll(bad);
          yield otherwise;
        }
      };
    }
  }
}
