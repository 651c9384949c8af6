/** Runs: the shard loop, the advancer, the store. The only code that changes a run. */
@NullMarked
package org.maestro.engine.run;

import org.jspecify.annotations.NullMarked;
