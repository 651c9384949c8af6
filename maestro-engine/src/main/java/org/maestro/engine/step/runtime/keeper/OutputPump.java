package org.maestro.engine.step.runtime.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.maestro.engine.step.runtime.job.MaskedStream;

/**
 * Copies what jobs print into files, on one thread for all of them, as it comes and up to a limit.
 * What is longer is read and dropped: a job must not be stopped by its output.
 */
final class OutputPump {
  private static final int EVENTS_AT_ONCE = 64;
  private static final int BUFFER = 64 << 10;

  private final Libc libc;
  private final int watch;
  private final Map<Integer, Stream> streams = new ConcurrentHashMap<>();

  OutputPump(Libc libc) throws IOException {
    this.libc = libc;
    this.watch = libc.newWatch();
    Thread.ofPlatform().name("output").start(this::pump);
  }

  /** One stream of a job; {@code ended} is called once, when nobody can write to it any more. */
  final class Stream {
    private final int pipe;
    private final String file;
    private final long limit;
    private final MaskedStream hidden;
    private final Runnable ended;
    private int target = -1;
    private long kept;
    private boolean isFull;
    private boolean isClosed;

    private Stream(int pipe, String file, long limit, MaskedStream hidden, Runnable ended) {
      this.hidden = hidden;
      this.pipe = pipe;
      this.file = file;
      this.limit = limit;
      this.ended = ended;
    }

    /** No longer reads it: who still writes to it is told so by a signal. */
    void close() {
      synchronized (this) {
        if (isClosed) {
          return;
        }
        isClosed = true;
        streams.remove(pipe, this);
        libc.unwatch(watch, pipe);
        libc.close(pipe);
        keep(hidden.end());
        if (target >= 0) {
          libc.close(target);
        }
      }
      ended.run();
    }

    private void copy(MemorySegment buffer) {
      int count;
      synchronized (this) {
        if (isClosed) {
          return;
        }
        count = libc.read(pipe, buffer);
        if (count > 0 && !isFull) {
          keep(hidden.pass(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE)));
        }
      }
      if (count == 0 || (count < 0 && count != -Libc.EAGAIN && count != -Libc.EINTR)) {
        close();
      }
    }

    private void keep(byte[] bytes) {
      if (isFull || bytes.length == 0) {
        return;
      }
      try (var arena = Arena.ofConfined()) {
        if (target < 0) {
          target = libc.append(file);
        }
        var room = (int) Math.min(bytes.length, limit - kept);
        libc.write(target, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).asSlice(0, room));
        kept += room;
        isFull = room < bytes.length;
      } catch (IOException e) {
        isFull = true; // the disk is
      }
      if (isFull) {
        sayThatItIsCutOff();
      }
    }

    private void sayThatItIsCutOff() {
      try (var arena = Arena.ofConfined()) {
        var note = "\n[maestro: cut off here, the limit is %d bytes]\n".formatted(limit);
        if (target >= 0) {
          libc.write(target, arena.allocateFrom(note).asSlice(0, note.getBytes(UTF_8).length));
        }
      } catch (IOException e) {
        // The disk is full: it shows.
      }
    }
  }

  /** Keeps what comes out of this pipe, which is closed at its end. */
  Stream keep(int pipe, String file, long limit, MaskedStream hidden, Runnable ended)
      throws IOException {
    var stream = new Stream(pipe, file, limit, hidden, ended);
    streams.put(pipe, stream);
    libc.watch(watch, pipe);
    return stream;
  }

  private void pump() {
    var buffer = Arena.global().allocate(BUFFER, 8);
    var events = Arena.global().allocate(EVENTS_AT_ONCE * 16L, 8);
    while (true) {
      try {
        for (var pipe : libc.awaitReadable(watch, events)) {
          var stream = streams.get(pipe);
          if (stream != null) {
            stream.copy(buffer);
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException("can't wait for what jobs print", e);
      }
    }
  }
}
