package org.maestro.engine.param;

/**
 * A retry policy with its numbers filled in.
 *
 * @param error for attempts that ended USER_FAILED
 * @param platform for attempts that ended PLATFORM_FAILED
 * @param timeout for attempts that ended TIMEOUT_FAILED
 */
public record RetryPlan(Rule error, Rule platform, Rule timeout) {

  /** The kinds of failure that are retried, each with its own count. */
  public enum Kind {
    ERROR,
    PLATFORM,
    TIMEOUT
  }

  /** What holds for one kind of failure. */
  public Rule rule(Kind kind) {
    return switch (kind) {
      case ERROR -> error;
      case PLATFORM -> platform;
      case TIMEOUT -> timeout;
    };
  }

  /** Whether an attempt that failed like this is followed by another after so many retries. */
  public boolean allows(Kind kind, long retriesSoFar) {
    return retriesSoFar < rule(kind).limit();
  }

  /** How long to wait before the next attempt, in milliseconds. */
  public long delayMillis(Kind kind, long retriesSoFar) {
    return rule(kind).delayMillis(retriesSoFar);
  }

  /**
   * How often, and how long between.
   *
   * @param limit retries, 0 to 99
   * @param backoffSecs the first delay
   * @param exponent what each further delay is multiplied with; 1 for fixed delays
   * @param backoffLimitSecs the longest delay
   */
  public record Rule(int limit, long backoffSecs, int exponent, long backoffLimitSecs) {

    /** The delay before the next attempt after so many retries, in milliseconds. */
    public long delayMillis(long retriesSoFar) {
      var seconds = backoffSecs;
      // a factor of 1 never reaches the limit, a factor of 2 or more does within 64 steps
      for (var i = 0; i < retriesSoFar && exponent > 1 && seconds < backoffLimitSecs; i++) {
        seconds *= exponent;
      }
      return Math.min(seconds, backoffLimitSecs) * 1000;
    }
  }
}
