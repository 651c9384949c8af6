package org.maestro.benchmark.sel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Expression;
import org.maestro.sel.Interpolation;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.zones.Zones;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Five typical expressions, compiled once and evaluated within the default limits, each next to
 * what somebody would write for it in Java over the same parameters. Run it with {@code
 * org.openjdk.jmh.Main ExpressionBenchmark -prof gc}: evaluations per microsecond, and bytes
 * allocated for each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
  static final String ARITHMETIC = "(rows * 2 + offset) / 7 - retries % 3";
  static final String INTERPOLATION = "s3://lake/${table}/day=$first/part-$retries.parquet";
  static final String DAYS = "Util.dateIntsBetween(first, last, 1)";
  static final String DATE_CHAIN =
      "new DateTime(at).toDateTime(DateTimeZone.forID('America/New_York'))"
          + ".minusDays(1).withDayOfMonth(1).toString('yyyy-MM-dd')";
  static final String CONDITION =
      "params.getFromStep('extract', 'rows') > offset && settings['mode'] == 'full'";

  private static final ZoneId NEW_YORK = Zones.of("America/New_York");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);

  private final Parameters parameters =
      new Parameters(
          Map.of(
              "rows",
              1_234_567L,
              "offset",
              1_000L,
              "retries",
              5L,
              "table",
              "orders",
              "first",
              20_240_501L,
              "last",
              20_240_601L,
              "at",
              1_714_904_430_040L,
              "settings",
              Map.of("mode", "full", "owner", "ada")),
          Map.of("extract", Map.of("rows", 90_000L, "path", "s3://lake/orders")));
  private final SelRuntime runtime =
      new SelRuntime(
          () -> Instant.ofEpochMilli(1_714_904_430_040L),
          () -> "00000000-0000-4000-8000-000000000001",
          () -> 0.25,
          SelLimits.DEFAULT);

  private final Expression arithmetic = Expression.compile(ARITHMETIC);
  private final Expression days = Expression.compile(DAYS);
  private final Expression dateChain = Expression.compile(DATE_CHAIN);
  private final Expression condition = Expression.compile(CONDITION);

  /** {@value #ARITHMETIC}. */
  @Benchmark
  public @Nullable Object arithmeticSel() {
    return arithmetic.evaluate(parameters, runtime);
  }

  /** The same. */
  @Benchmark
  public Object arithmeticJava() {
    return (whole("rows") * 2 + whole("offset")) / 7 - whole("retries") % 3;
  }

  /** {@value #INTERPOLATION}. */
  @Benchmark
  public Object interpolationSel() {
    return Interpolation.interpolate(INTERPOLATION, parameters::get);
  }

  /** The same. */
  @Benchmark
  public Object interpolationJava() {
    return "s3://lake/"
        + parameters.get("table")
        + "/day="
        + parameters.get("first")
        + "/part-"
        + parameters.get("retries")
        + ".parquet";
  }

  /** {@value #DAYS}. */
  @Benchmark
  public @Nullable Object daysSel() {
    return days.evaluate(parameters, runtime);
  }

  /** The same. */
  @Benchmark
  public Object daysJava() {
    var last = date(whole("last"));
    var result = new ArrayList<Long>();
    for (var day = date(whole("first")); day.isBefore(last); day = day.plusDays(1)) {
      result.add(day.getYear() * 10_000L + day.getMonthValue() * 100L + day.getDayOfMonth());
    }
    return List.copyOf(result);
  }

  /** {@value #DATE_CHAIN}. */
  @Benchmark
  public @Nullable Object dateChainSel() {
    return dateChain.evaluate(parameters, runtime);
  }

  /** The same. */
  @Benchmark
  public Object dateChainJava() {
    return Instant.ofEpochMilli(whole("at"))
        .atZone(NEW_YORK)
        .minusDays(1)
        .withDayOfMonth(1)
        .format(DAY);
  }

  /** {@value #CONDITION}. */
  @Benchmark
  public @Nullable Object conditionSel() {
    return condition.evaluate(parameters, runtime);
  }

  /** The same. */
  @Benchmark
  public Object conditionJava() {
    return parameters.fromStep("extract", "rows") instanceof Long rows
        && rows > whole("offset")
        && parameters.get("settings") instanceof Map<?, ?> settings
        && "full".equals(settings.get("mode"));
  }

  private long whole(String name) {
    return (Long) parameters.get(name);
  }

  private static LocalDate date(long dateInt) {
    return LocalDate.of(
        (int) (dateInt / 10_000), (int) (dateInt / 100 % 100), (int) (dateInt % 100));
  }
}
