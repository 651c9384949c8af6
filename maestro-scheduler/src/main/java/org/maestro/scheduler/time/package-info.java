/** When time triggers fire: pure functions of triggers and moments, without clock or database. */
@NullMarked
package org.maestro.scheduler.time;

import org.jspecify.annotations.NullMarked;
