package org.maestro.engine.permit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.model.document.Limit;
import org.maestro.model.tag.Tag;

/**
 * Which permits a step needs, and how many there are of each. The automatic ones are named as the
 * standard names them. Pure.
 */
public final class PermitRules {
  /** Limit of the automatic tags where nothing else is said. */
  @Limit(
      "step attempts of a workflow at a time, and of each of its steps, unless its properties say otherwise")
  public static final long DEFAULT_LIMIT = 20;

  private static final String AUTOMATIC = "maestro_";

  private PermitRules() {}

  /** The limits that people set, by tag. */
  public interface TagLimits {
    @Nullable Long limit(String tag);

    boolean isEmpty();
  }

  /**
   * The limits that hold for a step; empty if nothing limits it. Steps that run inside the engine
   * take no time that a limit could spread, so only the limits that people set by tag hold for
   * them.
   *
   * @param runTags tags of the workflow and the run
   * @param inMemory whether the step needs nothing from outside
   */
  public static Map<String, Long> limits(
      Step step,
      List<Tag> runTags,
      String workflowId,
      String correlationId,
      @Nullable Long stepConcurrency,
      @Nullable Long instanceStepConcurrency,
      boolean inMemory,
      TagLimits explicit) {
    if (inMemory && explicit.isEmpty()) {
      return Map.of();
    }
    var limits = new LinkedHashMap<String, Long>();
    if (!explicit.isEmpty()) {
      for (var tag : step.common().tags()) {
        add(limits, tag, explicit);
      }
      for (var tag : runTags) {
        add(limits, tag, explicit);
      }
    }
    if (inMemory) {
      return limits;
    }
    if (instanceStepConcurrency == null) {
      limits.put(AUTOMATIC + workflowId, stepConcurrency == null ? DEFAULT_LIMIT : stepConcurrency);
      if (stepConcurrency == null) {
        limits.put(AUTOMATIC + workflowId + ":" + step.id(), DEFAULT_LIMIT);
      }
    } else {
      if (step.stepType().isLeaf()) {
        limits.put(AUTOMATIC + correlationId, instanceStepConcurrency);
      }
      if (stepConcurrency != null) {
        limits.put(AUTOMATIC + workflowId, stepConcurrency);
      }
    }
    return limits;
  }

  /** Whether the engine limits this tag by itself, from what a workflow's properties say. */
  public static boolean isAutomatic(String tag) {
    return tag.startsWith(AUTOMATIC);
  }

  /** A tag as people know it: one that nobody chose is told by what it limits. */
  public static String inWords(String tag) {
    if (!isAutomatic(tag)) {
      return tag;
    }
    var limited = tag.substring(AUTOMATIC.length());
    var colon = limited.indexOf(':');
    return colon < 0
        ? "the engine's own limit for %s (%s: step_concurrency or instance_step_concurrency sets it)"
            .formatted(limited, tag)
        : "the engine's own limit for step \"%s\" of %s (%s: step_concurrency replaces it)"
            .formatted(limited.substring(colon + 1), limited.substring(0, colon), tag);
  }

  /** What {@link #limits} says of an automatic tag that an attempt is known to need. */
  static long automaticLimit(
      String tag,
      String workflowId,
      @Nullable Long stepConcurrency,
      @Nullable Long instanceStepConcurrency) {
    if (tag.equals(AUTOMATIC + workflowId)) {
      return stepConcurrency == null ? DEFAULT_LIMIT : stepConcurrency;
    }
    return tag.startsWith(AUTOMATIC + workflowId + ":") || instanceStepConcurrency == null
        ? DEFAULT_LIMIT
        : instanceStepConcurrency;
  }

  private static void add(Map<String, Long> limits, Tag tag, TagLimits explicit) {
    var limit = explicit.limit(tag.name());
    if (limit != null) {
      limits.put(tag.name(), limit);
    }
  }
}
