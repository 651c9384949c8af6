package org.maestro.model.deadletter;

/**
 * A message that could not be dealt with: a request, a command that no run could be given, or
 * something that the broker would not take.
 *
 * @param topic where it is sent when it is replayed
 * @param key what it is about: a workflow's id, for a request
 * @param body its text as it came
 * @param reason what went wrong
 * @param createTime when it was parked, in epoch milliseconds
 */
public record DeadLetter(
    String id, String topic, String key, String body, String reason, long createTime) {
  public DeadLetter {
    // What no text column takes must not keep a request from being parked.
    key = key.replace('\0', '\uFFFD');
    body = body.replace('\0', '\uFFFD');
    reason = reason.replace('\0', '\uFFFD');
  }
}
