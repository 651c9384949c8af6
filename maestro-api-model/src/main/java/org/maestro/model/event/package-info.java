/** Timeline events and the events that are published on Kafka. */
@NullMarked
package org.maestro.model.event;

import org.jspecify.annotations.NullMarked;
