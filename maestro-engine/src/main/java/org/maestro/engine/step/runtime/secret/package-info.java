/**
 * Secrets of jobs: definitions have their names, and nothing else has more than that. The values
 * are read where a job begins, handed over to it, and kept out of all that it leaves behind.
 */
@NullMarked
package org.maestro.engine.step.runtime.secret;

import org.jspecify.annotations.NullMarked;
