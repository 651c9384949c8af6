/** The way of committed messages to the broker, for every service that has an outbox. */
@NullMarked
package org.maestro.service.outbox;

import org.jspecify.annotations.NullMarked;
