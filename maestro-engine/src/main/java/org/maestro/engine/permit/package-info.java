/** Tag permits: who may run now, who waits. */
@NullMarked
package org.maestro.engine.permit;

import org.jspecify.annotations.NullMarked;
