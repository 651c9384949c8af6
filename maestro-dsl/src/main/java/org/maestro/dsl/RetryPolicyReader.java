package org.maestro.dsl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.RetryPolicy.Backoff;
import org.maestro.model.definition.RetryPolicy.BackoffType;
import org.maestro.model.document.Limit;

/** How often and when failed attempts are tried again. */
final class RetryPolicyReader {
  @Limit("retries of one kind")
  private static final long MOST_RETRIES = 99;

  @Limit(value = "a delay before a retry", unit = "seconds")
  private static final long LONGEST_DELAY_SECONDS = 86_400;

  private final boolean checked;

  RetryPolicyReader(boolean checked) {
    this.checked = checked;
  }

  @Nullable RetryPolicy policy(Fields step) {
    if (!step.has("retry_policy") && !(step.raw("retry_policy") instanceof Map)) {
      return null;
    }
    var fields = Fields.of(step.raw("retry_policy"), step.at("retry_policy"), "a retry policy");
    var policy =
        new RetryPolicy(
            retries(fields, "error_retry_limit"),
            retries(fields, "platform_retry_limit"),
            retries(fields, "timeout_retry_limit"),
            fields.raw("backoff") instanceof Map || fields.has("backoff") ? backoff(fields) : null);
    fields.refuseUnknown();
    return policy;
  }

  private @Nullable Backoff backoff(Fields policy) {
    var fields = Fields.of(policy.raw("backoff"), policy.at("backoff"), "a back-off");
    if (!fields.has("type")) {
      fields.reportMissing("type", "EXPONENTIAL_BACKOFF or FIXED_BACKOFF");
    }
    var type = fields.choice("type", BackoffType.class);
    // Without a type the fields of both are known, so that only the type is reported.
    var exponential = type != BackoffType.FIXED_BACKOFF;
    var backoff =
        new Backoff(
            type == null ? BackoffType.EXPONENTIAL_BACKOFF : type,
            seconds(fields, "error_retry_backoff_in_secs"),
            exponential ? retries(fields, "error_retry_exponent") : null,
            exponential ? seconds(fields, "error_retry_limit_in_secs") : null,
            seconds(fields, "platform_retry_backoff_in_secs"),
            exponential ? retries(fields, "platform_retry_exponent") : null,
            exponential ? seconds(fields, "platform_retry_limit_in_secs") : null,
            seconds(fields, "timeout_retry_backoff_in_secs"),
            exponential ? retries(fields, "timeout_retry_exponent") : null,
            exponential ? seconds(fields, "timeout_retry_limit_in_secs") : null);
    fields.refuseUnknown();
    return backoff;
  }

  private @Nullable String retries(Fields fields, String name) {
    return Numbers.number(fields, name, 0, MOST_RETRIES, checked);
  }

  private @Nullable String seconds(Fields fields, String name) {
    return Numbers.number(fields, name, 0, LONGEST_DELAY_SECONDS, checked);
  }
}
