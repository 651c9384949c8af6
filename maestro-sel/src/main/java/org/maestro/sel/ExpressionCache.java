package org.maestro.sel;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled expressions by their source. Safe for concurrent use. It holds at most twice its
 * capacity: what hasn't been asked for during a whole generation of new expressions is dropped.
 */
public final class ExpressionCache {
  private static final int DEFAULT_CAPACITY = 10_000;

  private final int capacity;
  private volatile ConcurrentHashMap<String, Expression> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<String, Expression> old = new ConcurrentHashMap<>();

  /** A cache for 10,000 expressions. */
  public ExpressionCache() {
    this(DEFAULT_CAPACITY);
  }

  /** A cache for so many expressions in use. */
  public ExpressionCache(int capacity) {
    this.capacity = capacity;
  }

  /**
   * The compiled expression.
   *
   * @throws SelException as {@link Expression#compile}; failures aren't remembered
   */
  public Expression get(String source) {
    var known = young.get(source);
    if (known != null) {
      return known;
    }
    var aged = old.get(source);
    var expression = aged != null ? aged : Expression.compile(source);
    if (young.size() >= capacity) {
      startGeneration();
    }
    young.put(source, expression);
    return expression;
  }

  /** How many expressions it holds now. */
  public int size() {
    return young.size() + old.size();
  }

  private synchronized void startGeneration() {
    if (young.size() >= capacity) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
