package org.maestro.engine.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A set of iteration numbers, kept as intervals: as large as the number of its gaps, not of its
 * members. Immutable. In JSON a list of numbers and of pairs {@code [first, last]}.
 */
public final class IndexSet {
  public static final IndexSet NONE = new IndexSet(new long[0]);

  /** First and last of each interval, in ascending order, no two of them adjacent. */
  private final long[] bounds;

  private IndexSet(long[] bounds) {
    this.bounds = bounds;
  }

  /** All numbers from {@code from} to before {@code to}. */
  public static IndexSet range(long from, long to) {
    return from >= to ? NONE : new IndexSet(new long[] {from, to - 1});
  }

  /** Of numbers and pairs, in ascending order, as {@link #intervals()} gives them. */
  @JsonCreator
  public static IndexSet of(List<?> intervals) {
    var set = NONE;
    for (var interval : intervals) {
      set =
          switch (interval) {
            case Number n -> set.with(n.longValue());
            case List<?> pair
                when pair.size() == 2
                    && pair.get(0) instanceof Number first
                    && pair.get(1) instanceof Number last ->
                set.union(range(first.longValue(), last.longValue() + 1));
            default ->
                throw new IllegalArgumentException(
                    "expected a number or a pair of numbers, found " + interval);
          };
    }
    return set;
  }

  /** Single numbers and pairs {@code [first, last]}, both inclusive. */
  @JsonValue
  public List<Object> intervals() {
    var all = new ArrayList<Object>(bounds.length / 2);
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] == bounds[i + 1]) {
        all.add(bounds[i]);
      } else {
        all.add(List.of(bounds[i], bounds[i + 1]));
      }
    }
    return all;
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  public long size() {
    var size = 0L;
    for (int i = 0; i < bounds.length; i += 2) {
      size += bounds[i + 1] - bounds[i] + 1;
    }
    return size;
  }

  /** The smallest member; -1 if there is none. */
  public long first() {
    return bounds.length == 0 ? -1 : bounds[0];
  }

  /** The smallest member that is not below {@code from}; -1 if there is none. */
  public long firstFrom(long from) {
    var i = interval(from);
    if (i < 0) {
      return -1;
    }
    return Math.max(from, bounds[i]);
  }

  /** The greatest member that is not above {@code to}; -1 if there is none. */
  public long lastUpTo(long to) {
    for (int i = bounds.length - 2; i >= 0; i -= 2) {
      if (bounds[i] <= to) {
        return Math.min(to, bounds[i + 1]);
      }
    }
    return -1;
  }

  public boolean contains(long number) {
    var i = interval(number);
    return i >= 0 && bounds[i] <= number;
  }

  /** Where the first interval begins that ends at {@code number} or later; -1 if none does. */
  private int interval(long number) {
    int low = 0;
    int high = bounds.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle * 2 + 1] < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low * 2 < bounds.length ? low * 2 : -1;
  }

  public IndexSet with(long number) {
    return contains(number) ? this : union(range(number, number + 1));
  }

  public IndexSet without(long number) {
    return contains(number) ? minus(range(number, number + 1)) : this;
  }

  public IndexSet union(IndexSet other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    var merged = new Builder(bounds.length + other.bounds.length);
    int a = 0;
    int b = 0;
    while (a < bounds.length || b < other.bounds.length) {
      if (b >= other.bounds.length || (a < bounds.length && bounds[a] <= other.bounds[b])) {
        merged.add(bounds[a], bounds[a + 1]);
        a += 2;
      } else {
        merged.add(other.bounds[b], other.bounds[b + 1]);
        b += 2;
      }
    }
    return merged.build();
  }

  public IndexSet minus(IndexSet other) {
    if (isEmpty() || other.isEmpty()) {
      return this;
    }
    var rest = new Builder(bounds.length + other.bounds.length);
    int b = 0;
    for (int a = 0; a < bounds.length; a += 2) {
      var from = bounds[a];
      var last = bounds[a + 1];
      while (b < other.bounds.length && other.bounds[b + 1] < from) {
        b += 2;
      }
      for (int c = b; c < other.bounds.length && other.bounds[c] <= last; c += 2) {
        rest.add(from, other.bounds[c] - 1);
        from = Math.max(from, other.bounds[c + 1] + 1);
      }
      rest.add(from, last);
    }
    return rest.build();
  }

  /** The members from {@code from} to before {@code to}. */
  public IndexSet within(long from, long to) {
    return minus(minus(range(from, to)));
  }

  public void forEach(LongConsumer action) {
    for (int i = 0; i < bounds.length; i += 2) {
      for (long n = bounds[i]; n <= bounds[i + 1]; n++) {
        action.accept(n);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexSet set && Arrays.equals(bounds, set.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return intervals().toString();
  }

  /** Takes intervals by ascending beginnings and joins what touches. */
  private static final class Builder {
    private final long[] bounds;
    private int size;

    Builder(int capacity) {
      bounds = new long[capacity + 2];
    }

    void add(long first, long last) {
      if (first > last) {
        return;
      }
      if (size > 0 && first <= bounds[size - 1] + 1) {
        bounds[size - 1] = Math.max(bounds[size - 1], last);
      } else {
        bounds[size++] = first;
        bounds[size++] = last;
      }
    }

    IndexSet build() {
      return size == 0 ? NONE : new IndexSet(Arrays.copyOf(bounds, size));
    }
  }
}
