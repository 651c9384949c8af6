/** Step attempts that wait for signals. */
@NullMarked
package org.maestro.signal.gate;

import org.jspecify.annotations.NullMarked;
