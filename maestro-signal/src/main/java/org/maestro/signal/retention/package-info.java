/** How signals, and what came of them, are forgotten. */
@NullMarked
package org.maestro.signal.retention;

import org.jspecify.annotations.NullMarked;
