package org.maestro.engine.definition;

import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Finishes deletions, stage by stage and batch by batch. The stage is in the workflow's row, so it
 * goes on after a restart, on any node; several nodes at once only share the work.
 */
public final class WorkflowDeletion implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WorkflowDeletion.class);
  private static final int BATCH = 200;
  private static final int WORKFLOWS = 100;

  /** Deletions that another node began and did not finish are found this late at most. */
  private static final long LOOK_EVERY_SECONDS = 60;

  private static final long INSTANCES_END_WITHIN_MILLIS = 100;

  private final Transactions transactions;
  private final DefinitionStore store;
  private final InstancePurge instances;
  private final InstantSource clock;
  private final ThreadFactory threads;
  private final Semaphore wanted = new Semaphore(1);
  private volatile Thread worker = Thread.currentThread();
  private volatile boolean running;

  WorkflowDeletion(
      Transactions transactions,
      DefinitionStore store,
      InstancePurge instances,
      InstantSource clock,
      ThreadFactory threads) {
    this.transactions = transactions;
    this.store = store;
    this.instances = instances;
    this.clock = clock;
    this.threads = threads;
  }

  /** Says that there is something to delete. */
  public void wake() {
    wanted.release();
  }

  @Override
  public void start() {
    running = true;
    worker = threads.newThread(this::loop);
    worker.start();
  }

  @Override
  public void stop() {
    running = false;
    worker.interrupt();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void loop() {
    var waitMillis = 0L;
    while (running) {
      try {
        if (wanted.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
          wanted.drainPermits();
        }
        var more = advanceAll();
        waitMillis =
            more ? INSTANCES_END_WITHIN_MILLIS : TimeUnit.SECONDS.toMillis(LOOK_EVERY_SECONDS);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("Deleting workflows failed; it will be tried again", e);
        waitMillis = TimeUnit.SECONDS.toMillis(1);
      }
    }
  }

  /**
   * Does the next batch of every deletion.
   *
   * @return whether any is left
   */
  boolean advanceAll() {
    var ids = store.deleting(WORKFLOWS);
    var left = false;
    for (var id : ids) {
      left |= !advance(id);
    }
    return left || ids.size() == WORKFLOWS;
  }

  /** Goes on with one deletion until it is done or has to wait; true if it is done. */
  private boolean advance(String workflowId) {
    for (var head = store.head(workflowId); head.isPresent(); head = store.head(workflowId)) {
      var workflow = head.get().workflow();
      var stage = workflow.deletion();
      if (stage == null) {
        return true;
      }
      var emptied =
          switch (stage) {
            case DELETING_INSTANCES -> instances.purge(workflowId, BATCH) == 0;
            case DELETING_VERSIONS -> emptied(() -> store.deleteVersions(workflowId, BATCH));
            case DELETING_PROPERTIES ->
                emptied(() -> store.deleteProperties(workflowId, workflow.propertiesTime(), BATCH));
            case DELETING_TIMELINE -> emptied(() -> store.deleteTimeline(workflowId, BATCH));
          };
      if (emptied) {
        moveOn(workflow, stage);
      } else if (stage == DeletionStage.DELETING_INSTANCES) {
        return false;
      }
    }
    return true;
  }

  private boolean emptied(BatchOfRows batch) {
    return transactions.<Integer>runIdempotent(batch::delete) == 0;
  }

  @FunctionalInterface
  private interface BatchOfRows {
    Integer delete();
  }

  private void moveOn(WorkflowRecord seen, DeletionStage stage) {
    transactions.runIdempotent(() -> {
      var now = store.head(seen.workflowId()).map(WorkflowHead::workflow);
      if (now.isEmpty()
          || now.get().internalId() != seen.internalId()
          || now.get().deletion() != stage) {
        return; // Another node has moved on already.
      }
      switch (stage) {
        case DELETING_INSTANCES -> moveTo(now.get(), DeletionStage.DELETING_VERSIONS);
        case DELETING_VERSIONS -> moveTo(now.get(), DeletionStage.DELETING_PROPERTIES);
        case DELETING_PROPERTIES -> moveTo(now.get(), DeletionStage.DELETING_TIMELINE);
        case DELETING_TIMELINE -> store.finishDeletion(now.get(), clock.millis());
      }
    });
  }

  private void moveTo(WorkflowRecord workflow, DeletionStage stage) {
    var by = workflow.deletedBy() == null ? "" : workflow.deletedBy();
    store.update(workflow.withDeletion(stage, by, clock.millis()));
  }
}
