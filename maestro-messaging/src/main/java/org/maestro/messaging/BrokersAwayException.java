package org.maestro.messaging;

/** The brokers don't answer in time: nothing is known to be wrong but that. */
public final class BrokersAwayException extends IllegalStateException {
  BrokersAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
