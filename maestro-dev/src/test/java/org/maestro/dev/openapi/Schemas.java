package org.maestro.dev.openapi;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * JSON Schemas of Java types as the services write them: the mapper itself is asked which fields
 * there are and in which order. A field that may be null is one that may be left out.
 */
final class Schemas {
  private final JsonMapper json;
  private final Javadocs docs;
  private final Words words;
  private final Map<String, Object> components = new TreeMap<>();
  private final Map<String, Type> owners = new TreeMap<>();

  /** Fields of which nothing is said, as {@code Type.field}. */
  private final TreeSet<String> undescribed = new TreeSet<>();

  Schemas(JsonMapper json, Javadocs docs, Words words) {
    this.json = json;
    this.docs = docs;
    this.words = words;
  }

  /** What the schemas are made of. */
  Collection<Type> types() {
    return owners.values();
  }

  /** By name, in order. */
  Map<String, Object> components() {
    return components;
  }

  TreeSet<String> undescribed() {
    return undescribed;
  }

  /** A schema that no type stands for. */
  void add(String name, Object schema) {
    components.put(name, schema);
  }

  static Map<String, Object> reference(String name) {
    return map("$ref", "#/components/schemas/" + name);
  }

  /** Pairs in their order. */
  static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The schema of what a method answers, a parameter takes or a record has. */
  Map<String, Object> of(AnnotatedElement element, AnnotatedType type) {
    var shown = element.getAnnotation(ShownAs.class);
    if (shown != null && !shown.schema().isEmpty()) {
      return reference(shown.schema());
    }
    if (shown != null && shown.value().length > 0) {
      var several = Arrays.stream(shown.value()).map(it -> of(it, Map.of())).toList();
      return several.size() == 1 ? several.getFirst() : map("anyOf", several);
    }
    return of(type, Map.of());
  }

  /** The schema of a type without parameters. */
  Map<String, Object> of(Class<?> type) {
    return of(type, Map.of());
  }

  private Map<String, Object> of(AnnotatedType type, Map<String, AnnotatedType> variables) {
    if (type.getType() instanceof TypeVariable<?> variable) {
      var bound = variables.get(variable.getName());
      return bound == null ? new LinkedHashMap<>() : of(bound, Map.of());
    }
    if (type instanceof AnnotatedParameterizedType several
        && several.getType() instanceof ParameterizedType parameterized) {
      var raw = (Class<?>) parameterized.getRawType();
      var arguments = several.getAnnotatedActualTypeArguments();
      if (Collection.class.isAssignableFrom(raw)) {
        var items = nullable(arguments[0], variables);
        return items.isEmpty() ? map("type", "array") : map("type", "array", "items", items);
      }
      if (Map.class.isAssignableFrom(raw)) {
        var values = nullable(arguments[1], variables);
        var schema = map("type", "object");
        if (arguments[0].getType() instanceof Class<?> keys && keys.isEnum()) {
          schema.put("propertyNames", of(keys, Map.of()));
        }
        schema.put("additionalProperties", values.isEmpty() ? true : values);
        return schema;
      }
      var bound = new LinkedHashMap<String, AnnotatedType>();
      for (var i = 0; i < arguments.length; i++) {
        var argument = arguments[i];
        if (argument.getType() instanceof TypeVariable<?> variable) {
          argument = variables.getOrDefault(variable.getName(), argument);
        }
        bound.put(raw.getTypeParameters()[i].getName(), argument);
      }
      return of(parameterized, bound);
    }
    return of(type.getType(), variables);
  }

  private Map<String, Object> nullable(AnnotatedType type, Map<String, AnnotatedType> variables) {
    var schema = of(type, variables);
    return type.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.isEmpty()) {
      return schema;
    }
    if (schema.get("type") instanceof String one && !schema.containsKey("enum")) {
      var both = new LinkedHashMap<>(schema);
      both.put("type", List.of(one, "null"));
      return both;
    }
    return map("anyOf", List.of(schema, map("type", "null")));
  }

  private Map<String, Object> of(Type type, Map<String, AnnotatedType> variables) {
    if (type instanceof WildcardType) {
      return new LinkedHashMap<>();
    }
    var raw = (Class<?>) (type instanceof ParameterizedType several ? several.getRawType() : type);
    if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
      return new LinkedHashMap<>();
    }
    if (CharSequence.class.isAssignableFrom(raw)) {
      return map("type", "string");
    }
    if (raw == long.class || raw == Long.class) {
      return map("type", "integer", "format", "int64");
    }
    if (raw == int.class || raw == Integer.class) {
      return map("type", "integer", "format", "int32");
    }
    if (raw == double.class || raw == Double.class) {
      return map("type", "number", "format", "double");
    }
    if (raw == BigDecimal.class) {
      return map("type", "number");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return map("type", "boolean");
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return map("type", "array");
    }
    if (Map.class.isAssignableFrom(raw)) {
      return map("type", "object", "additionalProperties", true);
    }
    var name = name(raw, raw.getTypeParameters().length == 0 ? Map.of() : variables);
    var known = owners.putIfAbsent(name, raw);
    if (known != null && known != raw) {
      throw new IllegalStateException(
          "expected one type to be called %s in the document, found %s and %s; rename one"
              .formatted(name, known, raw));
    }
    if (known == null) {
      components.put(name, raw.isEnum() ? words(raw) : body(type, raw, variables, name));
    }
    return reference(name);
  }

  /** What is within something is called after both, unless what it is within says nothing. */
  private static String name(Class<?> raw, Map<String, AnnotatedType> variables) {
    var own = raw.getSimpleName();
    var around = raw.getEnclosingClass();
    if (around != null
        && !around.getSimpleName().endsWith("Controller")
        && !own.equals("PageInfo")) {
      own = name(around, Map.of()) + own;
    }
    var name = new StringBuilder(own);
    variables.values().forEach(it -> name.append("Of").append(nameOf(it.getType())));
    return name.toString();
  }

  private static String nameOf(Type type) {
    return type instanceof ParameterizedType several
        ? ((Class<?>) several.getRawType()).getSimpleName()
        : name((Class<?>) type, Map.of());
  }

  private Map<String, Object> words(Class<?> type) {
    var schema = map("type", "string");
    var texts = new ArrayList<String>();
    var constants = new ArrayList<>();
    for (var constant : type.getEnumConstants()) {
      var text = json.convertValue(constant, String.class);
      constants.add(text);
      var said = docs.ofMember(type, ((Enum<?>) constant).name());
      if (!said.isEmpty()) {
        texts.add("`" + text + "`: " + said);
      }
    }
    var all = new ArrayList<String>();
    all.add(docs.ofType(type));
    all.addAll(texts);
    schema.put("description", String.join("\n- ", all).strip());
    schema.put("enum", constants);
    return schema;
  }

  private Map<String, Object> body(
      Type type, Class<?> raw, Map<String, AnnotatedType> variables, String name) {
    if (raw.isSealed() && raw.isInterface()) {
      return alternatives(raw);
    }
    var properties = properties(raw);
    if (properties == null) {
      return scalar(raw);
    }
    var schema = map("type", "object");
    var said = docs.ofType(raw);
    if (!said.isEmpty()) {
      schema.put("description", said);
    }
    var required = new ArrayList<String>();
    var fields = new LinkedHashMap<String, Object>();
    var others = anythingElse(raw);
    for (var property : properties) {
      var member = property.getMember();
      var component = component(member);
      if (component != null && component.equals(others)) {
        continue;
      }
      var fieldType = component == null ? returned(member) : component.getAnnotatedType();
      var field = component == null ? of(fieldType, variables) : ofComponent(component, variables);
      var maybe = fieldType.isAnnotationPresent(Nullable.class);
      var shown =
          property instanceof BeanPropertyWriter writer
              && !writer.willSuppressNulls()
              && !fieldType.getType().equals(Object.class);
      if (maybe && shown) {
        field = orNull(field);
      }
      if ((!maybe || shown) && !isLeftOutIfEmpty(member.getDeclaringClass(), fieldType)) {
        required.add(property.getName());
      }
      var text = describe(member, property.getName());
      if (text.isEmpty()) {
        undescribed.add(name + "." + property.getName());
      } else {
        field = new LinkedHashMap<>(field);
        field.put("description", text);
      }
      fields.put(property.getName(), field);
    }
    if (others != null && others.getAccessor().getAnnotation(ShownAs.class) instanceof ShownAs as) {
      fieldsOf(as.schema()).forEach(fields::putIfAbsent);
    }
    schema.put("properties", fields);
    if (others == null && raw.getSimpleName().endsWith("Body")) {
      schema.put("additionalProperties", false); // what a request has and nobody knows is refused
    }
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  /** The part of a record whose entries stand beside its other fields; null if there is none. */
  private static @Nullable RecordComponent anythingElse(Class<?> raw) {
    var parts = raw.getRecordComponents();
    return parts == null
        ? null
        : Arrays.stream(parts)
            .filter(it -> it.getAccessor().isAnnotationPresent(JsonAnyGetter.class))
            .findFirst()
            .orElse(null);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> fieldsOf(String component) {
    var schema = (Map<String, Object>) components.get(component);
    return (Map<String, Object>) schema.getOrDefault("properties", Map.of());
  }

  private Map<String, Object> ofComponent(
      RecordComponent component, Map<String, AnnotatedType> variables) {
    var shown = component.getAccessor().getAnnotation(ShownAs.class);
    if (shown == null) {
      return of(component.getAnnotatedType(), variables);
    }
    return of(component.getAccessor(), component.getAnnotatedType());
  }

  private static boolean isLeftOutIfEmpty(Class<?> declaring, AnnotatedType type) {
    var include = declaring.getAnnotation(JsonInclude.class);
    var raw =
        type.getType() instanceof ParameterizedType several
            ? (Class<?>) several.getRawType()
            : type.getType() instanceof Class<?> one ? one : Object.class;
    return include != null
        && include.value() == JsonInclude.Include.NON_EMPTY
        && (Collection.class.isAssignableFrom(raw)
            || Map.class.isAssignableFrom(raw)
            || raw == String.class);
  }

  private String describe(AnnotatedMember member, String name) {
    var said = docs.ofPart(member.getDeclaringClass(), member.getName());
    if (said.isEmpty()) {
      said = docs.ofMember(member.getDeclaringClass(), member.getName());
    }
    return said.isEmpty() ? words.field(name) : said;
  }

  private static @Nullable RecordComponent component(AnnotatedMember member) {
    var components = member.getDeclaringClass().getRecordComponents();
    return components == null
        ? null
        : Arrays.stream(components)
            .filter(it -> it.getName().equals(member.getName()))
            .findFirst()
            .orElse(null);
  }

  private static AnnotatedType returned(AnnotatedMember member) {
    return switch (member.getMember()) {
      case Method method -> method.getAnnotatedReturnType();
      case Field field -> field.getAnnotatedType();
      case null, default -> throw new IllegalStateException("can't tell the type of " + member);
    };
  }

  /** The fields of an object; null if it isn't written as one. */
  private @Nullable List<BeanProperty> properties(Class<?> raw) {
    var found = new ArrayList<BeanProperty>();
    var isObject = new boolean[1];
    json.acceptJsonFormatVisitor(
        json.constructType(raw),
        new JsonFormatVisitorWrapper.Base() {
          @Override
          public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            isObject[0] = true;
            return new JsonObjectFormatVisitor.Base(getContext()) {
              @Override
              public void property(BeanProperty property) {
                found.add(property);
              }

              @Override
              public void optionalProperty(BeanProperty property) {
                found.add(property);
              }
            };
          }
        });
    return isObject[0] ? found : null;
  }

  /** A type of ours that is written as one value. */
  private Map<String, Object> scalar(Class<?> raw) {
    var schema = new LinkedHashMap<String, Object>();
    json.acceptJsonFormatVisitor(
        json.constructType(raw),
        new JsonFormatVisitorWrapper.Base() {
          @Override
          public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            schema.put("type", "string");
            return new JsonStringFormatVisitor.Base();
          }

          @Override
          public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            schema.put("type", "array");
            return new JsonArrayFormatVisitor.Base(getContext());
          }
        });
    var said = docs.ofType(raw);
    if (!said.isEmpty()) {
      schema.put("description", said);
    }
    return schema;
  }

  private Map<String, Object> alternatives(Class<?> type) {
    var named = type.getAnnotation(JsonTypeInfo.class);
    var subtypes = type.getAnnotation(JsonSubTypes.class);
    var several = new ArrayList<Map<String, Object>>();
    var mapping = new LinkedHashMap<String, Object>();
    for (var permitted : type.getPermittedSubclasses()) {
      var reference = of(permitted, Map.of());
      several.add(reference);
      if (named != null && subtypes != null) {
        for (var subtype : subtypes.value()) {
          if (subtype.value() == permitted) {
            mapping.put(subtype.name(), reference.get("$ref"));
            discriminate(name(permitted, Map.of()), named.property(), subtype.name());
          }
        }
      }
    }
    var schema = new LinkedHashMap<String, Object>();
    var said = docs.ofType(type);
    if (!said.isEmpty()) {
      schema.put("description", said);
    }
    schema.put(mapping.isEmpty() ? "anyOf" : "oneOf", several);
    if (named != null && !mapping.isEmpty()) {
      schema.put("discriminator", map("propertyName", named.property(), "mapping", mapping));
    }
    return schema;
  }

  @SuppressWarnings("unchecked")
  private void discriminate(String component, String property, String value) {
    var schema = (Map<String, Object>) components.get(component);
    var fields = map(property, map("type", "string", "const", value));
    fields.putAll((Map<String, Object>) schema.getOrDefault("properties", Map.of()));
    schema.put("properties", fields);
    var required = new ArrayList<String>();
    required.add(property);
    required.addAll((List<String>) schema.getOrDefault("required", List.of()));
    schema.put("required", required);
  }
}
