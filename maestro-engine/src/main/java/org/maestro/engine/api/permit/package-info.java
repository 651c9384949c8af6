/** Tag permits over REST. */
@NullMarked
package org.maestro.engine.api.permit;

import org.jspecify.annotations.NullMarked;
