package org.maestro.model.loop;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An iteration of a loop within a loop.
 *
 * @param outerIndex number of the iteration of the outer loop, from 0
 * @param outerItems the values that it runs with, by loop param
 * @param index its number within that, from 0
 * @param items the values that it runs with, by loop param
 * @param failure what went wrong, as the failure groups name it; null if nothing did
 * @param workflowId the id of the workflow that it is an instance of
 */
public record NestedIterationView(
    long outerIndex,
    Map<String, Object> outerItems,
    long index,
    IterationStatus status,
    Map<String, Object> items,
    @Nullable String failure,
    String workflowId,
    long workflowInstanceId) {}
