/**
 * Wiring of the run engine: its threads, clocks and ids, and what starts and stops in which order.
 */
@NullMarked
package org.maestro.engine.wiring;

import org.jspecify.annotations.NullMarked;
