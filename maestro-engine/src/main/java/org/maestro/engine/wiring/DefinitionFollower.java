package org.maestro.engine.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.definition.DefinitionChange;
import org.maestro.engine.definition.DefinitionEvents;
import org.maestro.engine.event.DefinitionNews;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.model.message.TriggerNews;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Publishes changes of definitions through the outbox, and lets queued instances run when a change
 * made room for them.
 */
final class DefinitionFollower implements DefinitionEvents {
  /** Whose next owner sends again what was not sent. */
  private static final int SOURCE_SHARD = 0;

  private final OutboxStore store;
  private final Supplier<String> ids;
  private final Consumer<List<OutboxStore.Message>> router;
  private final Consumer<String> admission;

  DefinitionFollower(
      OutboxStore store,
      Supplier<String> ids,
      Consumer<List<OutboxStore.Message>> router,
      Consumer<String> admission) {
    this.store = store;
    this.ids = ids;
    this.router = router;
    this.admission = admission;
  }

  /** The triggers that hold from now on: those of the active version, unless switched off. */
  private static TriggerNews triggers(DefinitionChange change) {
    var active = change.activeWorkflow();
    var properties = change.properties();
    var byTime = new ArrayList<Object>();
    var bySignal = new ArrayList<Object>();
    if (active != null && !Boolean.TRUE.equals(properties.timeTriggerDisabled())) {
      active.timeTriggers().forEach(trigger -> byTime.add(DefinitionWriter.tree(trigger)));
    }
    if (active != null && !Boolean.TRUE.equals(properties.signalTriggerDisabled())) {
      active.signalTriggers().forEach(trigger -> bySignal.add(DefinitionWriter.tree(trigger)));
    }
    return new TriggerNews(
        change.workflowId(),
        change.internalId(),
        change.revision(),
        active == null ? null : change.activeVersionId(),
        properties.owner() == null ? "" : properties.owner(),
        byTime,
        bySignal,
        change.time(),
        properties.announcers());
  }

  @Override
  public void changed(DefinitionChange change) {
    var message =
        new OutboxStore.Message(
            ids.get(),
            SOURCE_SHARD,
            null,
            Map.of("definition", DefinitionNews.of(change), "triggers", triggers(change)));
    store.keepWithin(List.of(message));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            router.accept(List.of(message));
            admission.accept(change.workflowId());
          }
        });
  }
}
