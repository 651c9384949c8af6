package org.maestro.client.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often and when a job is tried again. Delays hold for all kinds of failure. */
public final class RetryBuilder {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  RetryBuilder(int errors) {
    fields.put("errors", (long) errors);
  }

  private RetryBuilder with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Retries after errors of the platform. */
  public RetryBuilder platform(int retries) {
    return with("platform", (long) retries);
  }

  /** Retries after time-outs. */
  public RetryBuilder timeouts(int retries) {
    return with("timeouts", (long) retries);
  }

  /** The delay before the first retry: seconds or a duration. */
  public RetryBuilder delay(String delay) {
    return with("delay", delay);
  }

  /** By what each delay grows. */
  public RetryBuilder exponent(int exponent) {
    return with("exponent", (long) exponent);
  }

  /** The longest delay: seconds or a duration. */
  public RetryBuilder maxDelay(String delay) {
    return with("max_delay", delay);
  }

  /** Makes all delays the same. */
  public RetryBuilder fixed() {
    return with("backoff", "fixed");
  }

  /** Sets a field of JSON's, such as {@code error_retry_limit} or {@code backoff}. */
  public RetryBuilder exactly(String field, Object value) {
    var plain = Values.plain(value);
    return plain == null ? this : with(field, plain);
  }

  Map<String, @Nullable Object> tree() {
    return fields;
  }
}
