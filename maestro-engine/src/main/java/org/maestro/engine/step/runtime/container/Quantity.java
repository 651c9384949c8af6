package org.maestro.engine.step.runtime.container;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts as people write them for containers: {@code 0.5}, {@code 500m}, {@code 512Mi}. */
public final class Quantity {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([A-Za-z]*)");
  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("m", 1L << 20),
          Map.entry("g", 1L << 30),
          Map.entry("t", 1L << 40),
          Map.entry("Ki", 1L << 10),
          Map.entry("Mi", 1L << 20),
          Map.entry("Gi", 1L << 30),
          Map.entry("Ti", 1L << 40),
          Map.entry("K", 1_000L),
          Map.entry("M", 1_000_000L),
          Map.entry("G", 1_000_000_000L),
          Map.entry("T", 1_000_000_000_000L),
          Map.entry("KB", 1L << 10),
          Map.entry("MB", 1L << 20),
          Map.entry("GB", 1L << 30));

  private Quantity() {}

  /**
   * Bytes: lower-case units are Docker's, {@code Ki Mi Gi} and {@code K M G} are Kubernetes's.
   *
   * @return empty if it isn't an amount
   */
  public static Optional<Long> bytes(String text) {
    var found = FORM.matcher(text.strip());
    if (!found.matches() || !BYTES.containsKey(found.group(2))) {
      return Optional.empty();
    }
    var bytes =
        new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(BYTES.get(found.group(2))));
    return bytes.compareTo(BigDecimal.valueOf(1L << 50)) > 0
        ? Optional.empty()
        : Optional.of(bytes.longValue());
  }

  /** Billionths of a processor; empty if it isn't an amount. */
  public static Optional<Long> nanoCpus(String text) {
    var found = FORM.matcher(text.strip());
    if (!found.matches() || !(found.group(2).isEmpty() || found.group(2).equals("m"))) {
      return Optional.empty();
    }
    var unit = found.group(2).isEmpty() ? 1_000_000_000L : 1_000_000L;
    var nanos = new BigDecimal(found.group(1)).multiply(BigDecimal.valueOf(unit));
    return nanos.compareTo(BigDecimal.valueOf(1L << 50)) > 0
        ? Optional.empty()
        : Optional.of(nanos.longValue());
  }
}
