/** Time triggers as clients see them. */
@NullMarked
package org.maestro.model.trigger;

import org.jspecify.annotations.NullMarked;
