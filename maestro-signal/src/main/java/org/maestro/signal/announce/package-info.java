/** Signals as they come in and are kept: validation, numbering, reading. */
@NullMarked
package org.maestro.signal.announce;

import org.jspecify.annotations.NullMarked;
