package org.maestro.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;

/** Over an attempt's folder as the wrapper writes it. */
class LogStoreTest {
  private static final AttemptRef ATTEMPT = new AttemptRef("wf", 1, 1, "s", 1, "attempt-1");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path dataDir;
  private FolderWatch watch;
  private AttemptFolder folder;
  private final ExecutorService readers = Executors.newFixedThreadPool(2);
  private LogStore logs;

  @BeforeEach
  void open() throws Exception {
    watch = new FolderWatch(dataDir);
    var folders = new AttemptFolders(dataDir);
    folder = folders.of(ATTEMPT.uuid());
    Files.createDirectories(folder.path());
    logs = new LogStore(folders, watch, readers);
  }

  @AfterEach
  void close() throws Exception {
    watch.close();
    readers.close();
  }

  @Test
  void aSliceEndsBetweenCharacters() throws Exception {
    print("ab€cd");

    assertThat(read(0, 4)).isEqualTo(new LogSlice(LogStream.STDOUT, 0, 2, "ab", false));
    assertThat(read(2, 4)).isEqualTo(new LogSlice(LogStream.STDOUT, 2, 6, "€c", false));
    assertThat(read(6, 4)).isEqualTo(new LogSlice(LogStream.STDOUT, 6, 7, "d", false));
  }

  @Test
  void onlyTheEndOfTheAttemptEndsTheStream() throws Exception {
    print("all of it");
    assertThat(read(0, 100).eof()).isFalse();
    end();

    assertThat(read(0, 4).eof()).isFalse();
    assertThat(read(0, 100)).isEqualTo(new LogSlice(LogStream.STDOUT, 0, 9, "all of it", true));
    assertThat(read(99, 100)).isEqualTo(new LogSlice(LogStream.STDOUT, 99, 99, "", true));
  }

  @Test
  void aStreamThatWasNeverWrittenIsEmpty() throws Exception {
    assertThat(logs.streams(ATTEMPT)).isEmpty();
    assertThat(read(0, 100)).isEqualTo(new LogSlice(LogStream.STDOUT, 0, 0, "", false));
    print("x");
    assertThat(logs.streams(ATTEMPT)).containsExactly(LogStream.STDOUT);
  }

  @Test
  void aReadIsBounded() throws Exception {
    print("x".repeat(LogStore.MAX_SLICE + 10));

    assertThat(read(0, Integer.MAX_VALUE).nextOffset()).isEqualTo(LogStore.MAX_SLICE);
  }

  @Test
  void aFollowerGetsWhatIsWrittenAndThenTheEnd() throws Exception {
    print("one ");
    try (var tail = logs.follow(ATTEMPT, LogStream.STDOUT, 2)) {
      assertThat(tail.next(LONG).text()).isEqualTo("e ");
      var next = CompletableFuture.supplyAsync(() -> nextOf(tail));
      print("two");
      assertThat(next.join().text()).isEqualTo("two");
      var last = CompletableFuture.supplyAsync(() -> nextOf(tail));
      end();
      assertThat(last.join()).isEqualTo(new LogSlice(LogStream.STDOUT, 7, 7, "", true));
    }
  }

  @Test
  void aFollowerThatHearsNothingGetsAnEmptySlice() throws Exception {
    try (var tail = logs.follow(ATTEMPT, LogStream.STDERR, 0)) {
      assertThat(tail.next(Duration.ofMillis(20)))
          .isEqualTo(new LogSlice(LogStream.STDERR, 0, 0, "", false));
    }
  }

  private static LogSlice nextOf(LogTail tail) {
    try {
      return tail.next(LONG);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private LogSlice read(long offset, int limit) throws Exception {
    return logs.read(ATTEMPT, LogStream.STDOUT, offset, limit);
  }

  private void print(String text) throws Exception {
    Files.writeString(folder.stdout(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void end() throws Exception {
    Files.writeString(folder.path().resolve("exit"), "0 0\n");
  }
}
