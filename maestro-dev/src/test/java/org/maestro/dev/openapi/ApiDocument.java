package org.maestro.dev.openapi;

import static org.maestro.dev.openapi.Schemas.map;
import static org.maestro.dev.openapi.Schemas.reference;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dev.openapi.Refusals.Refusal;
import org.maestro.dev.openapi.Routes.Route;
import org.maestro.dsl.schema.WorkflowSchema;
import org.maestro.model.document.ShownAs;
import org.maestro.model.problem.Problem;
import org.maestro.service.json.StrictJson;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ProblemHandler;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.RequestGate;
import org.maestro.service.web.StorableBodies;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document of the API, as OpenAPI 3.1: routes from the controllers, bodies from their types,
 * texts from the documentation of both, refusals from the compiled code.
 */
final class ApiDocument {
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)(?::([^}]*))?}");

  private static final Comparator<String> VERBS =
      Comparator.comparing(List.of("get", "post", "put", "delete")::indexOf);

  /** What is read before a route has a say; refusals of a body only where there is one. */
  private static final Set<String> OF_BODIES =
      Set.of(
          "unreadable-body",
          "malformed-json",
          "invalid-body",
          "unknown-field",
          "unstorable-text",
          "body-too-large",
          "slow-body",
          "unsupported-media-type");

  /** What a client of this document can't meet, because it keeps to paths and methods of it. */
  private static final Set<Integer> OUTSIDE = Set.of(405, 417, 501, 505);

  private static final Refusal NO_SUCH_ROUTE = new Refusal(404, "no-such-route");

  private final JsonMapper json = StrictJson.mapper();
  private final Words words = new Words();
  private final Javadocs docs;
  private final Schemas schemas;
  private final Refusals refusals = new Refusals();
  private final Map<String, Object> examples;
  private final Set<Refusal> common = new TreeSet<>();
  private final TreeSet<String> undescribed = new TreeSet<>();
  private final Map<String, Object> shared = new TreeMap<>();

  /**
   * @param root the repository, for its sources
   * @param examples of bodies by route: {@code request} and {@code response}
   */
  ApiDocument(Path root, Map<String, Object> examples) {
    this.docs = Javadocs.read(root);
    this.schemas = new Schemas(json, docs, words);
    this.examples = examples;
    for (var method : ProblemHandler.class.getDeclaredMethods()) {
      if (method.isAnnotationPresent(ExceptionHandler.class)) {
        common.addAll(refusals.of(method));
      }
    }
    for (var method : StorableBodies.class.getDeclaredMethods()) {
      common.addAll(refusals.of(method));
    }
    common.addAll(refusals.of(RequestGate.class, "doFilterInternal"));
    common.addAll(refusals.of(hidden("limit.RequestLimits"), "doFilterInternal"));
    common.addAll(refusals.of(hidden("web.BodyLimit"), "tooLarge"));
    common.addAll(refusals.of(hidden("web.ProblemsOfTomcat"), "problem"));
    common.removeIf(it ->
        OUTSIDE.contains(it.status())
            || it.equals(NO_SUCH_ROUTE)
            || it.code().equals("not-an-administrator"));
  }

  /** Where a text is missing: routes, parameters and fields; empty if there is one everywhere. */
  Set<String> undescribed() {
    var all = new TreeSet<>(undescribed);
    all.addAll(schemas.undescribed());
    return all;
  }

  /** What its schemas are made of. */
  Collection<Type> types() {
    return schemas.types();
  }

  /** The whole document. */
  Map<String, Object> make() {
    addDefinitions();
    var problem = schemas.of(Problem.class);
    var paths = new TreeMap<String, Map<String, Object>>();
    var tags = new TreeMap<String, Object>();
    for (var route : Routes.all()) {
      for (var form : forms(route)) {
        var item = paths.computeIfAbsent(path(form.pattern()), _ -> new TreeMap<>(VERBS));
        item.put(route.method().toLowerCase(Locale.ROOT), operation(route, form, problem));
      }
      tags.putIfAbsent(
          tag(route), map("name", tag(route), "description", docs.ofType(route.controller())));
    }
    return map(
        "openapi",
        "3.1.1",
        "info",
        map(
            "title",
            "Maestro",
            "version",
            "3",
            "summary",
            "Workflows of data and machine-learning jobs, as a service.",
            "description",
            words.parameter("document"),
            "license",
            map("name", "Apache-2.0", "identifier", "Apache-2.0")),
        "servers",
        List.of(map("url", "/", "description", words.parameter("server"))),
        "security",
        List.of(map("token", List.of())),
        "tags",
        List.copyOf(tags.values()),
        "paths",
        paths,
        "components",
        map(
            "schemas",
            schemas.components(),
            "responses",
            shared,
            "securitySchemes",
            map(
                "token",
                map("type", "http", "scheme", "bearer", "description", words.parameter("token")))));
  }

  // ------------------------------------------------------------------ definitions

  /** A definition has a schema already; here its parts have names of their own. */
  private void addDefinitions() {
    var tree = json.readValue(WorkflowSchema.json(), LinkedHashMap.class);
    var parts = (Map<?, ?>) tree.remove("$defs");
    tree.remove("$schema");
    tree.remove("$id");
    schemas.add("WorkflowPush", renamed(tree));
    parts.forEach((name, part) -> schemas.add(partName((String) name), renamed(part)));
    var param = reference(partName("param"));
    schemas.add("Params", named("params", map("type", "object")));
    schemas.add("StepParams", named("step-params", reference("Params")));
    schemas.add("GivenParams", named("given-params", param));
    schemas.add("GivenStepParams", named("given-step-params", reference("GivenParams")));
    schemas.add(
        "Tags",
        map(
            "type",
            "array",
            "description",
            words.parameter("tags"),
            "items",
            reference(partName("tag"))));
  }

  private Map<String, Object> named(String what, Map<String, Object> values) {
    return map(
        "type", "object", "description", words.parameter(what), "additionalProperties", values);
  }

  private static String partName(String name) {
    return "Definition"
        + Arrays.stream(name.split("_", -1))
            .filter(word -> !word.equals("json"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  private static Object renamed(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        var all = new LinkedHashMap<String, Object>();
        map.forEach((key, value) ->
            all.put(
                (String) key,
                key.equals("$ref") && value instanceof String ref
                    ? "#/components/schemas/" + partName(ref.substring(ref.lastIndexOf('/') + 1))
                    : renamed(value)));
        yield all;
      }
      case List<?> list -> list.stream().map(ApiDocument::renamed).toList();
      default -> tree;
    };
  }

  // ------------------------------------------------------------------ routes

  /**
   * A route as the document has it: one whose pattern takes any path is several there.
   *
   * @param suffix of its operation's id
   * @param method whose answer it has; null for that of the route
   * @param without query parameters that this form doesn't have
   */
  private record Form(
      String pattern, String suffix, @Nullable String method, Set<String> without) {}

  private static List<Form> forms(Route route) {
    if (!route.pattern().endsWith("/{*rest}")) {
      return List.of(new Form(route.pattern(), isFormer(route) ? "Formerly" : "", null, Set.of()));
    }
    var base = route.pattern().replace("/{*rest}", "");
    var page = Set.of("name", "first", "last", "cursor");
    var name = Set.of("name");
    var paging = Set.of("first", "last", "cursor");
    return List.of(
        new Form(base + "/{name}/instances", "Instances", "instances", name),
        new Form(base + "/{name}/instances/latest", "Latest", "latest", page),
        new Form(base + "/{name}/instances/{number}", "Instance", "instance", page),
        new Form(base + "/instances", "InstancesByQuery", "instances", Set.of()),
        new Form(base + "/instances/latest", "LatestByQuery", "latest", paging),
        new Form(base + "/instances/{number}", "InstanceByQuery", "instance", paging));
  }

  /** Whether this is not the first of the paths that its controller is mapped to. */
  private static boolean isFormer(Route route) {
    var mapping = route.controller().getAnnotation(RequestMapping.class);
    return mapping != null
        && mapping.path().length > 1
        && !route.pattern().startsWith(mapping.path()[0]);
  }

  private static String path(String pattern) {
    return VARIABLE.matcher(pattern).replaceAll("{$1}");
  }

  private static String tag(Route route) {
    return route.controller().getSimpleName().replace("Controller", "");
  }

  private Map<String, Object> operation(Route route, Form form, Map<String, Object> problem) {
    var method = route.handler();
    var operation = new LinkedHashMap<String, Object>();
    operation.put("tags", List.of(tag(route)));
    var tag = tag(route);
    operation.put(
        "operationId",
        Character.toLowerCase(tag.charAt(0))
            + tag.substring(1)
            + Character.toUpperCase(method.getName().charAt(0))
            + method.getName().substring(1)
            + form.suffix());
    if (isFormer(route)) {
      operation.put("deprecated", true);
    }
    var text = docs.ofMember(route.controller(), method.getName());
    if (form.method() != null) {
      text = docs.ofMember(route.controller(), form.method());
    }
    if (text.isEmpty()) {
      undescribed.add(route.method() + " " + form.pattern());
    } else {
      operation.put("summary", text.split("(?<=\\.)\\s", 2)[0].replaceFirst("\\.$", ""));
      operation.put("description", text);
    }
    var parameters = parameters(route, form);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    var body =
        Arrays.stream(method.getParameters())
            .filter(it -> it.isAnnotationPresent(RequestBody.class))
            .findFirst();
    var example = example(route, form);
    body.ifPresent(it -> operation.put("requestBody", requestBody(route, it, example)));
    operation.put("responses", responses(route, form, body.isPresent(), problem, example));
    return operation;
  }

  private Map<?, ?> example(Route route, Form form) {
    return examples.get(route.method() + " " + path(form.pattern())) instanceof Map<?, ?> found
        ? found
        : Map.of();
  }

  private List<Object> parameters(Route route, Form form) {
    var found = new ArrayList<Object>();
    var declared = new LinkedHashMap<String, Parameter>();
    for (var parameter : route.handler().getParameters()) {
      if (parameter.isAnnotationPresent(PathVariable.class)) {
        declared.put(parameter.getName(), parameter);
      }
    }
    var variables = VARIABLE.matcher(form.pattern());
    while (variables.find()) {
      var name = variables.group(1);
      found.add(pathVariable(route, form, name, variables.group(2), declared.get(name)));
    }
    for (var parameter : route.handler().getParameters()) {
      var query = parameter.getAnnotation(RequestParam.class);
      var header = parameter.getAnnotation(RequestHeader.class);
      if (query != null && !form.without().contains(parameter.getName())) {
        found.add(
            Map.class.isAssignableFrom(parameter.getType())
                ? map(
                    "name",
                    "items",
                    "in",
                    "query",
                    "description",
                    words.parameter("items"),
                    "style",
                    "form",
                    "explode",
                    true,
                    "schema",
                    map(
                        "type",
                        "object",
                        "propertyNames",
                        map("pattern", "^item\\."),
                        "additionalProperties",
                        map("type", "string")))
                : given(
                    route,
                    parameter,
                    "query",
                    first(query.name(), query.value(), parameter.getName()),
                    query.required() && query.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                        || form.suffix().endsWith("ByQuery") && parameter.getName().equals("name"),
                    query.defaultValue()));
      } else if (header != null) {
        found.add(
            given(
                route,
                parameter,
                "header",
                first(header.name(), header.value(), parameter.getName()),
                header.required(),
                header.defaultValue()));
      }
    }
    return found;
  }

  private static String first(String... names) {
    return Arrays.stream(names).filter(name -> !name.isEmpty()).findFirst().orElseThrow();
  }

  private Map<String, Object> pathVariable(
      Route route, Form form, String name, @Nullable String pattern, @Nullable Parameter declared) {
    Map<String, Object> schema;
    if (pattern != null && pattern.matches("[a-z|-]+")) {
      schema = map("type", "string", "enum", List.of(pattern.split("\\|")));
    } else if (name.equals("number")) {
      schema = map("type", "integer", "format", "int64", "minimum", 0);
    } else if (declared == null) {
      schema = map("type", "string", "minLength", 1);
    } else {
      schema = schemas.of(declared, declared.getAnnotatedType());
      if (schema.get("type") instanceof String type) {
        schema.put(type.equals("string") ? "minLength" : "minimum", type.equals("string") ? 1 : 0);
      }
    }
    return map(
        "name",
        name,
        "in",
        "path",
        "description",
        described(route, form.method() == null ? name : "signal." + name),
        "required",
        true,
        "schema",
        schema);
  }

  private String described(Route route, String name) {
    var said = docs.ofParameter(route.controller(), route.handler().getName(), name);
    if (said.isEmpty()) {
      said = words.parameter(tag(route) + "." + name);
    }
    if (said.isEmpty()) {
      said = words.parameter(name);
    }
    if (said.isEmpty()) {
      undescribed.add(route.method() + " " + route.pattern() + " parameter " + name);
    }
    return said;
  }

  private Map<String, Object> given(
      Route route,
      Parameter parameter,
      String where,
      String name,
      boolean isRequired,
      String otherwise) {
    var schema = new LinkedHashMap<>(schemas.of(parameter, parameter.getAnnotatedType()));
    if (!otherwise.equals(ValueConstants.DEFAULT_NONE)) {
      schema.put("default", value(parameter.getType(), otherwise));
    }
    if (name.equals("first") || name.equals("last")) {
      schema.put("minimum", 1);
      schema.put("maximum", PageRequest.MAX);
    }
    var found = map("name", name, "in", where, "description", described(route, name));
    if (isRequired) {
      found.put("required", true);
    }
    found.put("schema", schema);
    return found;
  }

  private static Object value(Class<?> type, String text) {
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    return type == int.class || type == long.class ? Long.valueOf(text) : text;
  }

  private Map<String, Object> requestBody(Route route, Parameter body, Map<?, ?> example) {
    var annotation = body.getAnnotation(RequestBody.class);
    var shown = body.getAnnotation(ShownAs.class);
    var types = new LinkedHashSet<String>();
    if (shown != null && !shown.contentType().isEmpty()) {
      types.add(shown.contentType());
    }
    route
        .info()
        .getConsumesCondition()
        .getConsumableMediaTypes()
        .forEach(type -> types.add(type.toString()));
    if (types.isEmpty()) {
      types.add("application/json");
    }
    var isText = body.getType() == byte[].class && shown == null;
    var schema = isText ? map("type", "string") : schemas.of(body, body.getAnnotatedType());
    var content = new LinkedHashMap<String, Object>();
    for (var type : types) {
      var media = map("schema", schema);
      if (example.containsKey("request")) {
        media.put("example", example.get("request"));
      }
      content.put(type, media);
    }
    var found = new LinkedHashMap<String, Object>();
    found.put("required", annotation.required());
    found.put("content", content);
    return found;
  }

  // ------------------------------------------------------------------ answers

  private Map<String, Object> responses(
      Route route, Form form, boolean hasBody, Map<String, Object> problem, Map<?, ?> example) {
    var found = new TreeMap<String, Object>();
    var method = answering(route, form);
    for (var status : statuses(route.handler())) {
      var answer = map("description", status.getReasonPhrase());
      var content = content(route, method, example);
      if (content != null && status != HttpStatus.NO_CONTENT) {
        answer.put("content", content);
      }
      found.put(Integer.toString(status.value()), answer);
    }
    if (route.pattern().endsWith("/openapi.json")) {
      found.put("304", map("description", "Not Modified"));
    }
    var all = new TreeSet<>(refusals.of(route.handler()));
    if (route.pattern().contains(":") || form.method() != null) {
      all.add(NO_SUCH_ROUTE); // for what its pattern does not admit
    } else {
      all.remove(NO_SUCH_ROUTE);
    }
    for (var refusal : common) {
      if (hasBody || !OF_BODIES.contains(refusal.code())) {
        all.add(refusal);
      }
    }
    if (route.method().equals("GET")
        && route.pattern().contains("/instances")
        && isOfEngine(route)) {
      all.addAll(refusals.of(named("org.maestro.engine.api.instance.ReadGate"), "refuse"));
    }
    var byStatus = byStatus(all);
    var ofAll = byStatus(common);
    byStatus.forEach((status, codes) -> {
      var answer = refusal(status, codes, problem);
      if (codes.equals(ofAll.get(status))) {
        var name = word(status);
        shared.put(name, answer);
        answer = map("$ref", "#/components/responses/" + name);
      }
      found.put(Integer.toString(status), answer);
    });
    return found;
  }

  private static boolean isOfEngine(Route route) {
    return route.controller().getName().startsWith("org.maestro.engine.");
  }

  private static Class<?> hidden(String name) {
    return named("org.maestro.service." + name);
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TreeMap<Integer, TreeSet<String>> byStatus(Set<Refusal> refusals) {
    return refusals.stream()
        .filter(it -> !OUTSIDE.contains(it.status()))
        .collect(
            Collectors.groupingBy(
                Refusal::status,
                TreeMap::new,
                Collectors.mapping(Refusal::code, Collectors.toCollection(TreeSet::new))));
  }

  private static ProblemKind kind(int status) {
    return Arrays.stream(ProblemKind.values())
        .filter(it -> it.httpStatus() == status)
        .findFirst()
        .orElseThrow();
  }

  private static String word(int status) {
    return Arrays.stream(kind(status).name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private static Map<String, Object> refusal(
      int status, Set<String> codes, Map<String, Object> problem) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("description", kind(status).title() + ".");
    if (status == 429 || status == 503) {
      answer.put(
          "headers",
          map(
              "Retry-After",
              map(
                  "description",
                  "Seconds after which trying again may help.",
                  "schema",
                  map("type", "integer"))));
    }
    answer.put(
        "content",
        map(
            "application/problem+json",
            map(
                "schema",
                map(
                    "allOf",
                    List.of(
                        problem,
                        map("properties", map("code", map("enum", List.copyOf(codes)))))))));
    return answer;
  }

  /** The method whose type is that of the answer. */
  private static Method answering(Route route, Form form) {
    if (form.method() == null) {
      return route.handler();
    }
    return Arrays.stream(route.controller().getDeclaredMethods())
        .filter(it -> it.getName().equals(form.method()))
        .findFirst()
        .orElseThrow();
  }

  private List<HttpStatus> statuses(Method method) {
    var fixed = method.getAnnotation(ResponseStatus.class);
    if (fixed != null) {
      return List.of(fixed.value());
    }
    return method.getReturnType() == ResponseEntity.class && refusals.mentions(method, "CREATED")
        ? List.of(HttpStatus.OK, HttpStatus.CREATED)
        : List.of(HttpStatus.OK);
  }

  private @Nullable Map<String, Object> content(Route route, Method method, Map<?, ?> example) {
    if (method.getReturnType() == void.class) {
      return null;
    }
    var shown = method.getAnnotation(ShownAs.class);
    var type =
        shown != null && !shown.contentType().isEmpty()
            ? shown.contentType()
            : route.info().getProducesCondition().getProducibleMediaTypes().stream()
                .findFirst()
                .map(Object::toString)
                .orElse("application/json");
    var media = map("schema", answer(method, type));
    if (example.containsKey("response")) {
      media.put("example", example.get("response"));
    }
    return map(type, media);
  }

  private Map<String, Object> answer(Method method, String type) {
    if (method.getReturnType() == SseEmitter.class) {
      return map("type", "string");
    }
    var answered = method.getAnnotatedReturnType();
    if (method.getReturnType() == ResponseEntity.class
        && answered instanceof AnnotatedParameterizedType entity) {
      answered = entity.getAnnotatedActualTypeArguments()[0];
    }
    if (answered.getType() == byte[].class) {
      return map("description", words.parameter(type));
    }
    return schemas.of((AnnotatedElement) method, answered);
  }
}
