/** Events that are published, and the outbox they leave through. */
@NullMarked
package org.maestro.engine.event;

import org.jspecify.annotations.NullMarked;
