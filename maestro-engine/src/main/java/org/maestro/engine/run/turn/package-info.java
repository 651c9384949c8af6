/**
 * What one command does to a run: decide, keep, perform. The only place where a run in memory
 * changes.
 */
@NullMarked
package org.maestro.engine.run.turn;

import org.jspecify.annotations.NullMarked;
