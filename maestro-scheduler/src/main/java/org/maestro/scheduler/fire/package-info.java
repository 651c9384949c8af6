/** Asks the engine for starts when triggers are due. */
@NullMarked
package org.maestro.scheduler.fire;

import org.jspecify.annotations.NullMarked;
