package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

class WrittenNumbersTest {

  private static Reading read(String fields) {
    var reading =
        Definitions.read(
            "workflow:\n  id: w\n" + fields + "\n  jobs: [{id: a, type: NoOp}]\n", "w");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    return reading;
  }

  private static List<String> places(Reading reading) {
    return reading.problems().stream()
        .filter(problem -> problem.code() == ProblemCode.NUMBER_FROM_TEXT)
        .map(problem -> problem.line() + ":" + problem.column())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "12345e6, 12345000000.0",
    "1e3, 1000.0",
    "0o17, 15",
    "0x1F, 31",
    "+1, 1",
    ".5, 0.5",
    "5., 5.0",
    "3.10, 3.1",
    "-0, 0",
    "100000000000000000.50, 100000000000000000.5"
  })
  void aParamThatWouldBeWrittenOtherwiseIsWarnedAboutAtItsPlace(String written, String number) {
    var reading = read("  commit: " + written);
    assertThat(places(reading)).containsExactly("3:11");
    assertThat(reading.rendered())
        .contains("w:3:11")
        .contains("'" + written + "' is read as the number " + number)
        .contains("quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "-5",
        "5.0",
        "0.25",
        "20200219",
        "9007199254740993",
        "'12345e6'",
        "\"0o17\"",
        "12345a6",
        "1e-7",
        "1.5e3",
        "6.02E+23",
        "1_000",
        "0b101",
        "12:30:45",
        "0o19",
        "1e",
        "e3",
        "0xZZ",
        "1.10.0",
        "!!str 1e3",
        "2026-01-01"
      })
  void whatIsATextOrANumberWrittenAsOneIsNot(String written) {
    assertThat(read("  commit: " + written).problems()).isEmpty();
  }

  @Test
  void itIsFoundInListsMapsStepsSignalsAndWhateverIsKept() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: w
              list: [1, 1e3]
              map: {sha: 12345e6, more: {octal: 0o17}}
              triggers:
                - signal: pushed
                  match: {sha: 12345e6}
              jobs:
                - id: a
                  type: Shell
                  script: exit
                  env: {SHA: 12345e6}
                  wait_for: [{signal: s, match: {sha: 0o17}}]
                  signals: [{signal: s, payload: {sha: 12345e6}}]
            commit: 12345e6
            """,
            "w");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    assertThat(places(reading))
        .containsExactly("3:13", "4:14", "4:37", "7:20", "12:18", "13:43", "14:44", "15:9");
  }

  @Test
  void whoeverSaysWhatItIsIsNotWarned() {
    var reading =
        read(
            """
              a<double>: 1e3
              b<long>: 0x1F
              c<string>: 12345e6
              d<array<string>>: [12345e6, 0o17]
              e<map>: {sha: 12345e6}
              f: {type: STRING, value: 12345e6}
              g: {type: DOUBLE, value: 1e3}\
            """);
    assertThat(reading.problems()).isEmpty();
    var params = reading.push().workflow().params();
    assertThat(params.get("c").value()).isEqualTo("12345e6");
    assertThat(params.get("d").value()).isEqualTo(List.of("12345e6", "0o17"));
    assertThat(params.get("e").value()).hasToString("{sha=12345e6}");
    assertThat(params.get("f").value()).isEqualTo("12345e6");
    assertThat(params.get("f").type()).isEqualTo(ParamType.STRING);
  }

  @Test
  void whereOnlyTextCanBeItsCharactersAreKept() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: 12345e6
              name: 0o17
              description: 1e3
              owner: 12345e6
              tags: [12345e6, {name: 0x1F}]
              words: [abc, 12345e6, True]
              jobs:
                - {id: a, name: 1e3, type: NoOp, tags: [0o17]}
            git_info: {sha: 12345e6, branch: 0x1F}
            """,
            "w");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    assertThat(reading.problems()).isEmpty();
    var workflow = reading.push().workflow();
    assertThat(workflow.id()).isEqualTo("12345e6");
    assertThat(workflow.name()).isEqualTo("0o17");
    assertThat(reading.body().toString()).contains("owner=12345e6", "sha=12345e6", "branch=0x1F");
    assertThat(workflow.tags().stream().map(Tag::name)).containsExactly("12345e6", "0x1F");
    assertThat(workflow.params().get("words").value()).isEqualTo(List.of("abc", "12345e6", "True"));
    assertThat(workflow.steps().getFirst().common().name()).isEqualTo("1e3");
    assertThat(workflow.steps().getFirst().common().tags()).containsExactly(Tag.of("0o17"));
  }

  @Test
  void jsonWrittenAsYamlIsWarnedAboutToo() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: w
              params:
                n: {type: DOUBLE, value: 1e3}
              steps:
                - step: {id: 0o17, type: NoOp}
            """,
            "w");
    assertThat(places(reading)).containsExactly("6:18");
  }
}
