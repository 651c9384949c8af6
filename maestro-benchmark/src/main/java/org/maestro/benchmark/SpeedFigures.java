package org.maestro.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, and how it reads. Every figure is the median of the rounds.
 *
 * @param rounds each with a figure for each workload, in the order of measuring
 * @param largestRows by table, in bytes of text
 */
record SpeedFigures(List<Round> rounds, Map<String, Long> largestRows) {

  SpeedFigures {
    rounds = List.copyOf(rounds);
    largestRows = new LinkedHashMap<>(largestRows);
  }

  /**
   * One workload in one round.
   *
   * @param millisPerStep elapsed time from the first request to the last end, per step
   * @param stepsPerSecond over all runs
   * @param p50Millis of a run, or of the answers to a burst
   * @param p99Millis as {@code p50Millis}
   * @param cpuMillisPerStep of server, database and broker together
   * @param peakHeapBytes of the server
   */
  record Figure(
      String name,
      double millisPerStep,
      double stepsPerSecond,
      double p50Millis,
      double p99Millis,
      double cpuMillisPerStep,
      double walBytesPerStep,
      double peakHeapBytes) {}

  /**
   * One round.
   *
   * @param floor100 milliseconds per iteration of the bare database with 100 per commit
   * @param floor500 the same with 500
   */
  record Round(double floor100, double floor500, List<Figure> figures) {
    Round {
      figures = List.copyOf(figures);
    }
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  double medianFloor100() {
    return median(rounds.stream().map(Round::floor100).toList());
  }

  double medianFloor500() {
    return median(rounds.stream().map(Round::floor500).toList());
  }

  private double medianOf(String name, ToDoubleFunction<Figure> figure) {
    return median(
        rounds.stream()
            .flatMap(round -> round.figures().stream())
            .filter(one -> one.name().equals(name))
            .map(figure::applyAsDouble)
            .toList());
  }

  /** Of a workload: how many times the floor of its own round a step takes. */
  private double medianRatio(String name) {
    var ratios = new ArrayList<Double>();
    for (var round : rounds) {
      for (var one : round.figures()) {
        if (one.name().equals(name)) {
          ratios.add(one.millisPerStep() / round.floor100());
        }
      }
    }
    return median(ratios);
  }

  /** The table. */
  String markdown() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            Median of %d rounds. The floor is the database alone: one fence, and one instance and one
            attempt per iteration, in the same run: %.4f ms at 100 per commit, %.4f ms at 500.

            """,
            rounds.size(),
            medianFloor100(),
            medianFloor500()));
    text.append(
        "| Work | per step | steps/s | times the floor | p50 | p99 | CPU per step | WAL per step |"
            + " peak heap |\n|---|---|---|---|---|---|---|---|---|\n");
    for (var name : rounds.getFirst().figures().stream().map(Figure::name).toList()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f ms | %,.0f | %,.1f | %.1f ms | %.1f ms | %.3f ms | %,.0f B | %,.0f MB |\n",
              name,
              medianOf(name, Figure::millisPerStep),
              medianOf(name, Figure::stepsPerSecond),
              medianRatio(name),
              medianOf(name, Figure::p50Millis),
              medianOf(name, Figure::p99Millis),
              medianOf(name, Figure::cpuMillisPerStep),
              medianOf(name, Figure::walBytesPerStep),
              medianOf(name, Figure::peakHeapBytes) / 1e6));
    }
    text.append("\nLargest rows, in bytes of text: ");
    text.append(
        String.join(
            ", ",
            largestRows.entrySet().stream()
                .map(row -> "%s %,d".formatted(row.getKey(), row.getValue()))
                .toList()));
    return text.append(".\n").toString();
  }
}
