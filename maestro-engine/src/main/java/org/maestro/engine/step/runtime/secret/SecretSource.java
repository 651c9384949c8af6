package org.maestro.engine.step.runtime.secret;

import java.util.Optional;
import org.maestro.engine.step.runtime.secret.SecretException.Away;

/** Where the secrets of a scope are kept. For any number of threads. */
interface SecretSource {
  /**
   * The secret of that name; empty if there is none.
   *
   * @throws Away if that can't be said now
   */
  Optional<String> read(String name) throws Away;

  /** Where that is, for people, without anything secret. */
  String place(String name);
}
