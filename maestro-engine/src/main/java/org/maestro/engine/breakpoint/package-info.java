/** Breakpoints: steps that pause before they run. */
@NullMarked
package org.maestro.engine.breakpoint;

import org.jspecify.annotations.NullMarked;
