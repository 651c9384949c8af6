package org.maestro.engine.start;

import java.util.function.LongFunction;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.run.RunFacts;

/**
 * A start that has been checked and only has to be accepted.
 *
 * @param uuid the request id: the same one gives the same instance
 * @param factsOf what is kept of the run, given the instance id; called inside of the transaction,
 *     perhaps several times
 */
record StartOrder(ResolvedVersion version, String uuid, LongFunction<RunFacts> factsOf) {}
