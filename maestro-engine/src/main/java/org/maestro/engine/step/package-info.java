/** One attempt of a step: its states, its lifecycle. Pure. */
@NullMarked
package org.maestro.engine.step;

import org.jspecify.annotations.NullMarked;
