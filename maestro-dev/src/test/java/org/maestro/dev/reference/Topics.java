package org.maestro.dev.reference;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.dev.openapi.Javadocs;
import org.maestro.dsl.ProblemCode;
import org.maestro.engine.event.EventType;
import org.maestro.engine.step.runtime.http.HttpVerdict;
import org.maestro.engine.step.runtime.job.JobEnd;
import org.maestro.engine.step.runtime.job.JobVariable;
import org.maestro.engine.step.runtime.python.NotebookParam;
import org.maestro.engine.step.runtime.python.PythonParam;
import org.maestro.engine.step.runtime.shell.ShellParam;
import org.maestro.engine.wiring.RunConfiguration.StepTypes;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.document.Limit;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;
import org.maestro.model.reference.Reference;
import org.maestro.model.reference.ReferenceEntry;
import org.maestro.model.reference.ReferenceTable;
import org.maestro.model.reference.ReferenceTopic;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.DefaultParams;
import org.maestro.param.InstanceFacts;
import org.maestro.param.InstanceField;
import org.maestro.param.ParamFunction;
import org.maestro.param.RetryPlan;
import org.maestro.param.StepField;
import org.maestro.sel.SelLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the code says of itself, by topics. Names and numbers are the code's, texts its comments.
 */
final class Topics {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** A run of which nothing is known but this moment. */
  private static final InstanceFacts EXAMPLE =
      new InstanceFacts(
          "orders",
          12,
          1,
          "ada",
          new Initiator.Manual("ada"),
          RestartPolicy.START_FRESH_NEW_RUN,
          null,
          1714904430040L);

  /** Where no services are. */
  private static final List<String> OTHERS =
      List.of("org.maestro.dev.", "org.maestro.cli.", "org.maestro.starter.");

  private final Javadocs docs;
  private final Properties texts;
  private final TreeSet<String> unused = new TreeSet<>();
  private final TreeSet<String> undescribed = new TreeSet<>();

  /**
   * @param root the repository
   * @param texts of what has no place for a comment
   */
  Topics(Path root, Properties texts) {
    this.docs = Javadocs.read(root);
    this.texts = texts;
    unused.addAll(texts.stringPropertyNames());
  }

  /** What has no text; empty if everything has one. */
  List<String> undescribed() {
    return List.copyOf(undescribed);
  }

  /** Texts of what isn't there any more. */
  List<String> unused() {
    return List.copyOf(unused);
  }

  /** Everything. */
  Reference make(Map<?, ?> openApi, Map<?, ?> schema, CommandSpec commands) {
    return new Reference(
        List.of(
            topic("step-type", stepTypes()),
            topic("sel", callables()),
            topic("params", paramFunctions()),
            topic("parameter", parameters()),
            topic("strategy", strategies()),
            topic("failure-mode", words(FailureMode.class)),
            topic("retry", retries()),
            topic("status", statuses()),
            topic("mode", modes()),
            topic("type", words(ParamType.class)),
            topic("field", fields(schema)),
            topic("event", events()),
            topic(
                "problem",
                Arrays.stream(ProblemCode.values())
                    .map(code -> entry(code.id(), capital(code.meaning()), Map.of()))
                    .toList()),
            topic("error", errors(openApi)),
            topic("limit", limits()),
            topic("setting", settings()),
            topic("command", commands(commands)),
            topic("exit-code", exitCodes())));
  }

  private ReferenceTopic topic(String id, List<ReferenceEntry> entries) {
    return new ReferenceTopic(id, text("topic." + id), text("topic." + id + ".text"), entries);
  }

  private static ReferenceEntry entry(
      String name, String text, Map<String, String> facts, ReferenceTable... tables) {
    return new ReferenceEntry(name, text, facts, List.of(tables));
  }

  private static ReferenceTable table(
      String title, List<String> columns, Stream<List<String>> rows) {
    return new ReferenceTable(title, columns, rows.toList());
  }

  /** A text that must be there. */
  private String text(String key) {
    unused.remove(key);
    var text = texts.getProperty(key, "");
    if (text.isEmpty()) {
      undescribed.add(key);
    }
    return text;
  }

  private String said(Enum<?> constant) {
    var text = docs.ofMember(constant.getDeclaringClass(), constant.name());
    if (text.isEmpty()) {
      undescribed.add(constant.getDeclaringClass().getName() + "." + constant.name());
    }
    return text;
  }

  private List<ReferenceEntry> words(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> entry(constant.name(), said(constant), Map.of()))
        .toList();
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  // ------------------------------------------------------------------ step types

  private List<ReferenceEntry> stepTypes() {
    var runnable = new StepTypes(Map.of(), Set.of()).runnable();
    return Arrays.stream(StepType.values())
        .map(type -> {
          var tables = new ArrayList<ReferenceTable>();
          var params = stepParams(type);
          if (!params.isEmpty()) {
            tables.add(
                table(
                    "Parameters",
                    List.of("Name", "Type", "Default", "", "Means"),
                    params.stream()));
          }
          switch (type) {
            case SHELL, PYTHON, NOTEBOOK -> {
              tables.add(
                  table(
                      "Environment of the job",
                      List.of("Name", "Means"),
                      Arrays.stream(JobVariable.values())
                          .map(variable -> List.of(variable.name(), said(variable)))));
              tables.add(exitStatuses());
            }
            case DOCKER, KUBERNETES, TITUS -> tables.add(exitStatuses());
            case HTTP -> {
              tables.add(
                  table(
                      "Answer",
                      List.of("Status", "Without state_expr"),
                      Stream.of(200, 300, 400, 500)
                          .map(status ->
                              List.of(status / 100 + "xx", HttpVerdict.of(status).name()))));
              tables.add(
                  table(
                      "What state_expr may say",
                      List.of("Result", "Means"),
                      Arrays.stream(HttpVerdict.values())
                          .map(verdict -> List.of(verdict.name(), said(verdict)))));
            }
            case NOOP, SLEEP, JAR, SQL, SPARK, SUBWORKFLOW, FOREACH, WHILE, TEMPLATE -> {}
          }
          tables.add(
              table(
                  "Facts that expressions may name",
                  List.of("Name", "Type", "Means"),
                  DefaultParams.reservedOfSteps(type).entrySet().stream()
                      .map(reserved ->
                          List.of(
                              reserved.getKey(),
                              reserved.getValue().type().name(),
                              text("reserved." + reserved.getKey())))));
          return new ReferenceEntry(
              type.label(),
              said(type),
              Map.of("run by this release", runnable.contains(type) ? "yes" : "no"),
              tables);
        })
        .toList();
  }

  private ReferenceTable exitStatuses() {
    return table(
        "Exit status",
        List.of("Status", "The attempt becomes", "Means"),
        Arrays.stream(JobEnd.values())
            .map(end -> List.of(end.exit(), end.status().name(), said(end))));
  }

  private List<List<String>> stepParams(StepType type) {
    var rows = new ArrayList<List<String>>();
    if (type == StepType.SHELL) {
      for (var param : ShellParam.values()) {
        rows.add(List.of(param.label(), param.type().name(), "", "", said(param)));
      }
    }
    if (type == StepType.PYTHON) {
      for (var param : PythonParam.values()) {
        rows.add(List.of(param.label(), param.type().name(), "", "", said(param)));
      }
    }
    if (type == StepType.NOTEBOOK) {
      for (var param : NotebookParam.values()) {
        rows.add(List.of(param.label(), param.type().name(), "", "", said(param)));
      }
    }
    addParams(rows, "", DefaultParams.ofSteps(type));
    return rows;
  }

  private void addParams(List<List<String>> rows, String prefix, Map<String, Param> params) {
    params.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> {
          var name = prefix + entry.getKey();
          var param = entry.getValue();
          var nested = nested(param);
          rows.add(
              List.of(
                  name,
                  param.type().name(),
                  nested.isEmpty() ? given(param) : "",
                  need(param),
                  text("param." + name)));
          addParams(rows, name + ".", nested);
        });
  }

  private static Map<String, Param> nested(Param param) {
    var found = new LinkedHashMap<String, Param>();
    if (param.type() == ParamType.MAP && param.value() instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (value instanceof Param inner) {
          found.put((String) name, inner);
        }
      });
    }
    return found;
  }

  private static String given(Param param) {
    if (param.expression() != null) {
      return "!" + param.expression().strip().replaceAll("\\s*\\n\\s*", " ");
    }
    return param.value() == null ? "" : String.valueOf(param.value());
  }

  private static String need(Param param) {
    return param.internalMode() == null
        ? ""
        : param.internalMode() == InternalMode.REQUIRED
            ? "needed"
            : param.internalMode().name().toLowerCase(Locale.ROOT);
  }

  // ------------------------------------------------------------------ expressions and parameters

  private static List<ReferenceEntry> callables() {
    return Callables.all().stream()
        .map(one ->
            entry(
                one.call(),
                "",
                ordered("example", one.example(), "gives", one.gives(), "group", one.group())))
        .toList();
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    var all = new LinkedHashMap<String, String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return all;
  }

  private List<ReferenceEntry> paramFunctions() {
    return Arrays.stream(ParamFunction.values())
        .flatMap(function ->
            function.forms().stream()
                .map(form ->
                    new ReferenceEntry(
                        "params." + form,
                        said(function),
                        Map.of(),
                        form.equals("getFromStep(field)")
                            ? List.of(
                                table(
                                    "Fields",
                                    List.of("Name", "Means"),
                                    Arrays.stream(StepField.values())
                                        .map(field -> List.of(field.label(), said(field)))))
                            : form.equals("getFromInstance(field)")
                                ? List.of(
                                    table(
                                        "Fields",
                                        List.of("Name", "Means"),
                                        Arrays.stream(InstanceField.values())
                                            .map(field -> List.of(field.label(), said(field)))))
                                : List.of())))
        .toList();
  }

  private List<ReferenceEntry> parameters() {
    var values = DefaultParams.valuesInRun(EXAMPLE);
    return DefaultParams.ofRuns().entrySet().stream()
        .map(param ->
            entry(
                param.getKey(),
                text("run-param." + param.getKey()),
                ordered(
                    "type",
                    param.getValue().type().name(),
                    "mode",
                    param.getValue().mode() == null
                        ? ParamMode.MUTABLE.name()
                        : param.getValue().mode().name(),
                    "example",
                    String.valueOf(values.get(param.getKey())))))
        .toList();
  }

  private List<ReferenceEntry> modes() {
    return Stream.concat(
            words(ParamMode.class).stream(),
            Arrays.stream(InternalMode.values())
                .map(mode -> entry(mode.name(), said(mode), Map.of("set by", "the system alone"))))
        .toList();
  }

  // ------------------------------------------------------------------ how things run

  private List<ReferenceEntry> strategies() {
    return Arrays.stream(RunStrategy.Rule.values())
        .map(rule ->
            entry(
                rule.name(),
                said(rule),
                ordered(
                    "at a time",
                    Long.toString(new RunStrategy(rule, null).concurrency()),
                    "default",
                    rule == RunStrategy.DEFAULT.rule() ? "yes" : "no")))
        .toList();
  }

  private List<ReferenceEntry> retries() {
    var kinds =
        Arrays.stream(RetryPlan.Kind.values())
            .map(kind -> {
              var rule = RetryPlan.DEFAULT.rule(kind);
              return entry(
                  kind.name(),
                  said(kind),
                  ordered(
                      "retries",
                      Integer.toString(rule.limit()),
                      "first delay",
                      rule.backoffSecs() + " s",
                      "each further delay",
                      "times " + rule.exponent(),
                      "longest delay",
                      rule.backoffLimitSecs() + " s"));
            });
    return Stream.of(
            kinds,
            words(RetryPolicy.BackoffType.class).stream(),
            Arrays.stream(TimeTrigger.CatchUp.values())
                .map(way -> entry(way.name(), said(way), Map.of("of", "catch_up of a trigger"))),
            Arrays.stream(MatchOperator.values())
                .map(operator ->
                    entry(operator.symbol(), said(operator), Map.of("of", "match of a signal"))))
        .flatMap(all -> all)
        .toList();
  }

  private List<ReferenceEntry> statuses() {
    return Stream.of(
            status(RunStatus.class, "runs"),
            status(StepStatus.class, "step attempts"),
            status(IterationStatus.class, "iterations"))
        .flatMap(all -> all)
        .toList();
  }

  private Stream<ReferenceEntry> status(Class<? extends Enum<?>> type, String what) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> entry(constant.name(), said(constant), Map.of("of", what)));
  }

  private List<ReferenceEntry> events() {
    return Stream.concat(
            Arrays.stream(EventType.values())
                .map(type -> entry(EventType.PREFIX + type.label(), said(type), Map.of())),
            Stream.of(
                entry(
                    "timeline",
                    docs.ofType(TimelineEvent.class),
                    Map.of(),
                    table(
                        "Fields",
                        List.of("Name", "Means"),
                        Arrays.stream(TimelineEvent.class.getRecordComponents())
                            .filter(
                                part -> !docs.ofPart(TimelineEvent.class, part.getName()).isEmpty())
                            .map(part ->
                                List.of(
                                    part.getName(),
                                    docs.ofPart(TimelineEvent.class, part.getName())))))))
        .toList();
  }

  // ------------------------------------------------------------------ the YAML form

  private static List<ReferenceEntry> fields(Map<?, ?> schema) {
    var found = new ArrayList<ReferenceEntry>();
    addFields(found, "", schema);
    ((Map<?, ?>) schema.get("$defs"))
        .forEach((name, part) -> addFields(found, name + ".", (Map<?, ?>) part));
    return found;
  }

  private static void addFields(List<ReferenceEntry> found, String prefix, Map<?, ?> shape) {
    if (shape.get("properties") instanceof Map<?, ?> properties) {
      var needed = shape.get("required") instanceof List<?> names ? names : List.of();
      properties.forEach((name, value) -> {
        var field = (Map<?, ?>) value;
        var facts = new LinkedHashMap<String, String>();
        facts.put("type", type(field));
        if (needed.contains(name)) {
          facts.put("needed", "yes");
        }
        for (var fact : List.of("default", "minimum", "maximum")) {
          if (field.containsKey(fact)) {
            facts.put(fact, String.valueOf(field.get(fact)));
          }
        }
        if (field.get("examples") instanceof List<?> examples && !examples.isEmpty()) {
          facts.put("example", example(examples.getFirst()));
        }
        found.add(
            entry(
                prefix + name, field.get("description") instanceof String said ? said : "", facts));
      });
    }
    for (var choice : List.of("anyOf", "oneOf", "allOf")) {
      if (shape.get(choice) instanceof List<?> parts) {
        parts.forEach(part -> addFields(found, prefix, (Map<?, ?>) part));
      }
    }
  }

  private static String type(Map<?, ?> field) {
    if (field.get("$ref") instanceof String ref) {
      return ref.substring(ref.lastIndexOf('/') + 1);
    }
    if (field.get("enum") instanceof List<?> words) {
      return words.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    for (var choice : List.of("anyOf", "oneOf")) {
      if (field.get(choice) instanceof List<?> parts) {
        return parts.stream()
            .map(part -> (Map<?, ?>) part)
            .filter(part -> !part.containsKey("pattern")) // other writings of the words
            .map(Topics::type)
            .distinct()
            .collect(Collectors.joining(" or "));
      }
    }
    if (field.get("items") instanceof Map<?, ?> items) {
      return "list of " + type(items);
    }
    return switch (field.get("type")) {
      case String type -> type;
      case List<?> types -> types.stream().map(String::valueOf).collect(Collectors.joining(" or "));
      case null, default -> "any";
    };
  }

  // ------------------------------------------------------------------ errors, limits, settings

  private static List<ReferenceEntry> errors(Map<?, ?> openApi) {
    var routes = new TreeMap<String, TreeSet<String>>();
    var statuses = new TreeMap<String, TreeSet<String>>();
    var shared = (Map<?, ?>) ((Map<?, ?>) openApi.get("components")).get("responses");
    ((Map<?, ?>) openApi.get("paths"))
        .forEach((path, verbs) ->
            ((Map<?, ?>) verbs)
                .forEach((verb, operation) ->
                    ((Map<?, ?>) ((Map<?, ?>) operation).get("responses"))
                        .forEach((status, answer) -> {
                          for (var code : codes((Map<?, ?>) answer, shared)) {
                            routes
                                .computeIfAbsent(code, _ -> new TreeSet<>())
                                .add(verb.toString().toUpperCase(Locale.ROOT) + " " + path);
                            statuses
                                .computeIfAbsent(code, _ -> new TreeSet<>())
                                .add(status.toString());
                          }
                        })));
    return routes.entrySet().stream()
        .map(code ->
            entry(
                code.getKey(),
                "",
                ordered(
                    "status",
                    String.join(", ", statuses.get(code.getKey())),
                    "routes",
                    code.getValue().size() > 3
                        ? code.getValue().size() + " routes"
                        : String.join(", ", code.getValue()))))
        .toList();
  }

  private static List<String> codes(Map<?, ?> answer, Map<?, ?> shared) {
    var found =
        answer.get("$ref") instanceof String ref
            ? (Map<?, ?>) shared.get(ref.substring(ref.lastIndexOf('/') + 1))
            : answer;
    if (!(found.get("content") instanceof Map<?, ?> content)
        || !(content.get("application/problem+json") instanceof Map<?, ?> media)) {
      return List.of();
    }
    var parts = (List<?>) ((Map<?, ?>) media.get("schema")).get("allOf");
    var properties = (Map<?, ?>) ((Map<?, ?>) parts.get(1)).get("properties");
    return ((List<?>) ((Map<?, ?>) properties.get("code")).get("enum"))
        .stream().map(String::valueOf).toList();
  }

  private List<ReferenceEntry> limits() {
    var all = new ArrayList<ReferenceEntry>();
    for (var type : ownClasses()) {
      for (var field : type.getDeclaredFields()) {
        var limit = field.getAnnotation(Limit.class);
        if (limit != null) {
          all.add(entry(limit.value(), "", Map.of("most", amount(field, limit))));
        }
      }
    }
    for (var part : SelLimits.class.getRecordComponents()) {
      all.add(
          entry(
              uncapital(docs.ofPart(SelLimits.class, part.getName()).split("[.;]", 2)[0]),
              "",
              ordered("most", shown(value(part)), "of", "one expression")));
    }
    all.sort(Comparator.comparing(ReferenceEntry::name));
    return all;
  }

  private static String uncapital(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static Object value(RecordComponent part) {
    try {
      part.getAccessor().setAccessible(true);
      return part.getAccessor().invoke(SelLimits.DEFAULT);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String amount(Field field, Limit limit) {
    if (!Modifier.isStatic(field.getModifiers())) {
      throw new IllegalStateException("expected " + field + " to be a constant");
    }
    try {
      field.setAccessible(true);
      return (shown(field.get(null)) + " " + limit.unit()).strip();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As it may be written in YAML, keys in the order of the alphabet. */
  private static String example(@Nullable Object value) {
    return value instanceof Map || value instanceof List
        ? SORTED.writeValueAsString(value)
        : String.valueOf(value);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case Duration duration -> duration.toSeconds() + " s";
      case Number number -> "%,d".formatted(number.longValue());
      case null, default -> String.valueOf(value);
    };
  }

  /** Classes of all modules but tests. */
  private static List<Class<?>> ownClasses() {
    var scanner =
        new ClassPathScanningCandidateComponentProvider(false) {
          @Override
          protected boolean isCandidateComponent(
              org.springframework.beans.factory.annotation.AnnotatedBeanDefinition bean) {
            return true;
          }
        };
    scanner.addIncludeFilter((_, _) -> true);
    scanner.setResourcePattern("**/*.class");
    return scanner.findCandidateComponents("org.maestro").stream()
        .map(bean -> String.valueOf(bean.getBeanClassName()))
        .filter(name -> OTHERS.stream().noneMatch(name::startsWith))
        .sorted()
        .<Class<?>>map(name -> ClassUtils.resolveClassName(name, null))
        .toList();
  }

  private List<ReferenceEntry> settings() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    var all = new TreeMap<String, ReferenceEntry>();
    for (var bean : scanner.findCandidateComponents("org.maestro")) {
      var type = ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null);
      var annotation = type.getAnnotation(ConfigurationProperties.class);
      if (type.isRecord()
          && annotation != null
          && OTHERS.stream().noneMatch(type.getName()::startsWith)) {
        addSettings(all, annotation.value(), type);
      }
    }
    return List.copyOf(all.values());
  }

  private void addSettings(Map<String, ReferenceEntry> all, String prefix, Class<?> type) {
    var constructor = type.getDeclaredConstructors()[0];
    var parameters = constructor.getParameters();
    var parts = type.getRecordComponents();
    for (var i = 0; i < parts.length; i++) {
      var part = parts[i];
      var name = prefix + "." + kebab(part.getName());
      if (part.getType().isRecord()) {
        addSettings(all, name, part.getType());
        continue;
      }
      var said = docs.ofPart(type, part.getName());
      if (said.isEmpty()) {
        said = text("setting." + name);
      }
      var facts = new LinkedHashMap<String, String>();
      facts.put("type", part.getType().getSimpleName());
      var otherwise =
          i < parameters.length ? parameters[i].getAnnotation(DefaultValue.class) : null;
      if (otherwise != null && otherwise.value().length > 0) {
        facts.put("default", String.join(",", otherwise.value()));
      }
      all.put(name, entry(name, said, facts));
    }
  }

  private static String kebab(String name) {
    return Pattern.compile("[A-Z]")
        .matcher(name)
        .replaceAll(found -> "-" + found.group().toLowerCase(Locale.ROOT));
  }

  // ------------------------------------------------------------------ the command line

  private static List<ReferenceEntry> commands(CommandSpec root) {
    var all = new ArrayList<ReferenceEntry>();
    all.add(command("maestro", root));
    addCommands(all, root);
    return all;
  }

  private static void addCommands(List<ReferenceEntry> all, CommandSpec parent) {
    parent.subcommands().values().stream()
        .distinct()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .forEach(command -> {
          var spec = command.getCommandSpec();
          all.add(command(spec.qualifiedName().replaceFirst("^maestro ", ""), spec));
          addCommands(all, spec);
        });
  }

  private static ReferenceEntry command(String name, CommandSpec spec) {
    var rows = new ArrayList<List<String>>();
    for (var argument : spec.positionalParameters()) {
      rows.add(List.of(argument.paramLabel(), described(argument.description())));
    }
    for (var option : spec.options()) {
      if (!option.inherited() && !option.hidden()) {
        rows.add(
            List.of(
                String.join(", ", option.names())
                    + (option.arity().max() == 0 || option.type() == boolean.class
                        ? ""
                        : " " + option.paramLabel()),
                described(option.description())));
      }
    }
    var facts = new LinkedHashMap<String, String>();
    if (spec.aliases().length > 0) {
      facts.put("also", String.join(", ", spec.aliases()));
    }
    return new ReferenceEntry(
        name,
        described(spec.usageMessage().description()),
        facts,
        rows.isEmpty()
            ? List.of()
            : List.of(table("Arguments and options", List.of("Name", "Means"), rows.stream())));
  }

  private static String described(String... lines) {
    return String.join(" ", lines).strip();
  }

  private List<ReferenceEntry> exitCodes() {
    return Arrays.stream(ExitCode.values())
        .map(code ->
            entry(Integer.toString(code.number()), said(code), Map.of("called", code.name())))
        .toList();
  }
}
