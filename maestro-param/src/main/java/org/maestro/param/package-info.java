/** Merging and evaluating parameters. Pure: no database, no clock of its own. */
@NullMarked
package org.maestro.param;

import org.jspecify.annotations.NullMarked;
