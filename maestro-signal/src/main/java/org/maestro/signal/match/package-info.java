/** How signals are compared with what is asked of them. Pure: no clock, no database. */
@NullMarked
package org.maestro.signal.match;

import org.jspecify.annotations.NullMarked;
