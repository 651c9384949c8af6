/** Messages that could not be dealt with. */
@NullMarked
package org.maestro.model.deadletter;

import org.jspecify.annotations.NullMarked;
