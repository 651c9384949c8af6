/** Breakpoints as REST is asked for them. */
@NullMarked
package org.maestro.model.breakpoint;

import org.jspecify.annotations.NullMarked;
