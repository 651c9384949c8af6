package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobLogTest {

  @Test
  void attemptsOneAfterTheOtherAreInOrder() {
    var log =
        new JobLog(
            List.of(
                "start u1 wf/1/1/a 1 100 1000",
                "end u1 wf/1/1/a 1 100 2000",
                "start u2 wf/1/1/a 2 101 2001",
                "start u3 wf/1/1/b 1 102 1500",
                "end u3 wf/1/1/b 1 102 1600",
                "end u2 wf/1/1/a 2 101 3000"));
    assertThat(log.violations()).isEmpty();
    assertThat(log.begun())
        .containsExactly("wf/1/1/a attempt 1", "wf/1/1/a attempt 2", "wf/1/1/b attempt 1");
  }

  @Test
  void anAttemptThatBeginsTwiceIsFound() {
    var log =
        new JobLog(
            List.of(
                "start u1 wf/1/1/a 1 100 1000",
                "start u1 wf/1/1/a 1 101 1500",
                "end u1 wf/1/1/a 1 100 2000",
                "end u1 wf/1/1/a 1 101 2500"));
    assertThat(log.violations())
        .containsExactly("wf/1/1/a attempt 1 (u1) began 2 times, in processes [100, 101]");
  }

  @Test
  void attemptsOfOneStepThatOverlapAreFound() {
    var log =
        new JobLog(
            List.of(
                "start u1 wf/1/1/a 1 100 1000",
                "start u2 wf/1/1/a 2 101 1500",
                "end u1 wf/1/1/a 1 100 2000",
                "end u2 wf/1/1/a 2 101 2500"));
    assertThat(log.violations())
        .containsExactly("wf/1/1/a attempt 2 began while wf/1/1/a attempt 1 still lived");
  }

  @Test
  void anAttemptThatNeverEndsIsFound() {
    assertThat(new JobLog(List.of("start u1 wf/1/1/a 1 100 1000")).violations())
        .containsExactly("wf/1/1/a attempt 1 (u1) began and never ended");
  }

  @Test
  void aTornLineIsFound() {
    assertThat(new JobLog(List.of("start u1 wf/1/1/a")).violations())
        .containsExactly("the jobs' log has a line that no job writes: start u1 wf/1/1/a");
  }
}
