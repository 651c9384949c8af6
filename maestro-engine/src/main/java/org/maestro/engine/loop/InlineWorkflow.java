package org.maestro.engine.loop;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the workflows that iterations and handlers are instances of. Five parts joined by
 * underscores, so that all inline workflows of one workflow stand together in an index: {@code
 * maestro}, the kind, the workflow's internal number in base 62, a part that orders or places them,
 * and a digest of the step's whole path. Users can't take them: ids that begin with {@code
 * maestro_} are reserved.
 */
public final class InlineWorkflow {
  /** Iterations that live on one shard, in one row of their loop. */
  public static final int CHUNK = 250;

  private static final String FOREACH = "maestro_foreach_";
  private static final String WHILE = "maestro_while_";
  private static final String HANDLER = "maestro_handler_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private InlineWorkflow() {}

  /** The inline workflow of a foreach step of one instance; the same in all its runs. */
  public static String foreach(long internalId, String workflowId, long instanceId, String stepId) {
    return FOREACH
        + base62(internalId)
        + '_'
        + rangeKey(instanceId)
        + '_'
        + digest(workflowId + '/' + instanceId + '/' + stepId);
  }

  /**
   * The inline workflow of a while step of one instance.
   *
   * @param placement of the instance: its iterations stay on its shard
   */
  public static String whileLoop(
      long internalId, String workflowId, long instanceId, String stepId, int placement) {
    return WHILE
        + base62(internalId)
        + '_'
        + HexFormat.of().toHexDigits(placement)
        + '_'
        + digest(workflowId + '/' + instanceId + '/' + stepId);
  }

  /**
   * The inline workflow of what runs after the runs of an instance have ended: one instance for
   * each run.
   *
   * @param field of the definition, such as {@code on_failure}
   * @param placement of the instance: its handlers stay on its shard
   */
  public static String handler(
      long internalId, String workflowId, long instanceId, String field, int placement) {
    return HANDLER
        + base62(internalId)
        + '_'
        + HexFormat.of().toHexDigits(placement)
        + '_'
        + digest(workflowId + '/' + instanceId + '/' + field);
  }

  /** Whether its instances are those of steps within a step, or of handlers. */
  public static boolean isInline(String workflowId) {
    return isForeach(workflowId) || isWhile(workflowId) || isHandler(workflowId);
  }

  public static boolean isHandler(String workflowId) {
    return workflowId.startsWith(HANDLER);
  }

  public static boolean isForeach(String workflowId) {
    return workflowId.startsWith(FOREACH);
  }

  public static boolean isWhile(String workflowId) {
    return workflowId.startsWith(WHILE);
  }

  /** What all inline ids of a workflow begin with, one prefix per kind. */
  public static List<String> prefixes(long internalId) {
    return Stream.of(FOREACH, WHILE, HANDLER).map(kind -> kind + base62(internalId) + '_').toList();
  }

  /** Where the instances of an inline workflow live; null if the id says nothing of it. */
  public static @Nullable Integer placement(String workflowId) {
    if (!isWhile(workflowId) && !isHandler(workflowId)) {
      return null;
    }
    var end = workflowId.lastIndexOf('_');
    var begin = workflowId.lastIndexOf('_', end - 1) + 1;
    return end - begin == 8 ? (Integer) HexFormat.fromHexDigits(workflowId, begin, end) : null;
  }

  /** The chunk of an iteration. */
  public static long chunkOf(long index) {
    return index / CHUNK;
  }

  /** Digits and their number first, so that text order is number order. */
  private static String rangeKey(long instanceId) {
    var digits = base62(instanceId);
    return DIGITS.charAt(digits.length()) + digits;
  }

  private static String base62(long number) {
    if (number == 0) {
      return "0";
    }
    var text = new StringBuilder();
    for (var rest = number; rest > 0; rest /= 62) {
      text.append(DIGITS.charAt((int) (rest % 62)));
    }
    return text.reverse().toString();
  }

  private static String digest(String path) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(path.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every Java to know MD5", e);
    }
  }
}
