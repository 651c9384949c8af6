/** REST routes. */
@NullMarked
package org.maestro.signal.api;

import org.jspecify.annotations.NullMarked;
