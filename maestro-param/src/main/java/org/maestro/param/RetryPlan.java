package org.maestro.param;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RetryPolicy.Backoff;
import org.maestro.model.definition.RetryPolicy.BackoffType;

/**
 * A retry policy with its numbers filled in.
 *
 * @param error for attempts that ended USER_FAILED
 * @param platform for attempts that ended PLATFORM_FAILED
 * @param timeout for attempts that ended TIMEOUT_FAILED
 */
public record RetryPlan(Rule error, Rule platform, Rule timeout) {

  /** What holds without a policy. */
  public static final RetryPlan DEFAULT =
      new RetryPlan(new Rule(2, 60, 2, 600), new Rule(10, 60, 2, 3600), new Rule(0, 60, 2, 3600));

  private static final long MOST_RETRIES = 99;
  private static final long LONGEST_BACKOFF = 24 * 60 * 60;

  /** A policy whose texts {@code interpolate} fills in; it may throw {@link ParamException}. */
  static RetryPlan of(RetryPolicy policy, UnaryOperator<String> interpolate) {
    var backoff = policy.backoff();
    if (backoff == null) {
      return new RetryPlan(
          DEFAULT.error.withLimit(policy.errorRetryLimit(), interpolate),
          DEFAULT.platform.withLimit(policy.platformRetryLimit(), interpolate),
          DEFAULT.timeout.withLimit(policy.timeoutRetryLimit(), interpolate));
    }
    return new RetryPlan(
        DEFAULT
            .error
            .withLimit(policy.errorRetryLimit(), interpolate)
            .withBackoff(
                backoff,
                backoff.errorRetryBackoffInSecs(),
                backoff.errorRetryExponent(),
                backoff.errorRetryLimitInSecs(),
                interpolate),
        DEFAULT
            .platform
            .withLimit(policy.platformRetryLimit(), interpolate)
            .withBackoff(
                backoff,
                backoff.platformRetryBackoffInSecs(),
                backoff.platformRetryExponent(),
                backoff.platformRetryLimitInSecs(),
                interpolate),
        DEFAULT
            .timeout
            .withLimit(policy.timeoutRetryLimit(), interpolate)
            .withBackoff(
                backoff,
                backoff.timeoutRetryBackoffInSecs(),
                backoff.timeoutRetryExponent(),
                backoff.timeoutRetryLimitInSecs(),
                interpolate));
  }

  private static long number(
      @Nullable String text, long most, long other, UnaryOperator<String> interpolate) {
    if (text == null) {
      return other;
    }
    try {
      var number = Long.parseLong(interpolate.apply(text).strip());
      return number >= 0 && number <= most ? number : other;
    } catch (NumberFormatException | ParamException _) {
      return other;
    }
  }

  /** The kinds of failure that are retried, each with its own count. */
  public enum Kind {
    /** Failures of the job itself. */
    ERROR,
    /** Failures of what runs jobs. */
    PLATFORM,
    /** Attempts that took longer than their time-out. */
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

    private Rule withLimit(@Nullable String text, UnaryOperator<String> interpolate) {
      return new Rule(
          (int) number(text, MOST_RETRIES, limit, interpolate),
          backoffSecs,
          exponent,
          backoffLimitSecs);
    }

    private Rule withBackoff(
        Backoff backoff,
        @Nullable String first,
        @Nullable String factor,
        @Nullable String longest,
        UnaryOperator<String> interpolate) {
      var secs = number(first, LONGEST_BACKOFF, backoffSecs, interpolate);
      return switch (backoff.type()) {
        case BackoffType.FIXED_BACKOFF -> new Rule(limit, secs, 1, secs);
        case BackoffType.EXPONENTIAL_BACKOFF ->
            new Rule(
                limit,
                secs,
                (int) Math.max(1, number(factor, Integer.MAX_VALUE, exponent, interpolate)),
                number(longest, LONGEST_BACKOFF, backoffLimitSecs, interpolate));
      };
    }

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
