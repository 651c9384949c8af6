/** REST over definitions: turns HTTP into calls of {@link org.maestro.engine.definition}. */
@NullMarked
package org.maestro.engine.api.definition;

import org.jspecify.annotations.NullMarked;
