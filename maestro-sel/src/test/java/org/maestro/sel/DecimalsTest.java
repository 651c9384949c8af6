package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5.0",
    "5.0, 5.0",
    "5e0, 5.0",
    "0.50, 0.5",
    "1.10, 1.1",
    "10000000000, 10000000000.0",
    "1E+10, 10000000000.0",
    "1.0E+10, 10000000000.0",
    "100000000000000000.5, 100000000000000000.5",
    "0.00000025, 0.00000025",
    "1e-7, 0.0000001",
    "-0.0, 0.0",
    "0e500000000, 0.0",
    "-12345678901234567890, -12345678901234567890.0"
  })
  void oneValueHasOneText(BigDecimal number, String text) {
    assertThat(Decimals.text(number)).isEqualTo(text);
    assertThat(Decimals.normal(number).toPlainString()).isEqualTo(text);
    assertThat(Decimals.normal(Decimals.normal(number))).isEqualTo(new BigDecimal(text));
  }

  @Test
  void aDoubleHasTheTextOfItsDecimal() {
    var random = new Random(7);
    for (var i = 0; i < 100_000; i++) {
      var number =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(100_000_000) / Math.pow(10, random.nextInt(12));
      if (Double.isFinite(number)) {
        var text = Decimals.text(number);
        assertThat(text).isEqualTo(Decimals.text(BigDecimal.valueOf(number)));
        assertThat(Double.parseDouble(text)).isEqualTo(number);
        assertThat(text).matches("-?[0-9]+\\.[0-9]+");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.0,
        -0.0,
        1e-3,
        9.999999999999999e-4,
        1e7,
        9999999.999999998,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        9.223372036854775807e18
      })
  void extremesAreWrittenPlainlyAndReadTheSame(double number) {
    assertThat(Decimals.text(number)).matches("-?[0-9]+\\.[0-9]+");
    assertThat(Double.parseDouble(Decimals.text(number))).isEqualTo(number + 0.0);
    assertThat(Decimals.text(Decimals.of(number))).isEqualTo(Decimals.text(number));
  }

  @Test
  void whatIsNoNumberIsSaidByName() {
    assertThat(Decimals.text(Double.NaN)).isEqualTo("NaN");
    assertThat(Decimals.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000", "-1e999999999", "1e-1001", "1e-999999999", "100e2147483647"})
  void aNumberThatIsTooLongToWriteIsRefusedWithoutWritingIt(BigDecimal number) {
    assertThat(Decimals.isOrdinary(number)).isFalse();
    assertThatThrownBy(() -> Decimals.normal(number)).hasMessageContaining("at most 1000 digits");
    assertThat(Decimals.text(number)).hasSizeLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "1e-1000"})
  void aThousandDigitsOnEachSideAreFine(BigDecimal number) {
    assertThat(Decimals.normal(number)).isEqualByComparingTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5.0, 5",
    "5e0, 5",
    "50e-1, 5",
    "9223372036854775807, 9223372036854775807",
    "-9.223372036854775808e18, -9223372036854775808",
    "5.5,",
    "9223372036854775808,",
    "1e999999999,",
    "1e-999999999,"
  })
  void aNumberWithoutFractionWithin64BitsIsALong(BigDecimal number, Long whole) {
    assertThat(Decimals.whole(number)).isEqualTo(whole);
  }

  @Test
  void theKindOfNumberMakesNoDifference() {
    assertThat(Decimals.whole(5)).isEqualTo(5L);
    assertThat(Decimals.whole(5.0)).isEqualTo(5L);
    assertThat(Decimals.whole(BigInteger.valueOf(5))).isEqualTo(5L);
    assertThat(Decimals.whole(BigInteger.TWO.pow(63))).isNull();
    assertThat(Decimals.whole(Double.NaN)).isNull();
  }
}
