/**
 * Owns the decision of one run: which steps are due, which are unsatisfied, what to stop and how
 * the run ends. Netflix Conductor core is the state machine inside; nothing of it shows outside
 * this module. It stores nothing, sends nothing and reads no clock: the caller records what it is
 * told.
 */
@NullMarked
package org.maestro.conductor;

import org.jspecify.annotations.NullMarked;
