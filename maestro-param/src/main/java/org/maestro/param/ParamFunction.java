package org.maestro.param;

import java.util.Arrays;
import java.util.List;
import org.maestro.sel.SelException;
import org.maestro.sel.Spelling;

/** The functions of {@code params} in expressions. */
public enum ParamFunction {
  /** A parameter of the workflow. */
  GET("get(name)"),
  /** The same, or another value if there is none of that name. */
  GET_OR_DEFAULT("getOrDefault(name, value)"),
  /** Whether the workflow has a parameter of that name. */
  CONTAINS_KEY("containsKey(name)"),
  /**
   * A fact of this step's attempt, or a parameter of a step before. Of that step {@code
   * MAESTRO_STEP_STATUS} and {@code MAESTRO_STEP_END_TIME} (epoch milliseconds) are known, too.
   */
  GET_FROM_STEP("getFromStep(field)|getFromStep(step, name)"),
  /** A fact of this instance. */
  GET_FROM_INSTANCE("getFromInstance(field)"),
  /** A parameter of the signal that started this run; by name where there were several. */
  GET_FROM_SIGNAL("getFromSignal(name)|getFromSignal(signal, name)"),
  /** The same, or another value if there is none. */
  GET_FROM_SIGNAL_OR_DEFAULT(
      "getFromSignalOrDefault(name, value)|getFromSignalOrDefault(signal, name, value)"),
  /** A parameter of the signal that met a dependency of this step, by its number from 0. */
  GET_FROM_SIGNAL_DEPENDENCY("getFromSignalDependency(index, name)"),
  /** What a step of all iterations of a loop gave: one entry per iteration, in their order. */
  GET_FROM_FOREACH("getFromForeach(foreach, step, name)"),
  /** What a step of a subworkflow gave. */
  GET_FROM_SUBWORKFLOW("getFromSubworkflow(subworkflow, step, name)"),
  /** A positive number that is never given twice. */
  NEXT_UNIQUE_ID("nextUniqueId()"),
  /** What the operator calls this installation: {@code maestro.environment}. */
  GET_EXECUTION_ENVIRONMENT("getExecutionEnvironment()");

  private final String forms;

  /** With the ways to call it, divided by {@code |}. */
  ParamFunction(String forms) {
    this.forms = forms;
  }

  /** How it is called, with the names of its arguments. */
  public List<String> forms() {
    return List.of(forms.split("\\|", -1));
  }

  private String label() {
    return forms.substring(0, forms.indexOf('('));
  }

  private static SelException unknown(String name) {
    var nearest =
        Spelling.nearest(name, Arrays.stream(values()).map(ParamFunction::label).toList());
    var what = "there is no function params." + name;
    return nearest == null
        ? new SelException(what)
        : new SelException(what, "did you mean params." + nearest + "?");
  }

  /**
   * The function of a name.
   *
   * @throws SelException if there is none
   */
  static ParamFunction of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.label().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }
}
