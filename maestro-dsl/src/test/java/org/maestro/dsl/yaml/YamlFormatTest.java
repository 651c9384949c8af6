package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How definitions are formatted. */
class YamlFormatTest {
  @Test
  void linesGoWhereTheirDepthSaysAndKeepWhatTheySay() {
    assertFormatted(
        """


        # head
        Workflow:   # the root
            id:    ugly      # trailing


            # about jobs
            jobs:
            # first job
            - job:
                    id:   a
                    # about the script
                    script: |
                          for i in 1 2 3; do
                            echo $i
                          done

                          echo end
                    indented: |2
                        two more
                      two less
                    long: this is
                       a plain text

                       and a paragraph
            -   job:
                   id: b
                   transition: [ c ,
                      d,
                        # in a list
                       e ]
                   list:
                   - 1
                   -    2
                   # end of list
                   keep: |+
                     text

            - id: c
              anchors: &here
                    x: 1
              other: *here
        # the end
        """,
        """
        # head
        Workflow: # the root
          id: ugly # trailing

          # about jobs
          jobs:
            # first job
            - job:
                id: a
                # about the script
                script: |
                  for i in 1 2 3; do
                    echo $i
                  done

                  echo end
                indented: |2
                    two more
                  two less
                long: this is
                  a plain text

                  and a paragraph
            - job:
                id: b
                transition: [ c ,
                  d,
                  # in a list
                  e ]
                list:
                  - 1
                  - 2
                # end of list
                keep: |+
                  text

            - id: c
              anchors: &here
                x: 1
              other: *here
        # the end
        """);
  }

  @Test
  void windowsLineEndsAndMissingOnesAreMended() {
    assertFormatted("a: 1\r\nb:  2", "a: 1\nb: 2\n");
  }

  @Test
  void whatIsNoYamlStaysAsItIs() {
    var formatted = YamlFormat.format("a: [1\nb: 2", "w.yaml");
    assertThat(formatted.text()).isEqualTo("a: [1\nb: 2");
    assertThat(formatted.problems()).hasSize(1);
  }

  @Test
  void aCommentMayBeAsLongAsTheFile() {
    assertFormatted("a:  1\n" + "#\n".repeat(125_000), "a: 1\n" + "#\n".repeat(125_000));
  }

  @Test
  void jsonIsWrittenInItsOneForm() {
    assertThat(YamlFormat.format("{\"b\":1,\n\"a\":[]}", "w.json").text())
        .isEqualTo("{\n  \"b\": 1,\n  \"a\": []\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e2147483647", "100e2147483647", "-1e-2147483646", "0e99999999"})
  void aNumberTooLargeToBeWrittenOutIsLeftAsItIs(String number) {
    assertFormatted("a:   " + number + "\n", "a: " + number + "\n");
    var json = YamlFormat.format("{\"a\":" + number + "}", "w.json");
    assertThat(json.problems()).isEmpty();
    assertThat(json.text()).hasSizeLessThan(100);
    assertThat(YamlFormat.format(json.text(), "w.json").text()).isEqualTo(json.text());
  }

  private static void assertFormatted(String text, String wanted) {
    var once = YamlFormat.format(text, "w.yaml");
    assertThat(once.problems()).isEmpty();
    assertThat(once.text()).isEqualTo(wanted);
    assertThat(YamlFormat.format(wanted, "w.yaml").text()).isEqualTo(wanted);
  }
}
