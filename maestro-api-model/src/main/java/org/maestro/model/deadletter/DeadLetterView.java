package org.maestro.model.deadletter;

/**
 * A dead letter of the signal service as clients see it.
 *
 * @param topic where it came from; for what is no message, what it is about
 * @param key of the message; for what is no message, its id
 * @param body its beginning, at most 10,000 bytes: text, or base64 if it is none
 * @param bodyEncoding {@code utf-8} or {@code base64}
 * @param createTime epoch milliseconds
 */
public record DeadLetterView(
    String id,
    DeadLetterKind kind,
    String topic,
    String key,
    String reason,
    String body,
    String bodyEncoding,
    long createTime) {}
