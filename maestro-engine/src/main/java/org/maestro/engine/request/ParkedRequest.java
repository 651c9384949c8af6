package org.maestro.engine.request;

/**
 * A request that could not be dealt with.
 *
 * @param key what it is about: a workflow's id
 * @param body its text as it came
 * @param reason what went wrong
 * @param createTime when it was parked, in epoch milliseconds
 */
public record ParkedRequest(String id, String key, String body, String reason, long createTime) {
  public ParkedRequest {
    // What no text column takes must not keep a request from being parked.
    key = key.replace('\0', '\uFFFD');
    body = body.replace('\0', '\uFFFD');
    reason = reason.replace('\0', '\uFFFD');
  }
}
