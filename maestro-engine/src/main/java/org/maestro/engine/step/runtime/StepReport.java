package org.maestro.engine.step.runtime;

import java.util.Map;
import org.maestro.model.param.Param;

/**
 * What a runtime says about an attempt. Delivered at least once; late ones are ignored.
 *
 * <p>{@code artifacts} are JSON-like maps by artifact name, such as {@code maestro_http}.
 */
public sealed interface StepReport {

  /** The job runs now. */
  record JobStarted(Map<String, Object> artifacts) implements StepReport {}

  /** Something that its owner may want to know while it is begun or runs: for the timeline. */
  record JobProgressed(String message) implements StepReport {}

  /**
   * The job has ended well. {@code outputs} hold values for parameters that the step declares; they
   * are evaluated already: strings in them are never interpolated.
   */
  record JobCompleted(Map<String, Param> outputs, Map<String, Object> artifacts)
      implements StepReport {}

  /** The job has ended badly: a value, not an exception. */
  record JobFailed(Kind kind, String message, Map<String, Object> artifacts)
      implements StepReport {}

  /** The job was told to end and has ended. */
  record JobTerminated() implements StepReport {}

  /** Whose fault it was, which decides the retry counter. */
  enum Kind {
    /** The job's own: counts against the error retries. */
    USER,
    /** The platform's: counts against the platform retries. */
    PLATFORM,
    /** No retry can help. */
    FATAL
  }
}
