package org.maestro.benchmark.sel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is compared has to be the same. */
class ExpressionBenchmarkTest {
  private final ExpressionBenchmark benchmark = new ExpressionBenchmark();

  @Test
  void expressionsAndTheirJavaGiveTheSameResults() {
    assertThat(benchmark.arithmeticSel()).isEqualTo(benchmark.arithmeticJava()).isEqualTo(352874L);
    assertThat(benchmark.interpolationSel())
        .isEqualTo(benchmark.interpolationJava())
        .isEqualTo("s3://lake/orders/day=20240501/part-5.parquet");
    assertThat((List<?>) benchmark.daysSel()).isEqualTo(benchmark.daysJava()).hasSize(31);
    assertThat(benchmark.dateChainSel())
        .isEqualTo(benchmark.dateChainJava())
        .isEqualTo("2024-05-01");
    assertThat(benchmark.conditionSel()).isEqualTo(benchmark.conditionJava()).isEqualTo(true);
  }
}
