package org.maestro.engine.step.runtime.shell;

import java.time.Duration;

/** The contract, kept by processes that have a wrapper each, as where there can't be a keeper. */
class ScriptContractTest extends ShellContractTest {
  @Override
  Duration keeperIdle() {
    return Duration.ZERO;
  }
}
