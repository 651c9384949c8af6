package org.maestro.cli.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;

class RefTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "hello@3",
        "hello@latest",
        "hello#12",
        "hello#12.2",
        "hello#12/load",
        "hello#12.2/load.3",
        "a.b-c_d#1",
        "hello/load"
      })
  void aNameIsWrittenAsItIsRead(String text) {
    assertThat(Ref.parse(text)).hasToString(text);
  }

  @Test
  void thePartsAreFound() {
    assertThat(Ref.parse("hello#12.2/load.3")).isEqualTo(new Ref("hello", null, 12L, 2L, "load.3"));
    assertThat(Ref.parse("hello@active")).isEqualTo(new Ref("hello", "active", null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#1",
        "hello#",
        "hello#0",
        "hello#x",
        "hello@",
        "hello@v3",
        "a b",
        "hello#1/",
        "hello#99999999999999999999",
        "../x"
      })
  void whatIsNoNameIsToldAsUsage(String text) {
    assertThatThrownBy(() -> Ref.parse(text))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("hello#12");
  }

  @Test
  void aCommandSaysWhatKindOfNameItTakes() {
    assertThat(Ref.parse("hello#1").require(Ref.Kind.INSTANCE).instanceNumber()).isEqualTo(1);
    assertThatThrownBy(() -> Ref.parse("hello").require(Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN))
        .hasMessage(
            "expected an instance such as hello#12, or a run of it such as hello#12.2, or a step of"
                + " an instance such as hello#12/load; found hello");
    assertThatThrownBy(() -> Ref.parse("hello@2#1").require(Ref.Kind.INSTANCE))
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void aStepIdMayContainDots() {
    var steps = List.of("job.1", "job", "load");
    assertThat(StepName.resolve("job.1", steps, "x#1")).isEqualTo(new StepName("job.1", null));
    assertThat(StepName.resolve("job.2", steps, "x#1")).isEqualTo(new StepName("job", 2L));
    assertThat(StepName.resolve("job.1.4", steps, "x#1")).isEqualTo(new StepName("job.1", 4L));
  }

  @Test
  void aMisspeltStepGetsASuggestion() {
    assertThatThrownBy(() -> StepName.resolve("laod", List.of("load", "report"), "x#1"))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
              assertThat(e).hasMessage("x#1 has no step \"laod\"");
              assertThat(e.hints()).containsExactly("did you mean \"load\"?");
            });
  }
}
