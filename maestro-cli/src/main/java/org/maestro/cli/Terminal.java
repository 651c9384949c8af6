package org.maestro.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.maestro.cli.watch.Screen;

/**
 * Whether somebody looks at the output, and how much fits. The start script says it in the property
 * {@code maestro.terminals}; without the script it is found out.
 */
final class Terminal implements Screen {
  private static final int DEFAULT_WIDTH = 100;
  private static final int DEFAULT_HEIGHT = 30;
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);

  private int width = DEFAULT_WIDTH;
  private int height = DEFAULT_HEIGHT;
  private long lookedAt;
  private boolean looked;

  /** Whether a descriptor (1 is standard output, 2 standard error) is a terminal. */
  boolean isTerminal(int descriptor) {
    var told = System.getProperty("maestro.terminals");
    if (told != null) {
      return told.indexOf(Character.forDigit(descriptor, 10)) >= 0;
    }
    try {
      var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      return false; // then nothing is drawn, and all is still told
    }
  }

  @Override
  public int width() {
    look();
    return width;
  }

  @Override
  public int height() {
    look();
    return height;
  }

  /** Asks {@code stty} now and then: windows change their size. */
  private void look() {
    var now = System.nanoTime();
    if (looked && now - lookedAt < LOOK_NANOS) {
      return;
    }
    looked = true;
    lookedAt = now;
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (size.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
        var blank = size.indexOf(' ');
        height = Integer.parseInt(size, 0, blank, 10);
        width = Integer.parseInt(size, blank + 1, size.length(), 10);
      }
    } catch (IOException _) {
      // Then as it was.
    }
  }
}
