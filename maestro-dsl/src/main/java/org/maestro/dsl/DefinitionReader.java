package org.maestro.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.SignalTrigger;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.Workflow;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.model.tag.Tag;

/**
 * Turns parsed documents into the model, or names everything that is wrong with them at once.
 *
 * <p>A document is a tree of {@code Map<String, Object>} in order, {@code List}, {@code String},
 * {@code Long}, {@code BigDecimal}, {@code Boolean} and null. Nothing is thrown for a bad document,
 * whatever it contains. Rules that need more than the document (whether an owner is given at the
 * first push) belong to others.
 */
public final class DefinitionReader {
  @Limit(value = "a definition in JSON", unit = "bytes")
  private static final long MOST_DEFINITION_BYTES = 256 * 1024;

  @Limit("parameters of a start")
  private static final long MOST_RUN_PARAMS = 128;

  private static final List<String> RESERVED_KEYS =
      List.of("workflow_id", "workflow_version_id", "version_author", "create_time");

  private DefinitionReader() {}

  /** Reads and checks the body of a push. Unknown keys at its top level become extra info. */
  public static Read<PushRequest> push(Map<String, Object> document) {
    return push(document, _ -> {});
  }

  /**
   * As {@link #push(Map)}, for who knows the text behind the document.
   *
   * @param findings is told of every problem, in the order of reading
   */
  public static Read<PushRequest> push(Map<String, Object> document, Consumer<Finding> findings) {
    var problems = new Problems(findings);
    var root = Place.root(problems, "");
    if (!DocumentScan.passes(document, root, MOST_DEFINITION_BYTES)) {
      return problems.bad();
    }
    var fields = Fields.of(document, root, "a definition");
    if (fields.raw("workflow") == null) {
      fields.reportMissing("workflow", "an object with id and steps");
      fields.raw("workflow");
    }
    var properties =
        fields.has("properties") || fields.raw("properties") instanceof Map
            ? PropertiesReader.properties(fields.raw("properties"), fields.at("properties"))
            : null;
    var workflow =
        fields.raw("workflow") != null
            ? new WorkflowReader(ParamForm.WRITTEN)
                .workflow(fields.raw("workflow"), fields.at("workflow"))
            : null;
    var active = fields.flag("is_active", true);
    var gitInfo = fields.has("git_info") ? gitInfo(fields) : null;
    var extraInfo = fields.others();
    for (var reserved : RESERVED_KEYS) {
      if (extraInfo.containsKey(reserved)) {
        fields
            .at(reserved)
            .report("the key " + Found.quote(reserved) + " is set by the system; remove it");
      }
    }
    return workflow == null
        ? problems.bad()
        : problems.unlessAny(new PushRequest(properties, workflow, active, gitInfo, extraInfo));
  }

  private static Map<String, Object> gitInfo(Fields push) {
    var fields = Fields.of(push.raw("git_info"), push.at("git_info"), "git info");
    for (var name : List.of("origin", "branch", "sha", "path", "author", "timestamp")) {
      fields.text(name, Names.LONGEST_DESCRIPTION);
    }
    fields.flag("uncommitted_changes");
    fields.refuseUnknown();
    return fields.all();
  }

  /**
   * Reads a workflow that {@link DefinitionWriter} wrote. Shapes are checked, rules aren't: it was
   * checked when it was pushed, and a rule that came later must not make it unreadable.
   *
   * @param pointer where the tree is in its document, for the pointers of problems
   */
  public static Read<Workflow> workflow(@Nullable Object tree, String pointer) {
    var problems = new Problems();
    var place = Place.root(problems, pointer);
    return problems.unlessAny(new WorkflowReader(ParamForm.STORED).workflow(tree, place));
  }

  /** Reads time triggers that {@link DefinitionWriter} wrote; as {@link #workflow} does. */
  public static Read<List<TimeTrigger>> timeTriggers(List<?> trees) {
    var problems = new Problems();
    var fields =
        Fields.of(Map.of("time_triggers", trees), Place.root(problems, ""), "time triggers");
    return problems.unlessAny(new TimeTriggerReader(false).triggers(fields));
  }

  /** Reads and checks one time trigger as people write it. */
  public static Read<TimeTrigger> timeTrigger(@Nullable Object tree, String pointer) {
    var problems = new Problems();
    var place = Place.root(problems, pointer);
    if (!DocumentScan.passes(tree, place, MOST_DEFINITION_BYTES)) {
      return problems.bad();
    }
    var trigger = new TimeTriggerReader(true).trigger(tree, place);
    return trigger == null ? problems.bad() : problems.unlessAny(trigger);
  }

  /** Reads signal triggers that {@link DefinitionWriter} wrote; as {@link #workflow} does. */
  public static Read<List<SignalTrigger>> signalTriggers(List<?> trees) {
    var problems = new Problems();
    var fields =
        Fields.of(Map.of("signal_triggers", trees), Place.root(problems, ""), "signal triggers");
    var expressions = new Expressions(false);
    var params = new ParamReader(ParamForm.STORED, expressions);
    return problems.unlessAny(new SignalReader(params, expressions, false).triggers(fields));
  }

  /** Reads the flat body of a change of properties, without its {@code reset_…} flags. */
  public static Read<Properties> properties(Map<String, Object> document) {
    var problems = new Problems();
    var place = Place.root(problems, "");
    return DocumentScan.passes(document, place, MOST_DEFINITION_BYTES)
        ? problems.unlessAny(PropertiesReader.properties(document, place))
        : problems.bad();
  }

  /** Reads the {@code run_params} of a start or restart: at most 128, as people write them. */
  public static Read<Map<String, Param>> params(@Nullable Object tree, String pointer) {
    if (tree instanceof Map<?, ?> map && map.size() > MOST_RUN_PARAMS) {
      var problems = new Problems();
      Place.root(problems, pointer)
          .report(
              "expected at most "
                  + MOST_RUN_PARAMS
                  + " parameters, found "
                  + map.size()
                  + "; put several into one MAP");
      return problems.bad();
    }
    return params(tree, pointer, ParamForm.WRITTEN);
  }

  /** Reads parameters by name from anywhere; nothing gives none. */
  public static Read<Map<String, Param>> params(
      @Nullable Object tree, String pointer, ParamForm form) {
    var problems = new Problems();
    var place = Place.root(problems, pointer);
    if (Scalars.isEmpty(tree)) {
      return new Read.Ok<>(Map.of());
    }
    if (form.isChecked() && !DocumentScan.passes(tree, place, Long.MAX_VALUE)) {
      return problems.bad();
    }
    var reader = new ParamReader(form, new Expressions(form.isChecked()));
    var params =
        new LinkedHashMap<>(reader.params(Fields.object(tree, place, "parameters"), place));
    return problems.unlessAny(params);
  }

  /** Reads one tag: its name, or an object. */
  public static Read<Tag> tag(@Nullable Object tree, String pointer) {
    var problems = new Problems();
    var place = Place.root(problems, pointer);
    return DocumentScan.passes(tree, place, MOST_DEFINITION_BYTES)
        ? problems.unlessAny(TagReader.tag(tree, place))
        : problems.bad();
  }

  /** Reads a list of tags without duplicates, such as {@code runtime_tags}; nothing gives none. */
  public static Read<List<Tag>> tags(@Nullable Object tree, String pointer) {
    var problems = new Problems();
    var place = Place.root(problems, pointer);
    if (Scalars.isEmpty(tree)) {
      return new Read.Ok<>(List.of());
    }
    if (!(tree instanceof List<?> list)) {
      place.report("expected a list of tags, found " + Found.describe(tree));
      return problems.bad();
    }
    return DocumentScan.passes(tree, place, MOST_DEFINITION_BYTES)
        ? problems.unlessAny(TagReader.tags(new ArrayList<>(list), place))
        : problems.bad();
  }
}
