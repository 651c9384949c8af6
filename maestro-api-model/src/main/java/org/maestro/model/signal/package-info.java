/** Signals as REST is asked for them. */
@NullMarked
package org.maestro.model.signal;

import org.jspecify.annotations.NullMarked;
