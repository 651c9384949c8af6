/** The signal service: takes signals, starts workflows and wakes steps by them. */
@NullMarked
package org.maestro.signal;

import org.jspecify.annotations.NullMarked;
