package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.tag.Tag;

/** A node of a definition's DAG. In JSON it is wrapped in an object with one key, its wrapper. */
public sealed interface Step {

  /** What every kind of step has. */
  Common common();

  /** The JSON key around it: step, subworkflow, foreach, while, template. */
  @JsonIgnore
  String wrapper();

  @JsonIgnore
  StepType stepType();

  @JsonIgnore
  default String id() {
    return common().id();
  }

  /** The steps inside a loop; none for the others. */
  @JsonIgnore
  default List<Step> inner() {
    return List.of();
  }

  /**
   * Fields that every step may have.
   *
   * @param timeout seconds or a duration such as {@code 1d 2h}, may contain {@code ${param}}
   * @param failureMode null means the default, FAIL_AFTER_RUNNING
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Common(
      String id,
      @Nullable String name,
      @Nullable String description,
      Transition transition,
      @Nullable FailureMode failureMode,
      List<Tag> tags,
      @Nullable String timeout,
      List<SignalDependency> signalDependencies,
      List<SignalOutput> signalOutputs,
      Map<String, Param> params) {
    public Common {
      tags = List.copyOf(tags);
      signalDependencies = List.copyOf(signalDependencies);
      signalOutputs = List.copyOf(signalOutputs);
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The failure mode that holds. */
    @JsonIgnore
    public FailureMode effectiveFailureMode() {
      return failureMode == null ? FailureMode.FAIL_AFTER_RUNNING : failureMode;
    }
  }

  /**
   * A leaf: {@code type} is a {@link StepType} label; {@code subType} names a job template.
   *
   * @param outputs params that its job has to report; without them it has failed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Typed(
      @JsonUnwrapped Common common,
      String type,
      @Nullable String subType,
      @Nullable String subTypeVersion,
      @Nullable RetryPolicy retryPolicy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> outputs)
      implements Step {
    public Typed {
      outputs = List.copyOf(outputs);
    }

    /** One whose job has to report nothing. */
    public Typed(
        Common common,
        String type,
        @Nullable String subType,
        @Nullable String subTypeVersion,
        @Nullable RetryPolicy retryPolicy) {
      this(common, type, subType, subTypeVersion, retryPolicy, List.of());
    }

    @Override
    public String wrapper() {
      return "step";
    }

    @Override
    public StepType stepType() {
      return StepType.of(type).orElseThrow();
    }
  }

  /** Starts an instance of another workflow. */
  record Subworkflow(@JsonUnwrapped Common common, boolean sync, boolean explicitParams)
      implements Step {
    @Override
    public String wrapper() {
      return "subworkflow";
    }

    @Override
    public StepType stepType() {
      return StepType.SUBWORKFLOW;
    }
  }

  /**
   * Runs its steps once per combination of its loop parameters.
   *
   * @param maxFailures how many iterations may fail before no more begin; none if null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Foreach(
      @JsonUnwrapped Common common,
      @Nullable Long concurrency,
      boolean strictOrdering,
      @Nullable MaxFailures maxFailures,
      List<Step> steps)
      implements Step {
    public Foreach {
      steps = List.copyOf(steps);
    }

    @Override
    public String wrapper() {
      return "foreach";
    }

    @Override
    public StepType stepType() {
      return StepType.FOREACH;
    }

    @Override
    public List<Step> inner() {
      return steps;
    }
  }

  /** Runs its steps again while its condition holds. */
  record While(@JsonUnwrapped Common common, String condition, List<Step> steps) implements Step {
    public While {
      steps = List.copyOf(steps);
    }

    @Override
    public String wrapper() {
      return "while";
    }

    @Override
    public StepType stepType() {
      return StepType.WHILE;
    }

    @Override
    public List<Step> inner() {
      return steps;
    }
  }

  /** A job template by name. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Template(
      @JsonUnwrapped Common common, @Nullable String subType, @Nullable String subTypeVersion)
      implements Step {
    @Override
    public String wrapper() {
      return "template";
    }

    @Override
    public StepType stepType() {
      return StepType.TEMPLATE;
    }
  }
}
