package org.maestro.engine.permit;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The permits as seen from a node that doesn't keep the ledger: everything is asked by message, and
 * whoever wants permits waits at least for the answer.
 */
public final class RemotePermits implements Permits {
  /**
   * As many are remembered, the latest: of a run that has gone elsewhere none is asked for again.
   */
  private static final int MOST_TAKEN_BACK = 100_000;

  private final Consumer<PermitMessage> ledger;

  /**
   * How often each holder took back what it had asked for. As many answers may be under way to
   * questions that count no more, and look like the one to the question that does.
   */
  private final Map<PermitHolder, Integer> takenBack =
      Caffeine.newBuilder()
          .maximumSize(MOST_TAKEN_BACK)
          .executor(Runnable::run)
          .<PermitHolder, Integer>build()
          .asMap();

  public RemotePermits(Consumer<PermitMessage> ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean acquire(PermitHolder holder, Map<String, Long> limits) {
    if (limits.isEmpty()) {
      return true;
    }
    ledger.accept(new PermitMessage.Request(holder, limits));
    return false;
  }

  @Override
  public boolean confirm(PermitHolder holder, Map<String, Long> limits) {
    var doubted = new AtomicBoolean();
    takenBack.computeIfPresent(
        holder,
        (_, times) -> {
          doubted.set(true);
          return times > 1 ? (Integer) (times - 1) : null;
        });
    return !doubted.get() || acquire(holder, limits);
  }

  @Override
  public void restore(PermitHolder holder, Map<String, Long> limits) {
    if (!limits.isEmpty()) {
      ledger.accept(new PermitMessage.Restore(holder, limits));
    }
  }

  @Override
  public void release(PermitHolder holder) {
    takenBack.remove(holder);
    ledger.accept(new PermitMessage.Release(holder));
  }

  @Override
  public void takeBack(PermitHolder holder) {
    takenBack.merge(holder, 1, Integer::sum);
    ledger.accept(new PermitMessage.Release(holder));
  }
}
