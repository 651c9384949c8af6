/** How the parts are put together, and their start and end. */
@NullMarked
package org.maestro.signal.wiring;

import org.jspecify.annotations.NullMarked;
