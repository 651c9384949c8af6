package org.maestro.engine.step.runtime.secret;

/** A secret can't be handed over. Says its name and never more. */
public sealed class SecretException extends Exception {
  private SecretException(String message) {
    super(message, null, false, false);
  }

  /** It doesn't exist, or isn't for this workflow: asking again doesn't help. */
  public static final class Refused extends SecretException {
    Refused(String message) {
      super(message);
    }
  }

  /** Where it is kept doesn't answer now. */
  public static final class Away extends SecretException {
    Away(String message) {
      super(message);
    }
  }
}
