/** Parked requests over REST. */
@NullMarked
package org.maestro.engine.api.request;

import org.jspecify.annotations.NullMarked;
