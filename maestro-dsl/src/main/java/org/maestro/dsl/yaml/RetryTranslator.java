package org.maestro.dsl.yaml;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DurationText;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Entry;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;

/**
 * {@code retry: 3} and its longer forms: how many retries for each kind of failure, and delays that
 * hold for all kinds, or any of JSON's own fields.
 */
final class RetryTranslator {
  private static final List<String> KINDS = List.of("error", "platform", "timeout");

  private final SourceProblems problems;

  RetryTranslator(SourceProblems problems) {
    this.problems = problems;
  }

  /** A retry policy as JSON has it. */
  Node policy(Node retry) {
    return switch (retry) {
      case Scalar number -> {
        var policy = new Composed(number.span());
        policy.put("error_retry_limit", number.span(), number);
        yield policy.build();
      }
      case Entries entries -> policy(YamlFields.given(entries, YamlFields.RETRY));
      case Items items -> items;
    };
  }

  private Entries policy(Entries retry) {
    var policy = new Composed(retry.span());
    var backoff = new Composed(retry.span());
    var written = retry.entries().get("backoff");
    var type = written == null || isEmptyText(written.value()) ? null : written;
    for (var entry : retry.entries().sequencedValues()) {
      switch (entry.key().text()) {
        case "errors" -> policy.put("error_retry_limit", entry.key(), entry.value());
        case "platform" -> policy.put("platform_retry_limit", entry.key(), entry.value());
        case "timeouts" -> policy.put("timeout_retry_limit", entry.key(), entry.value());
        case "error_retry_limit", "platform_retry_limit", "timeout_retry_limit" ->
            policy.put(entry.key().text(), entry);
        case "delay" -> forAll(entry, "_retry_backoff_in_secs", seconds(entry), backoff);
        case "exponent" -> forAll(entry, "_retry_exponent", entry.value(), backoff);
        case "max_delay" -> forAll(entry, "_retry_limit_in_secs", seconds(entry), backoff);
        case "backoff" -> {}
        default -> problems.unknownField(entry.key(), YamlFields.RETRY, "retry");
      }
    }
    if (type != null && !(type.value() instanceof Scalar)) {
      if (!backoff.isEmpty()) {
        problems.add(
            ProblemCode.VALUE,
            type.key().span(),
            "expected either backoff as an object, or delay, exponent and max_delay; found both");
      }
      policy.put("backoff", type);
    } else if (type != null || !backoff.isEmpty()) {
      policy.put("backoff", place(type, retry), backoff(type, retry, backoff));
    }
    return policy.build();
  }

  private static boolean isEmptyText(Node node) {
    return node instanceof Scalar && Node.isEmpty(node);
  }

  private static Span place(@Nullable Entry type, Entries retry) {
    return type == null ? retry.span() : type.key().span();
  }

  private static Node backoff(@Nullable Entry type, Entries retry, Composed delays) {
    var backoff = new Composed(retry.span());
    var place = place(type, retry);
    var name = type != null && type.value() instanceof Scalar word ? word.text() : "exponential";
    backoff.put(
        "type",
        place,
        switch (name.toLowerCase(Locale.ROOT)) {
          case "exponential" -> Scalar.made("EXPONENTIAL_BACKOFF", place);
          case "fixed" -> Scalar.made("FIXED_BACKOFF", place);
          default -> new Scalar(name, name, type == null ? place : type.value().span(), null);
        });
    delays.build().entries().forEach(backoff::put);
    return backoff.build();
  }

  private static void forAll(Entry entry, String suffix, Node value, Composed backoff) {
    KINDS.forEach(kind -> backoff.put(kind + suffix, entry.key(), value));
  }

  /** Delays are seconds; {@code 5min} is written as what it is. */
  private Node seconds(Entry entry) {
    if (entry.value() instanceof Scalar scalar
        && scalar.value() instanceof String text
        && text.indexOf('$') < 0) {
      try {
        var millis = DurationText.millis(text);
        return new Scalar(millis / 1_000, scalar.text(), scalar.span(), scalar.written());
      } catch (IllegalArgumentException _) {
        problems.add(
            ProblemCode.VALUE,
            scalar.span(),
            "expected seconds, or a duration in d, h, min and s such as 1h 30min, or a ${parameter}; found \""
                + text
                + '"');
        return new Scalar(0L, scalar.text(), scalar.span(), scalar.written());
      }
    }
    return entry.value();
  }
}
