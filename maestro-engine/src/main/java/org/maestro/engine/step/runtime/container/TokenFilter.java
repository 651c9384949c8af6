package org.maestro.engine.step.runtime.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.maestro.engine.step.runtime.job.JobOutput;

/**
 * Takes the attempt's token out of what a job prints, wherever pieces are cut, and hands over the
 * blocks of output parameters that begin with it: only the job itself can write one. For one thread
 * at a time.
 */
final class TokenFilter {
  private static final byte[] MASK = "***".getBytes(UTF_8);

  private final byte[] token;
  private final byte[] begin;
  private final int longestBlock;
  private final Consumer<byte[]> block;
  private byte[] held = new byte[0];
  private byte[] before = new byte[0];
  private boolean collects;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

  /**
   * @param longestBlock longer ones are handed over with one byte more, so that they are refused
   * @param block hears of each block
   */
  TokenFilter(String token, int longestBlock, Consumer<byte[]> block) {
    this.token = token.getBytes(UTF_8);
    this.begin = JobOutput.MARKED_START.getBytes(UTF_8);
    this.longestBlock = longestBlock;
    this.block = block;
  }

  /** What of it, and of what was held back, may be kept now. */
  byte[] pass(byte[] piece) {
    var all = concat(held, piece);
    var out = new ByteArrayOutputStream(all.length);
    var from = 0;
    for (var at = indexOf(token, all, 0); at >= 0; at = indexOf(token, all, from)) {
      emit(out, Arrays.copyOfRange(all, from, at));
      if (endsWith(before, begin)) {
        collects = true;
        collected.reset();
      }
      out.writeBytes(MASK);
      before = MASK;
      from = at + token.length;
    }
    var keep = heldBack(all, from);
    emit(out, Arrays.copyOfRange(all, from, all.length - keep));
    held = Arrays.copyOfRange(all, all.length - keep, all.length);
    return out.toByteArray();
  }

  /** The rest: nothing more comes. */
  byte[] end() {
    var rest = held;
    held = new byte[0];
    var out = new ByteArrayOutputStream(rest.length);
    emit(out, rest);
    return out.toByteArray();
  }

  private void emit(ByteArrayOutputStream out, byte[] text) {
    if (text.length == 0) {
      return;
    }
    out.writeBytes(text);
    if (collects) {
      collect(text);
    }
    var tail = concat(before, text);
    before = Arrays.copyOfRange(tail, Math.max(0, tail.length - begin.length), tail.length);
  }

  private void collect(byte[] text) {
    var end = JobOutput.END_MARK.getBytes(UTF_8);
    var already = collected.size();
    collected.writeBytes(text);
    var all = collected.toByteArray();
    var at = indexOf(end, all, Math.max(0, already - end.length));
    if (at >= 0 || all.length > longestBlock + end.length) {
      block.accept(Arrays.copyOf(all, at >= 0 ? at : longestBlock + 1));
      collects = false;
      collected.reset();
    }
  }

  /** How many of the last bytes could be the beginning of the token. */
  private int heldBack(byte[] all, int from) {
    for (var length = Math.min(token.length - 1, all.length - from); length > 0; length--) {
      if (Arrays.equals(all, all.length - length, all.length, token, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  private static int indexOf(byte[] wanted, byte[] text, int from) {
    for (var at = from; at <= text.length - wanted.length; at++) {
      if (text[at] == wanted[0]
          && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean endsWith(byte[] text, byte[] end) {
    return text.length >= end.length
        && Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    if (one.length == 0) {
      return other;
    }
    var all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
