/** Which triggers there are, which signals they consume, and what is started by it. */
@NullMarked
package org.maestro.signal.trigger;

import org.jspecify.annotations.NullMarked;
