/** Start requests and restarts. */
@NullMarked
package org.maestro.model.start;

import org.jspecify.annotations.NullMarked;
