package org.maestro.client;

/** The run that was waited for had not ended when the time was over. It goes on. */
public final class StillRunningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StillRunningException(String message) {
    super(message);
  }
}
