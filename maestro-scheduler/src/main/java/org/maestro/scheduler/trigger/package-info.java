/** The time triggers of active versions: what the engine says of them, and what became of ticks. */
@NullMarked
package org.maestro.scheduler.trigger;

import org.jspecify.annotations.NullMarked;
