package org.maestro.param;

/** Something that only a real run can know was asked for during a dry run. */
final class UnknownYetException extends RuntimeException {
  UnknownYetException() {
    super("known only in a run", null, false, false);
  }
}
