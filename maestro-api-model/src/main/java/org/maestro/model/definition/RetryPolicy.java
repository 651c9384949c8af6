package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed attempt is tried again. Every number is text as written (a number, or
 * with {@code $param} of the workflow); null means the default. Limits count retries (0 to 99),
 * delays are seconds (up to 24 h).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryPolicy(
    @Nullable String errorRetryLimit,
    @Nullable String platformRetryLimit,
    @Nullable String timeoutRetryLimit,
    @Nullable Backoff backoff) {
  public static final RetryPolicy DEFAULT = new RetryPolicy(null, null, null, null);

  /** The growth of the delay between tries. */
  public enum BackoffType {
    /** Each delay is the one before, times the exponent, up to a limit. */
    EXPONENTIAL_BACKOFF,
    /** All delays are the same. */
    FIXED_BACKOFF
  }

  /** Delays by kind of failure; exponents and limits count for the exponential type only. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backoff(
      BackoffType type,
      @Nullable String errorRetryBackoffInSecs,
      @Nullable String errorRetryExponent,
      @Nullable String errorRetryLimitInSecs,
      @Nullable String platformRetryBackoffInSecs,
      @Nullable String platformRetryExponent,
      @Nullable String platformRetryLimitInSecs,
      @Nullable String timeoutRetryBackoffInSecs,
      @Nullable String timeoutRetryExponent,
      @Nullable String timeoutRetryLimitInSecs) {}
}
