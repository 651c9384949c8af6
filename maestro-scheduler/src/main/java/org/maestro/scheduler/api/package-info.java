/** Time triggers over REST. */
@NullMarked
package org.maestro.scheduler.api;

import org.jspecify.annotations.NullMarked;
