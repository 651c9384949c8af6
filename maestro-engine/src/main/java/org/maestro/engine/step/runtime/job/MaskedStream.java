package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts {@code ***} in place of some texts in what comes in pieces, wherever they are cut: of those
 * that begin at one place the longest. For one thread at a time. Needs the JDK alone.
 */
public final class MaskedStream {
  /** Instead of a text. */
  public static final String MASK = "***";

  private static final byte[] MASKED = MASK.getBytes(UTF_8);

  /**
   * The texts, made ready once for any number of streams.
   *
   * @param byFirst in UTF-8, by their first byte, longest first
   */
  public record Texts(Map<Byte, List<byte[]>> byFirst) {
    /** Of these, none of which is empty. */
    public static Texts of(List<String> texts) {
      var byFirst = new HashMap<Byte, List<byte[]>>();
      texts.stream()
          .map(text -> text.getBytes(UTF_8))
          .sorted(Comparator.comparingInt((byte[] text) -> text.length).reversed())
          .forEach(text ->
              byFirst.merge(
                  text[0],
                  List.of(text),
                  (some, one) -> {
                    var all = new ArrayList<>(some);
                    all.addAll(one);
                    return List.copyOf(all);
                  }));
      return new Texts(Map.copyOf(byFirst));
    }

    /** Nothing of them is shown. */
    @Override
    public String toString() {
      return "texts";
    }
  }

  private final Texts texts;
  private byte[] held = new byte[0];

  public MaskedStream(Texts texts) {
    this.texts = texts;
  }

  /** What of it, and of what was held back, may be seen now. */
  public byte[] pass(byte[] piece) {
    return texts.byFirst.isEmpty() ? piece : scan(piece, false);
  }

  /** The rest: nothing more comes. */
  public byte[] end() {
    return scan(new byte[0], true);
  }

  private byte[] scan(byte[] piece, boolean isLast) {
    var all = Arrays.copyOf(held, held.length + piece.length);
    System.arraycopy(piece, 0, all, held.length, piece.length);
    var out = new ByteArrayOutputStream(all.length);
    var from = 0;
    var at = 0;
    while (at < all.length) {
      var length = matchAt(all, at, isLast);
      if (length < 0) {
        break; // one may begin here
      }
      if (length == 0) {
        at++;
        continue;
      }
      out.write(all, from, at - from);
      out.writeBytes(MASKED);
      at += length;
      from = at;
    }
    out.write(all, from, at - from);
    held = Arrays.copyOfRange(all, at, all.length);
    return out.toByteArray();
  }

  /** The length of the longest one here; 0 for none; -1 if more has to be seen. */
  private int matchAt(byte[] all, int at, boolean isLast) {
    for (var text : texts.byFirst.getOrDefault(all[at], List.of())) {
      var length = Math.min(text.length, all.length - at);
      if (Arrays.equals(all, at, at + length, text, 0, length)) {
        if (length == text.length) {
          return length;
        }
        if (!isLast) {
          return -1;
        }
      }
    }
    return 0;
  }
}
