/** The way to the broker that all services of a process share. */
@NullMarked
package org.maestro.service.messaging;

import org.jspecify.annotations.NullMarked;
