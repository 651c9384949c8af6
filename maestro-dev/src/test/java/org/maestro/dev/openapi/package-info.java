/** The document of the API, made from the code that answers. */
@NullMarked
package org.maestro.dev.openapi;

import org.jspecify.annotations.NullMarked;
