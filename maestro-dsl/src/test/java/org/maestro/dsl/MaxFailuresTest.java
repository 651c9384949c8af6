package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.model.definition.MaxFailures;

class MaxFailuresTest {
  @ParameterizedTest
  @CsvSource({
    "all, 20000, 20000",
    "0, 20000, 0",
    "200, 20000, 200",
    "200, 20, 20",
    "10%, 20000, 2000",
    "10%, 9, 0",
    "10%, 10, 1",
    "0.5%, 20000, 100",
    "33.3333%, 3, 0",
    "100%, 7, 7",
    "0%, 7, 0"
  })
  void soManyOfSoManyMayFail(String text, long total, long most) {
    assertThat(new MaxFailures(text).of(total)).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({"ALL, all", "' 20 ', 20", "10%, 10%"})
  void itIsReadAsPeopleWriteIt(String written, String text) {
    assertThat(MaxFailures.read(written)).contains(new MaxFailures(text));
  }

  @ParameterizedTest
  @CsvSource({"-1", "101%", "1.5", "%", "10 %", "some", "1e3", "''", "10.00001%", "9999999999"})
  void whatIsNoneIsNotRead(String written) {
    assertThat(MaxFailures.read(written)).isEmpty();
  }

  @Test
  void aCountIsWrittenAsANumberAndTheRestAsText() {
    assertThat(new MaxFailures("20").written()).isEqualTo(20L);
    assertThat(new MaxFailures("10%").written()).isEqualTo("10%");
    assertThat(new MaxFailures("all").written()).isEqualTo("all");
  }

  @Test
  void whatWasMeantIsSuggestedWhereItIsPlain() {
    assertThat(MaxFailures.meant(-1L)).isEqualTo("all");
    assertThat(MaxFailures.meant(new BigDecimal("0.25"))).isEqualTo("25%");
    assertThat(MaxFailures.meant("10 %")).isEqualTo("10%");
    assertThat(MaxFailures.meant("unlimited")).isEqualTo("all");
    assertThat(MaxFailures.meant(true)).isEqualTo("all");
    assertThat(MaxFailures.meant("some")).isNull();
  }
}
