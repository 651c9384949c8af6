package org.maestro.engine.step.runtime.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What engine and keeper say to each other over the keeper's socket: frames of a length, a kind and
 * the fields in their order. The keeper speaks first, with {@link Hello}; whoever finds another
 * version there says no more.
 */
public sealed interface KeeperMessage {
  /** Of the form of all messages but {@link Hello}, which never changes. */
  int VERSION = 1;

  /** Longer frames are refused: arguments and environment of a process are shorter. */
  int LONGEST = 8 << 20;

  /** Who speaks: the process, by number and start time. */
  record Hello(int version, long pid, long startTicks) implements KeeperMessage {}

  /**
   * Run this unless somebody has claimed the attempt.
   *
   * @param request repeated in the answer
   * @param folder the attempt's
   * @param command program and arguments; the program is looked for in the environment's PATH
   * @param environment entries {@code NAME=value}, all that there is
   * @param outputBytes how much of stdout, and of stderr, is kept
   * @param hidden texts that are not kept of it
   */
  record Run(
      long request,
      String uuid,
      String folder,
      List<String> command,
      List<String> environment,
      long outputBytes,
      List<String> hidden)
      implements KeeperMessage {
    public Run {
      command = List.copyOf(command);
      environment = List.copyOf(environment);
      hidden = List.copyOf(hidden);
    }
  }

  /** The attempt is claimed, by this or by somebody else; or a problem, and then it isn't. */
  record Answer(long request, String problem) implements KeeperMessage {}

  /** End the job: SIGTERM to its group, SIGKILL after the grace. */
  record Stop(String uuid, long graceMillis) implements KeeperMessage {}

  /** The attempt's folder says how it ended. */
  record Ended(String uuid) implements KeeperMessage {}

  /** The message as a frame. */
  default byte[] frame() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      switch (this) {
        case Hello(var version, var pid, var startTicks) -> {
          out.writeByte('H');
          out.writeInt(version);
          out.writeLong(pid);
          out.writeLong(startTicks);
        }
        case Run run -> {
          out.writeByte('R');
          out.writeLong(run.request());
          write(out, run.uuid());
          write(out, run.folder());
          write(out, run.command());
          write(out, run.environment());
          out.writeLong(run.outputBytes());
          write(out, run.hidden());
        }
        case Answer(var request, var problem) -> {
          out.writeByte('A');
          out.writeLong(request);
          write(out, problem);
        }
        case Stop(var uuid, var graceMillis) -> {
          out.writeByte('S');
          write(out, uuid);
          out.writeLong(graceMillis);
        }
        case Ended(var uuid) -> {
          out.writeByte('E');
          write(out, uuid);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail", e);
    }
    var frame = bytes.toByteArray();
    var length = frame.length - Integer.BYTES;
    for (var at = 0; at < Integer.BYTES; at++) {
      frame[at] = (byte) (length >> (8 * (Integer.BYTES - 1 - at)));
    }
    return frame;
  }

  /**
   * Reads the next message; null at the end of the stream.
   *
   * @throws IOException if what comes is none
   */
  static @Nullable KeeperMessage read(DataInputStream in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    if (length < 1 || length > LONGEST) {
      throw new IOException(
          "expected a frame of at most %,d bytes, found one of %,d".formatted(LONGEST, length));
    }
    var kind = in.readByte();
    return switch (kind) {
      case 'H' -> new Hello(in.readInt(), in.readLong(), in.readLong());
      case 'R' ->
          new Run(
              in.readLong(),
              readText(in),
              readText(in),
              readTexts(in),
              readTexts(in),
              in.readLong(),
              readTexts(in));
      case 'A' -> new Answer(in.readLong(), readText(in));
      case 'S' -> new Stop(readText(in), in.readLong());
      case 'E' -> new Ended(readText(in));
      default -> throw new IOException("expected a known kind of message, found " + kind);
    };
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void write(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (var text : texts) {
      write(out, text);
    }
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(checked(in.readInt())), UTF_8);
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    var size = checked(in.readInt());
    var texts = new ArrayList<String>(Math.min(size, 1000));
    for (var i = 0; i < size; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static int checked(int length) throws IOException {
    if (length < 0 || length > LONGEST) {
      throw new IOException("expected a length, found " + length);
    }
    return length;
  }
}
