/** When time triggers tick: pure functions of triggers and moments, without clock or database. */
@NullMarked
package org.maestro.dsl.time;

import org.jspecify.annotations.NullMarked;
