package org.maestro.engine.step.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the folders of attempts from filling the disk. What an attempt printed and left in its work
 * folder goes once it is too old, or, the oldest first, when all together is too much. How it ended
 * stays as long again, so that an engine that was away for long doesn't run it once more. Attempts
 * that have not ended, or only just, are left alone.
 */
public final class AttemptCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptCleaner.class);

  /** However full the disk is: somebody may still want to know why it failed. */
  private static final Duration AT_LEAST = Duration.ofHours(1);

  private final AttemptFolders folders;
  private final Retention retention;
  private final InstantSource clock;

  public AttemptCleaner(AttemptFolders folders, Retention retention, InstantSource clock) {
    this.folders = folders;
    this.retention = retention;
    this.clock = clock;
  }

  /** An attempt that has ended; {@code bytes} is what could be freed. */
  private record Ended(AttemptFolder folder, Instant at, long bytes) {}

  /** What a cleaning came to. */
  record Cleaned(int emptied, int removed, long keptBytes) {}

  /** Cleans once; problems with one folder are logged and don't keep others. */
  public void run() {
    var cleaned = clean();
    if (cleaned.emptied() + cleaned.removed() > 0) {
      LOG.info(
          "Emptied the folders of {} attempts that ended long ago and removed {}; {} MB are kept",
          cleaned.emptied(),
          cleaned.removed(),
          cleaned.keptBytes() >> 20);
    }
  }

  Cleaned clean() {
    var now = clock.instant();
    var kept = new ArrayList<Ended>();
    var emptied = 0;
    var removed = 0;
    for (var ended : ended()) {
      var age = Duration.between(ended.at(), now);
      if (age.compareTo(retention.age().multipliedBy(2)) > 0) {
        removed += tried(ended.folder(), AttemptFolder::delete);
      } else if (age.compareTo(retention.age()) > 0 && ended.bytes() > 0) {
        emptied += tried(ended.folder(), AttemptFolder::empty);
      } else {
        kept.add(ended);
      }
    }
    kept.sort(Comparator.comparing(Ended::at));
    var bytes = kept.stream().mapToLong(Ended::bytes).sum();
    for (var ended : kept) {
      if (bytes <= retention.bytes() || Duration.between(ended.at(), now).compareTo(AT_LEAST) < 0) {
        break;
      }
      if (ended.bytes() > 0) {
        emptied += tried(ended.folder(), AttemptFolder::empty);
        bytes -= ended.bytes();
      }
    }
    return new Cleaned(emptied, removed, bytes);
  }

  private interface Action {
    void on(AttemptFolder folder) throws IOException;
  }

  private static int tried(AttemptFolder folder, Action action) {
    try {
      action.on(folder);
      return 1;
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("The folder {} can't be cleaned: {}", folder.path(), e.toString());
      return 0;
    }
  }

  private List<Ended> ended() {
    var found = new ArrayList<Ended>();
    for (var folder : folders.all()) {
      try {
        var at = folder.endedAt();
        if (at.isPresent()) {
          found.add(new Ended(folder, at.get(), sizeOf(folder)));
        }
      } catch (IOException | UncheckedIOException e) {
        LOG.warn("The folder {} can't be looked at: {}", folder.path(), e.toString());
      }
    }
    return found;
  }

  private static long sizeOf(AttemptFolder folder) throws IOException {
    var bytes = 0L;
    for (var entry : folder.disposable()) {
      try (var files = Files.walk(entry)) {
        for (var file : (Iterable<Path>) files::iterator) {
          bytes += Files.readAttributes(file, BasicFileAttributes.class).size();
        }
      } catch (NoSuchFileException | UncheckedIOException e) {
        // It is going away by itself.
      }
    }
    return bytes;
  }
}
