/** Messages that leave after the commit they were written in. */
@NullMarked
package org.maestro.signal.outbox;

import org.jspecify.annotations.NullMarked;
