/**
 * A model of what definitions mean, and a campaign that compares it with an engine: random
 * programs, random outcomes of their jobs, random actions. The model knows nothing of the engine.
 */
@NullMarked
package org.maestro.benchmark.language;

import org.jspecify.annotations.NullMarked;
