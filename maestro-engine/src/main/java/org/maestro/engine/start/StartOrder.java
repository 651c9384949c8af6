package org.maestro.engine.start;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.run.RunFacts;
import org.maestro.param.JsonLength;

/**
 * A start that has been checked and evaluated and only has to be accepted.
 *
 * @param uuid the request id: the same one gives the same instance
 * @param facts what is kept of the run
 * @param ownCorrelation whether its correlation id follows from its number
 * @param reserved the number that it has been evaluated for; null if any will do
 */
record StartOrder(
    ResolvedVersion version,
    String uuid,
    RunFacts facts,
    boolean ownCorrelation,
    @Nullable Long reserved) {

  /** About how many characters of JSON it has. */
  long size() {
    return JsonLength.of(facts.params())
        + JsonLength.of(facts.runParams())
        + JsonLength.of(facts.stepOverrides());
  }

  /** What is kept of the run as that instance. */
  RunFacts factsOf(long instanceId) {
    return ownCorrelation
        ? facts.withCorrelation(version.workflowId() + ":" + instanceId + ":1")
        : facts;
  }
}
