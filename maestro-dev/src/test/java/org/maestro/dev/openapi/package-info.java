/**
 * The document of the API, made from the code that answers. It is made here, and not by a library
 * within the services, because it is about all three of them, because what may be left out is told
 * by {@code @Nullable}, what things mean by Javadoc and what is refused by the code alone, and
 * because nothing of it is needed when they run.
 */
@NullMarked
package org.maestro.dev.openapi;

import org.jspecify.annotations.NullMarked;
