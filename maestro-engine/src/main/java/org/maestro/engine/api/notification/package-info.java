/** Notifications over REST. */
@NullMarked
package org.maestro.engine.api.notification;

import org.jspecify.annotations.NullMarked;
