/** Puts the step runtimes together. Nothing calls it but the application's own configuration. */
@NullMarked
package org.maestro.engine.step.runtime.wiring;

import org.jspecify.annotations.NullMarked;
