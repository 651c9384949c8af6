package org.maestro.model.notification;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody is told about a run, once. Times are epoch milliseconds.
 *
 * @param id of the message, which receivers know it by; the same however often it is sent
 * @param event {@code STEP_FAILURE}, {@code RUN_SUCCESS} or {@code TCT_VIOLATION}: its name among
 *     the {@code type_configs} of the alerting property
 * @param receiver {@code webhook:NAME}, {@code slack:NAME} or {@code email:ADDRESS}
 * @param dueTime when it is sent, or tried again; absent once it was sent or given up
 * @param attempts how often it was tried, or is being tried
 * @param endTime when it was sent or given up
 * @param error why the last attempt failed
 */
public record NotificationView(
    String id,
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String event,
    String receiver,
    Status status,
    @Nullable Long dueTime,
    long attempts,
    long createTime,
    @Nullable Long endTime,
    @Nullable String error) {

  /** Where it stands. */
  public enum Status {
    /** It is sent when it is due. */
    WAITING,
    /** The receiver has taken it. */
    SENT,
    /** It was given up; it can be sent again. */
    FAILED
  }
}
