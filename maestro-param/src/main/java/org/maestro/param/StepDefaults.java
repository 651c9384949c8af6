package org.maestro.param;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

/** The parameters that every step has, and those that belong to its type. */
final class StepDefaults {

  private static final String RUN_ID =
      """
      params.getFromInstance("workflow_id") + "_" + params.getFromInstance("workflow_instance_id")
          + "_" + params.getFromInstance("workflow_run_id") + "_" + params.getFromStep("step_id")
          + "_" + params.getFromStep("step_attempt_id")\
      """;

  private static final String OUTPUT_PATH =
      """
      "maestro-output_"
          + DateTimeFormat.forPattern("yyyyMMddHHmmss").withZone(DateTimeZone.UTC).print(RUN_TS)
          + "__" + params.getFromInstance("workflow_instance_id")
          + "_" + params.getFromStep("step_instance_id")
          + "_" + params.getFromStep("step_instance_uuid") + ".ipynb\"\
      """;

  private static final String HTTP_STATE =
      """
      if (status_code >= 200 && status_code < 300) return "DONE";
      else if (status_code >= 400 && status_code < 500) return "FATAL_ERROR";
      else return "USER_ERROR";
      """;

  /** Facts of every attempt under fixed names. Not stored unless read. */
  private static final Map<String, Param> FACTS = facts();

  private static final Map<String, Param> LOOP_INDEX =
      Map.of("loop_index", reserved(ParamType.LONG).evaluated(-1L, 0));
  private static final Map<String, Param> WHILE_FACTS = whileFacts();

  private final EnumMap<StepType, Map<String, Param>> byType = new EnumMap<>(StepType.class);
  private final Map<String, Param> everyStep;

  /** The built-in ones with those of the site over them. */
  StepDefaults(Map<String, Map<String, Param>> siteDefaults) {
    everyStep = siteDefaults.getOrDefault("step", Map.of());
    for (var type : StepType.values()) {
      var merge = new ParamMerge(_ -> null, "/" + type.label());
      merge.put(everyStep);
      merge.put(builtIn(type));
      merge.merge(
          siteDefaults.getOrDefault(type.label().toLowerCase(Locale.ROOT), Map.of()),
          ParamMerge.Stage.SYSTEM);
      byType.put(type, merge.uncleaned());
    }
  }

  /** What params of a step of this type are merged into, in order. */
  Map<String, Param> of(StepType type) {
    return byType.getOrDefault(type, Map.of());
  }

  /** The system's own definition of a name that users can't give a value; null for all others. */
  static @Nullable Param reserved(StepType type, String name) {
    var fact = FACTS.get(name);
    return fact != null ? fact : constants(type).get(name);
  }

  /** All reserved names of a step type with their definitions. */
  static Map<String, Param> reserved(StepType type) {
    var all = new LinkedHashMap<>(FACTS);
    all.putAll(constants(type));
    return all;
  }

  private static Map<String, Param> constants(StepType type) {
    return switch (type) {
      case FOREACH -> LOOP_INDEX;
      case WHILE -> WHILE_FACTS;
      case NOOP,
          SLEEP,
          HTTP,
          SHELL,
          PYTHON,
          JAR,
          DOCKER,
          KUBERNETES,
          NOTEBOOK,
          TITUS,
          SQL,
          SPARK,
          SUBWORKFLOW,
          TEMPLATE ->
          Map.of();
    };
  }

  /** The value of a reserved name; null if this step type has no such name. */
  static @Nullable Object value(
      StepType type, String name, InstanceFacts instance, StepFacts step) {
    return switch (name) {
      case "workflow_instance_id" -> instance.instanceId();
      case "step_instance_uuid" -> step.stepUuid();
      case "step_attempt_id" -> step.attemptId();
      case "step_id" -> step.stepId();
      default -> {
        var constant = constants(type).get(name);
        yield constant == null ? null : constant.evaluatedResult();
      }
    };
  }

  private static Map<String, Param> facts() {
    var all = new LinkedHashMap<String, Param>();
    all.put("workflow_instance_id", reserved(ParamType.LONG));
    all.put("step_instance_uuid", reserved(ParamType.STRING));
    all.put("step_attempt_id", reserved(ParamType.LONG));
    all.put("step_id", reserved(ParamType.STRING));
    return all;
  }

  private static Map<String, Param> whileFacts() {
    var all = new LinkedHashMap<String, Param>(LOOP_INDEX);
    all.put("condition", reserved(ParamType.BOOLEAN).evaluated(false, 0));
    return all;
  }

  private static Map<String, Param> builtIn(StepType type) {
    return switch (type) {
      case SLEEP -> Map.of("sleep_seconds", given(ParamType.LONG, 3L));
      case HTTP -> http();
      case KUBERNETES -> placed(Map.of("kubernetes", kubernetes(InternalMode.REQUIRED)));
      case TITUS -> {
        var all = new LinkedHashMap<String, Param>();
        all.put("kubernetes", optionalMap("kubernetes"));
        all.put("titus", optionalMap("titus"));
        yield placed(all);
      }
      case DOCKER -> placed(Map.of("docker", docker()));
      case NOTEBOOK -> {
        var all = new LinkedHashMap<String, Param>();
        all.put("kubernetes", optionalMap("kubernetes"));
        all.put("notebook", notebook());
        yield all;
      }
      case FOREACH, WHILE -> Map.of("loop_params", loopParams());
      case SUBWORKFLOW -> {
        var all = new LinkedHashMap<String, Param>();
        all.put(
            "subworkflow_id",
            param(
                ParamType.STRING,
                null,
                null,
                ParamMode.MUTABLE_ON_START,
                InternalMode.REQUIRED,
                "@NotEmpty",
                List.of()));
        all.put(
            "subworkflow_version",
            param(
                ParamType.STRING,
                "active",
                null,
                ParamMode.MUTABLE_ON_START,
                InternalMode.PROVIDED,
                "@NotEmpty",
                List.of()));
        yield all;
      }
      case NOOP, SHELL, PYTHON, JAR, SQL, SPARK, TEMPLATE -> Map.of();
    };
  }

  private static Map<String, Param> http() {
    var tags = List.of(Tag.of("http"));
    var request = new LinkedHashMap<String, Param>();
    request.put("url", required(ParamType.STRING));
    request.put("method", given(ParamType.STRING, "GET"));
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    request.put("headers", given(ParamType.STRING_MAP, headers));
    request.put("body", optional(ParamType.STRING));
    var all = new LinkedHashMap<String, Param>();
    all.put("http", param(ParamType.MAP, request, null, null, InternalMode.REQUIRED, null, tags));
    all.put(
        "status_code", param(ParamType.LONG, 200L, null, null, InternalMode.OPTIONAL, null, tags));
    all.put(
        "response_body",
        param(ParamType.STRING, "", null, null, InternalMode.OPTIONAL, null, tags));
    all.put(
        "state_expr",
        param(ParamType.STRING, HTTP_STATE, null, null, InternalMode.PROVIDED, null, tags));
    return all;
  }

  /** Which may ask where they run. */
  private static Map<String, Param> placed(Map<String, Param> own) {
    var all = new LinkedHashMap<>(own);
    all.put("target", optional(ParamType.STRING));
    return all;
  }

  private static Param kubernetes(InternalMode mode) {
    var pod = new LinkedHashMap<String, Param>();
    pod.put("app_name", given(ParamType.STRING, "maestro-job"));
    for (var name : List.of("cpu", "disk", "gpu", "memory")) {
      pod.put(name, optional(ParamType.STRING));
    }
    pod.put("image", required(ParamType.STRING));
    pod.put("entrypoint", optional(ParamType.STRING));
    pod.put("command", optional(ParamType.STRING_ARRAY));
    pod.put("args", optional(ParamType.STRING_ARRAY));
    pod.put("env", given(ParamType.STRING_MAP, Map.of()));
    pod.put("job_deduplication_key", optional(ParamType.STRING));
    pod.put("owner_email", optional(ParamType.STRING));
    for (var name : List.of("pull", "workdir", "user")) {
      pod.put(name, optional(ParamType.STRING));
    }
    pod.put("node_selector", optional(ParamType.STRING_MAP));
    return param(ParamType.MAP, pod, null, null, mode, null, List.of(Tag.of("kubernetes")));
  }

  private static Param docker() {
    var container = new LinkedHashMap<String, Param>();
    container.put("image", required(ParamType.STRING));
    container.put("pull", given(ParamType.STRING, "if_not_present"));
    for (var name : List.of("workdir", "user", "network", "cpu", "memory", "pids", "gpu")) {
      container.put(name, optional(ParamType.STRING));
    }
    container.put("command", optional(ParamType.STRING_ARRAY));
    container.put("entrypoint", optional(ParamType.STRING_ARRAY));
    container.put("env", optional(ParamType.STRING_MAP));
    container.put("mounts", optional(ParamType.STRING_MAP));
    return param(
        ParamType.MAP,
        container,
        null,
        null,
        InternalMode.REQUIRED,
        null,
        List.of(Tag.of("docker")));
  }

  /** One of two ways to say it. */
  private static Param optionalMap(String tag) {
    return param(
        ParamType.MAP, null, null, null, InternalMode.OPTIONAL, null, List.of(Tag.of(tag)));
  }

  private static Param notebook() {
    var notebook = new LinkedHashMap<String, Param>();
    notebook.put("init_command", given(ParamType.STRING, ""));
    for (var name : List.of("git_branch", "git_commit", "git_repo")) {
      notebook.put(name, optional(ParamType.STRING));
    }
    notebook.put("input_path", required(ParamType.STRING));
    notebook.put("output_path", computed(OUTPUT_PATH));
    notebook.put("papermill_arguments", optional(ParamType.STRING_ARRAY));
    notebook.put("run_id", computed(RUN_ID));
    return param(
        ParamType.MAP,
        notebook,
        null,
        null,
        InternalMode.REQUIRED,
        null,
        List.of(Tag.of("notebook")));
  }

  private static Param loopParams() {
    return param(
        ParamType.MAP,
        Map.of(),
        null,
        ParamMode.MUTABLE_ON_START,
        InternalMode.REQUIRED,
        "@NotEmpty",
        List.of());
  }

  private static Param required(ParamType type) {
    return param(type, null, null, null, InternalMode.REQUIRED, null, List.of());
  }

  private static Param optional(ParamType type) {
    return param(type, null, null, null, InternalMode.OPTIONAL, null, List.of());
  }

  private static Param given(ParamType type, Object value) {
    return param(type, value, null, null, InternalMode.PROVIDED, null, List.of());
  }

  private static Param computed(String expression) {
    return param(ParamType.STRING, null, expression, null, InternalMode.PROVIDED, null, List.of());
  }

  private static Param reserved(ParamType type) {
    return param(type, null, null, ParamMode.CONSTANT, InternalMode.RESERVED, null, List.of());
  }

  private static Param param(
      ParamType type,
      @Nullable Object value,
      @Nullable String expression,
      @Nullable ParamMode mode,
      InternalMode internalMode,
      @Nullable String validator,
      List<Tag> tags) {
    return new Param(
        type,
        value,
        expression,
        mode == null ? ParamMode.MUTABLE : mode,
        internalMode,
        ParamSource.SYSTEM_DEFAULT,
        validator,
        tags,
        null,
        null);
  }
}
