/**
 * Back-fills: a workflow started once per value of a range, so many at a time. Starts, restarts and
 * ends its runs like anybody else; nothing of a run depends on it.
 */
@NullMarked
package org.maestro.engine.backfill;

import org.jspecify.annotations.NullMarked;
