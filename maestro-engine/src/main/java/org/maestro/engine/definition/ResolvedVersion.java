package org.maestro.engine.definition;

import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Workflow;

/**
 * What a start needs to know of its workflow.
 *
 * <p>It may come from a cache. It holds if, in the transaction of the start, {@code UPDATE workflow
 * SET latest_instance_id = latest_instance_id + 1 WHERE workflow_id = … AND internal_id = … AND
 * revision = …} changes a row; otherwise call {@link CompiledVersions#forget} and resolve again.
 *
 * @param pause who paused the workflow and when; null if it is not paused
 */
public record ResolvedVersion(
    String workflowId,
    long internalId,
    long revision,
    long versionId,
    Workflow workflow,
    PropertiesSnapshot properties,
    WorkflowRecord.@Nullable Signature pause) {}
