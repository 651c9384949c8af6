package org.maestro.sel;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiled expressions by their source. Safe for concurrent use. Bounded by characters of source,
 * because the size of what is kept follows from them: it holds at most twice its capacity, and
 * drops what hasn't been asked for while that many characters of other expressions were.
 */
public final class ExpressionCache {
  private static final long DEFAULT_CAPACITY = 1_000_000;

  /** Expressions asked for since the generation began. */
  private static final class Generation {
    private final ConcurrentHashMap<String, Expression> expressions = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();
  }

  private final long capacity;
  private volatile Generation young = new Generation();
  private volatile Generation old = new Generation();

  /** A cache for expressions of one million characters together. */
  public ExpressionCache() {
    this(DEFAULT_CAPACITY);
  }

  /** A cache for expressions of so many characters together. */
  public ExpressionCache(long capacity) {
    this.capacity = capacity;
  }

  /**
   * The compiled expression.
   *
   * @throws SelException as {@link Expression#compile(String)}; failures aren't remembered
   */
  public Expression get(String source) {
    var known = young.expressions.get(source);
    if (known != null) {
      return known;
    }
    var aged = old.expressions.get(source);
    return keep(source, aged != null ? aged : Expression.compile(source));
  }

  /** Characters of source it holds now. */
  public long size() {
    return young.size.get() + old.size.get();
  }

  private Expression keep(String source, Expression expression) {
    var generation = young;
    if (generation.size.get() + source.length() > capacity) {
      generation = next(generation);
    }
    var earlier = generation.expressions.putIfAbsent(source, expression);
    if (earlier == null) {
      generation.size.addAndGet(source.length());
      return expression;
    }
    return earlier;
  }

  /** Starts a new generation, unless another thread just did. */
  private synchronized Generation next(Generation full) {
    if (young == full) {
      old = young;
      young = new Generation();
    }
    return young;
  }
}
