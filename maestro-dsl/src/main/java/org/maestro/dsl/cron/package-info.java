/** Crons: what they name, and when that is in a time zone. Knows nothing of definitions. */
@NullMarked
package org.maestro.dsl.cron;

import org.jspecify.annotations.NullMarked;
