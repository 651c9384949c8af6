/** Breakpoints over REST: setting them, and letting go who stands there. */
@NullMarked
package org.maestro.engine.api.breakpoint;

import org.jspecify.annotations.NullMarked;
