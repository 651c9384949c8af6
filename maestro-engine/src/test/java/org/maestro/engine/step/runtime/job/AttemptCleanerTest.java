package org.maestro.engine.step.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptCleanerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path dataDir;

  private AttemptFolders folders() {
    return new AttemptFolders(dataDir);
  }

  private AttemptCleaner.Cleaned clean(long bytes) {
    return new AttemptCleaner(folders(), new Retention(WEEK, bytes), InstantSource.fixed(NOW))
        .clean();
  }

  /** An attempt that ended so long ago and left so much. */
  private AttemptFolder ended(String uuid, Duration ago, int bytes) throws IOException {
    var folder = folders().of(uuid);
    folder.bury("for the test");
    Files.createDirectories(folder.workspace());
    Files.write(folder.workspace().resolve("left"), new byte[bytes / 2]);
    Files.write(folder.stdout(), new byte[bytes - bytes / 2]);
    var exit = Files.writeString(folder.path().resolve("exit"), "3 0\n");
    Files.setLastModifiedTime(exit, FileTime.from(NOW.minus(ago)));
    return folder;
  }

  @Test
  void whatIsTooOldGoesAndHowItEndedStaysAsLongAgain() throws IOException {
    var young = ended("young", WEEK.minusSeconds(1), 1_000);
    var old = ended("old", WEEK.plusSeconds(1), 1_000);
    var ancient = ended("ancient", WEEK.multipliedBy(2).plusSeconds(1), 1_000);

    var cleaned = clean(1 << 30);

    assertThat(cleaned.emptied()).isEqualTo(1);
    assertThat(cleaned.removed()).isEqualTo(1);
    assertThat(young.stdout()).exists();
    assertThat(old.stdout()).doesNotExist();
    assertThat(old.workspace()).doesNotExist();
    assertThat(old.exit().orElseThrow().code()).isEqualTo(3);
    assertThat(old.claim()).isPresent();
    assertThat(ancient.exists()).isFalse();
  }

  @Test
  void theOldestGoWhenAllTogetherIsTooMuchButNoneThatHasJustEnded() throws IOException {
    var first = ended("first", Duration.ofHours(9), 400_000);
    var second = ended("second", Duration.ofHours(8), 400_000);
    var third = ended("third", Duration.ofMinutes(5), 400_000);

    assertThat(clean(900_000).emptied()).isEqualTo(1);
    assertThat(first.stdout()).doesNotExist();
    assertThat(second.stdout()).exists();

    assertThat(clean(1).emptied()).isEqualTo(1);
    assertThat(second.stdout()).doesNotExist();
    assertThat(third.stdout()).exists();
  }

  @Test
  void whatIsAtWorkOrNotBegunIsLeftAlone() throws IOException {
    var self = ProcessHandle.current().pid();
    var stat = Files.readString(Path.of("/proc/self/stat"));
    var ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    var atWork = folders().of("at-work");
    Files.createDirectories(atWork.workspace());
    var claim = atWork.path().resolve("pid");
    Files.writeString(claim, self + " " + ticks + " " + LocalProcess.bootId() + "\n");
    Files.setLastModifiedTime(claim, FileTime.from(NOW.minus(WEEK.multipliedBy(9))));
    Files.write(atWork.stdout(), new byte[1_000]);
    var notBegun = folders().of("not-begun");
    Files.createDirectories(notBegun.workspace());

    assertThat(clean(1)).isEqualTo(new AttemptCleaner.Cleaned(0, 0, 0));
    folders().forget("at-work");

    assertThat(atWork.stdout()).exists();
    assertThat(notBegun.workspace()).exists();
  }

  @Test
  void aForgottenAttemptLeavesNothing() throws IOException {
    var folder = ended("gone", Duration.ZERO, 1_000);
    folders().forget("gone");
    folders().forget("gone");
    assertThat(folder.exists()).isFalse();
  }
}
