package org.maestro.engine.definition;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.WorkflowSearchStore.Walk;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets those workflows be found by a text that an engine of a release has pushed that knew nothing
 * of it, once with each start. Idempotent: engines that start together do the same.
 */
final class FindableWorkflows implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(FindableWorkflows.class);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final WorkflowSearchStore store;
  private final ThreadFactory threads;
  private volatile boolean running;

  FindableWorkflows(Transactions transactions, WorkflowSearchStore store, ThreadFactory threads) {
    this.transactions = transactions;
    this.store = store;
    this.threads = threads;
  }

  @Override
  public void start() {
    running = true;
    threads.newThread(this::makeAll).start();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void makeAll() {
    try {
      for (var after = ""; running && after != null; ) {
        after = makeSome(after);
      }
    } catch (RuntimeException e) {
      LOG.warn("Some workflows are not found by a text; the next start tries again", e);
    }
  }

  /** Does so for the next ones behind an id; answers where to go on, null at the end. */
  @Nullable String makeSome(String after) {
    var ids = store.ids(Walk.ALL, "", true, after, BATCH);
    store
        .notFindable(ids)
        .forEach(texts ->
            transactions.runIdempotent(() -> store.insertParts(texts.workflowId(), texts.parts())));
    return ids.size() < BATCH ? null : ids.getLast();
  }
}
