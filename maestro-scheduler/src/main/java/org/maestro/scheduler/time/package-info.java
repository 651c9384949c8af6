/** Which ticks fire when a trigger is due: pure functions, without clock or database. */
@NullMarked
package org.maestro.scheduler.time;

import org.jspecify.annotations.NullMarked;
