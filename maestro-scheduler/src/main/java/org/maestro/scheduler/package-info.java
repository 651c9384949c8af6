/** The scheduler as a process, and the wiring of its parts. */
@NullMarked
package org.maestro.scheduler;

import org.jspecify.annotations.NullMarked;
