package org.maestro.dsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.Limit;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;

/** Parameters: one typed value or expression each, MAP values nested. */
final class ParamReader {
  @Limit("levels of a MAP")
  private static final int DEEPEST = 20;

  @Limit(value = "a parameter's name", unit = "characters")
  private static final int LONGEST_NAME = 256;

  private static final int LONGEST_VALIDATOR = 10_000;
  private static final Set<String> RESERVED =
      Set.of(
          "maestro",
          "Maestro",
          "MAESTRO",
          "scheduler",
          "Scheduler",
          "SCHEDULER",
          "util",
          "Util",
          "UTIL",
          "params",
          "Params",
          "PARAMS",
          "AUTH_BLOB",
          "AUTH_DATA",
          "AUTH_ACTING_ON_BEHALF_OF_BLOB",
          "AUTH_TRIGGERING_ON_BEHALF_OF_BLOB",
          "AUTHORIZED_MANAGERS");

  private final ParamForm form;
  private final Expressions expressions;

  ParamReader(ParamForm form, Expressions expressions) {
    this.form = form;
    this.expressions = expressions;
  }

  /** The parameters in a field; none if absent. */
  Map<String, Param> params(Fields fields, String name) {
    return params(fields.entries(name, "parameters"), fields.at(name));
  }

  Map<String, Param> params(Map<String, Object> entries, Place place) {
    if (form.isChecked()) {
      for (var name : entries.keySet()) {
        if (RESERVED.contains(name)) {
          place
              .child(name)
              .report(
                  ProblemCode.PARAMETER,
                  "the parameter name " + Found.quote(name) + " is reserved; choose another one");
        }
      }
    }
    return nested(entries, place, 0);
  }

  private Map<String, Param> nested(Map<String, Object> entries, Place place, int depth) {
    var params = new LinkedHashMap<String, Param>();
    entries.forEach((name, tree) -> {
      var at = place.child(name);
      if (form.isChecked() && (name.isBlank() || name.length() > LONGEST_NAME)) {
        at.report(
            ProblemCode.PARAMETER,
            "expected a parameter name of 1 to "
                + LONGEST_NAME
                + " characters, found "
                + Found.quote(name));
      }
      var param = param(tree, at, depth);
      if (param != null) {
        params.put(name, param);
      }
    });
    return params;
  }

  @Nullable Param param(@Nullable Object tree, Place place) {
    return param(tree, place, 0);
  }

  private @Nullable Param param(@Nullable Object tree, Place place, int depth) {
    if (!(tree instanceof Map)) {
      place.report(
          ProblemCode.PARAMETER,
          "expected a parameter such as {\"value\": 5, \"type\": \"LONG\"}, found "
              + Found.describe(tree));
      return null;
    }
    var fields = Fields.of(tree, place, "a parameter");
    var type = type(fields);
    var written = fields.raw("value");
    var expression = fields.text("expression", Integer.MAX_VALUE);
    if (expression != null) {
      expressions.check(expression, fields.at("expression"));
    }
    var mode = fields.choice("mode", ParamMode.class);
    var internalMode = internalMode(fields);
    var source = source(fields);
    var validator = fields.words("validator", LONGEST_VALIDATOR);
    var tags = TagReader.tags(fields, "tags");
    var result = result(fields, "evaluated_result");
    var time = result(fields, "evaluated_time") == null ? null : time(fields);
    checkOrigin(fields, written, expression, result);
    fields.refuseUnknown();
    if (type == null) {
      return null;
    }
    var value = written == null ? null : value(type, written, fields.at("value"), depth);
    var evaluated = result == null ? null : result(type, result, fields.at("evaluated_result"));
    return new Param(
        type, value, expression, mode, internalMode, source, validator, tags, evaluated, time);
  }

  private static @Nullable ParamType type(Fields fields) {
    if (fields.has("type")) {
      return fields.choice("type", ParamType.class);
    }
    fields.reportMissing("type", "such as STRING or LONG");
    return null;
  }

  private @Nullable InternalMode internalMode(Fields fields) {
    if (!fields.has("internal_mode")) {
      return null;
    }
    if (!form.mayHaveInternalMode()) {
      fields
          .at("internal_mode")
          .report(ProblemCode.PARAMETER, "internal_mode belongs to the system; remove it");
      return null;
    }
    return fields.choice("internal_mode", InternalMode.class);
  }

  /** Authors may hand back what the system showed them, but where it came from is decided anew. */
  private @Nullable ParamSource source(Fields fields) {
    return fields.has("source") && form == ParamForm.STORED
        ? fields.choice("source", ParamSource.class)
        : null;
  }

  private @Nullable Object result(Fields fields, String name) {
    if (fields.raw(name) != null && !form.mayHaveResults()) {
      fields
          .at(name)
          .report(
              ProblemCode.PARAMETER,
              name + " is a result, not a definition; remove it, and give the value as value");
      return null;
    }
    return fields.raw(name);
  }

  private static @Nullable Long time(Fields fields) {
    return fields.wholeNumber("evaluated_time", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private void checkOrigin(
      Fields fields, @Nullable Object value, @Nullable String expression, @Nullable Object result) {
    if (!form.isChecked()) {
      return;
    }
    if (value != null && expression != null) {
      fields
          .place()
          .report(
              ProblemCode.PARAMETER,
              "expected either a value or an expression, found both; remove one");
    }
    var mayBeMissing =
        form == ParamForm.TEMPLATE || (form == ParamForm.WITH_RESULTS && result != null);
    if (value == null && expression == null && !mayBeMissing) {
      fields
          .place()
          .report(
              ProblemCode.PARAMETER,
              "expected a value or an expression, found neither; add \"value\" or \"expression\"");
    }
  }

  private @Nullable Object value(ParamType type, Object tree, Place place, int depth) {
    if (type == ParamType.MAP && tree instanceof Map) {
      if (depth + 1 > DEEPEST) {
        place.report(
            ProblemCode.PARAMETER,
            "expected at most " + DEEPEST + " levels of MAP, found more; nest less deeply");
        return null;
      }
      return Collections.unmodifiableMap(
          nested(Fields.object(tree, place, "parameters"), place, depth + 1));
    }
    return plain(type, tree, place);
  }

  /** A result is plain data, whatever the parameters inside were. */
  private static @Nullable Object result(ParamType type, Object tree, Place place) {
    return type == ParamType.MAP && tree instanceof Map ? tree : plain(type, tree, place);
  }

  private static @Nullable Object plain(ParamType type, Object tree, Place place) {
    return switch (type) {
      case STRING -> scalar(tree, place, Scalars::text, "text");
      case LONG -> scalar(tree, place, Scalars::wholeNumber, "a whole number of 64 bits");
      case DOUBLE -> scalar(tree, place, Scalars::decimal, "a number");
      case BOOLEAN -> scalar(tree, place, Scalars::flag, "true or false");
      case STRING_ARRAY -> array(tree, place, Scalars::text, "text");
      case LONG_ARRAY -> array(tree, place, Scalars::wholeNumber, "a whole number of 64 bits");
      case DOUBLE_ARRAY -> array(tree, place, Scalars::decimal, "a number");
      case BOOLEAN_ARRAY -> array(tree, place, Scalars::flag, "true or false");
      case STRING_MAP -> stringMap(tree, place);
      case MAP -> {
        place.report(
            ProblemCode.PARAMETER,
            "expected an object of parameters for the type MAP, found " + Found.describe(tree));
        yield null;
      }
    };
  }

  private static @Nullable Object scalar(
      @Nullable Object tree,
      Place place,
      Function<@Nullable Object, @Nullable Object> reader,
      String kind) {
    var value = reader.apply(tree);
    if (value == null) {
      place.report(
          ProblemCode.PARAMETER,
          "expected "
              + kind
              + ", found "
              + Found.describe(tree)
              + "; change the value or the type");
    }
    return value;
  }

  private static @Nullable Object array(
      Object tree, Place place, Function<@Nullable Object, @Nullable Object> reader, String kind) {
    if (!(tree instanceof List<?> list)) {
      place.report(
          ProblemCode.PARAMETER,
          "expected a list, found " + Found.describe(tree) + "; put it in [ ] or change the type");
      return null;
    }
    var values = new ArrayList<Object>(list.size());
    for (var i = 0; i < list.size(); i++) {
      var value = scalar(list.get(i), place.child(i), reader, kind);
      if (value != null) {
        values.add(value);
      }
    }
    return Collections.unmodifiableList(values);
  }

  private static @Nullable Object stringMap(Object tree, Place place) {
    if (!(tree instanceof Map<?, ?> map)) {
      place.report(
          ProblemCode.PARAMETER,
          "expected an object with text values for the type STRING_MAP, found "
              + Found.describe(tree));
      return null;
    }
    var values = new LinkedHashMap<String, String>();
    map.forEach((key, item) -> {
      var name = String.valueOf(key);
      var text = Scalars.text(item);
      if (text == null) {
        place
            .child(name)
            .report(
                ProblemCode.PARAMETER,
                "expected text, found " + Found.describe(item) + "; or use the type MAP");
      } else {
        values.put(name, text);
      }
    });
    return Collections.unmodifiableMap(values);
  }
}
