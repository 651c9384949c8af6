/** What could not be read or handled, until somebody decides. */
@NullMarked
package org.maestro.signal.deadletter;

import org.jspecify.annotations.NullMarked;
