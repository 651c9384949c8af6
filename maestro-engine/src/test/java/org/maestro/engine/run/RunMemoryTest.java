package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunMemoryTest {
  /** For 10,000,000 characters. */
  private final RunMemory memory = new RunMemory(240_000_000);

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void isFullWhileMoreIsKeptThanThereIsRoomFor() {
    memory.keep(9_000_000);
    assertThat(memory.isFull()).isFalse();
    memory.keep(2_000_000);
    assertThat(memory.isFull()).isTrue();
    memory.keep(-2_000_000);
    assertThat(memory.isFull()).isFalse();
    assertThat(memory.kept()).isEqualTo(9_000_000);
  }

  @Test
  void turnsThatReadMuchWaitForEachOther() throws InterruptedException {
    var entered = new CountDownLatch(1);
    Thread waiting;
    try (var _ = memory.enter(8_000_000);
        var _ = memory.enter(1_000_000)) {
      waiting =
          Thread.ofPlatform()
              .start(() -> {
                try (var _ = memory.enter(8_000_000)) {
                  entered.countDown();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      awaitWaiting(waiting);
      assertThat(entered.getCount()).isEqualTo(1);
    }
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    waiting.join();
  }

  @Test
  void oneThatIsAloneHasAllTheRoomItNeeds() throws InterruptedException {
    try (var _ = memory.enter(50_000_000)) {
      assertThat(memory.isFull()).isFalse();
    }
  }

  @Test
  void longReportsWaitUntilThoseBeforeAreTakenOver() throws InterruptedException {
    memory.waiting(5_000_000);
    assertThat(memory.areMailboxesFull()).isFalse();
    memory.waiting(1_000_000);
    assertThat(memory.areMailboxesFull()).isTrue();
    var room = new CountDownLatch(1);
    var waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                memory.awaitMailboxes();
                room.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    awaitWaiting(waiting);
    memory.waiting(-2_000_000);
    assertThat(room.await(10, TimeUnit.SECONDS)).isTrue();
    waiting.join();
  }

  @Test
  void turnsWriteLessWhileOthersHaveMuchToWrite() {
    assertThat(memory.mayWrite(8_000_000)).isEqualTo(8_000_000);
    memory.writes(5_000_000);
    assertThat(memory.mayWrite(8_000_000)).isEqualTo(5_000_000);
    memory.writes(20_000_000);
    assertThat(memory.mayWrite(8_000_000)).as("something has to go on").isEqualTo(1_000_000);
    memory.writes(-25_000_000);
    assertThat(memory.mayWrite(8_000_000)).isEqualTo(8_000_000);
  }
}
