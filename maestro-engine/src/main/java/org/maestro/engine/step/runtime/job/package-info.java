/**
 * What jobs of every kind have in common: the attempts' folders on disk and what is in them, the
 * environment, the output that a job hands back, what its end means. Calls nothing but the step
 * runtime contracts.
 */
@NullMarked
package org.maestro.engine.step.runtime.job;

import org.jspecify.annotations.NullMarked;
