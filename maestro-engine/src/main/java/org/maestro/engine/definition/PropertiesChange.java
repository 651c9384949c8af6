package org.maestro.engine.definition;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.tag.Tag;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** The rules of changing the properties of a workflow that exists. */
final class PropertiesChange {
  private final DefinitionStore store;
  private final AccessPolicy access;
  private final InstanceCounts instances;

  PropertiesChange(DefinitionStore store, AccessPolicy access, InstanceCounts instances) {
    this.store = store;
    this.access = access;
    this.instances = instances;
  }

  /**
   * The properties that hold after a change; the ones from before if it changes nothing.
   *
   * @param change null for none
   */
  PropertiesSnapshot changed(
      Caller caller, WorkflowHead head, @Nullable Properties change, long now) {
    var before = head.properties();
    return change == null
        ? before
        : replaced(caller, head, before.properties().changedBy(change), now);
  }

  /** As {@link #changed}, with whole new properties. */
  PropertiesSnapshot replaced(Caller caller, WorkflowHead head, Properties after, long now) {
    var before = head.properties();
    if (after.equals(before.properties())) {
      return before;
    }
    var owner = after.owner();
    if (owner != null && !owner.equals(before.owner())) {
      access.requireMayAppoint(caller, before.workflowId(), owner);
    }
    // The time is the snapshot's key, so two changes in one millisecond must differ.
    var time = Math.max(now, before.createTime() + 1);
    return new PropertiesSnapshot(before.workflowId(), time, caller.name(), after);
  }

  /**
   * Writes a snapshot if it is a new one.
   *
   * <p>To be called after the workflow's row was updated: from then on no instance can start under
   * the old properties, so the count of live ones can only fall.
   *
   * @throws ApiException 409 if its run strategy does not allow the instances that are live now
   */
  void write(PropertiesSnapshot before, PropertiesSnapshot after) {
    if (after.createTime() == before.createTime()) {
      return;
    }
    requireFits(before, after);
    store.insertProperties(after);
  }

  private void requireFits(PropertiesSnapshot before, PropertiesSnapshot after) {
    var rule = after.properties().effectiveRunStrategy().rule();
    if (rule == before.properties().effectiveRunStrategy().rule() || !isExclusive(rule)) {
      return;
    }
    var live = instances.of(after.workflowId()).nonTerminal();
    if (live > 1) {
      throw ApiException.conflict(
          "run-strategy-conflict",
          "run_strategy %s: expected at most 1 live instance, found %d; wait for them or stop them"
              .formatted(rule, live));
    }
  }

  private static boolean isExclusive(RunStrategy.Rule rule) {
    return switch (rule) {
      case FIRST_ONLY, LAST_ONLY -> true;
      case SEQUENTIAL, STRICT_SEQUENTIAL, PARALLEL, SERIAL_LATEST_ONLY -> false;
    };
  }

  /** The names of the tags by which a workflow is found. */
  static Collection<String> allTags(List<Tag> workflowTags, Properties properties) {
    var names = new TreeSet<String>();
    workflowTags.forEach(tag -> names.add(tag.name()));
    if (properties.tags() != null) {
      properties.tags().forEach(tag -> names.add(tag.name()));
    }
    return names;
  }
}
