package org.maestro.param;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.sel.SelException;
import org.maestro.sel.UnknownNameException;

/** What a step's expressions may read of the steps before it. */
public interface Upstream {

  /** The latest attempt of a step over all runs of the instance; null if there is none. */
  @Nullable StepView step(String stepId);

  /** The value of {@code param} of {@code innerStep} in each iteration, in index order. */
  List<@Nullable Object> fromForeach(String foreachStep, String innerStep, String param);

  /** The value of {@code param} of {@code innerStep} in the run that a subworkflow step made. */
  @Nullable Object fromSubworkflow(String subworkflowStep, String innerStep, String param);

  /** The value of {@code param} of the signal that met this step's n-th dependency. */
  @Nullable Object fromSignalDependency(int index, String param);

  /**
   * Before any run: why a name such as {@code step__param} can never have a value; null if it may
   * have one.
   */
  default @Nullable UnknownNameException refusal(String name) {
    return null;
  }

  /**
   * Before any run: a hint at what somebody may have meant by a name; null if nothing is like it.
   */
  default @Nullable String meant(String name) {
    return null;
  }

  /**
   * Before any run: the same for a step that is named in a function.
   *
   * @param param null if it isn't one of the step itself
   */
  default @Nullable SelException refusal(String stepId, @Nullable String param) {
    return null;
  }

  /** A step as expressions see it; its params are evaluated. */
  record StepView(StepStatus status, @Nullable Long endTime, Map<String, Param> params) {}
}
