package org.maestro.param;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.SecretReference;
import org.maestro.sel.Interpolation;

/**
 * Looks for texts that are called like a secret: params are stored, and shown to whoever may read
 * the workflow. No message has the text itself.
 */
final class SecretCheck {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*[_.-])?(password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credentials?|authorization)");

  private final List<DefinitionProblem> doubts = new ArrayList<>();

  private SecretCheck() {}

  /** What was found; pointers are into the workflow's document. */
  static List<DefinitionProblem> of(Workflow workflow) {
    var check = new SecretCheck();
    check.params(workflow.params(), "/params");
    workflow.levels().forEach((field, steps) -> check.steps(steps, "/" + field + "/"));
    return check.doubts;
  }

  private void steps(List<Step> steps, String above) {
    var number = 0;
    for (var step : steps) {
      var pointer = above + number++ + "/" + step.wrapper();
      params(step.common().params(), pointer + "/params");
      steps(step.inner(), pointer + "/steps/");
    }
  }

  private void params(Map<String, Param> params, String above) {
    params.forEach((name, param) -> {
      var here = above + "/" + ParamMerge.escape(name);
      params(param.nested(), here);
      if (param.value() instanceof Map<?, ?> map && param.nested().isEmpty()) {
        map.forEach((key, text) -> look(String.valueOf(key), text, here));
      } else {
        look(name, param.value(), here);
      }
    });
  }

  /** A path is where a secret is kept, and a reference is looked at where it leads. */
  private void look(String name, @Nullable Object value, String pointer) {
    if (value instanceof String text
        && !text.isBlank()
        && !text.startsWith("/")
        && !SecretReference.isIn(text)
        && Interpolation.names(text).isEmpty()
        && NAME.matcher(name).matches()) {
      doubts.add(
          new DefinitionProblem(
              pointer,
              "param [%s]: a secret written here is stored, and shown to whoever may read the workflow; name it where the job takes it, as ${secret://scope/name}"
                  .formatted(name),
              null,
              ProblemCode.LOOKS_LIKE_SECRET.id()));
    }
  }
}
