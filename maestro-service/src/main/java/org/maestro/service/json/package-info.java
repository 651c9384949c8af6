/** The one JSON mapper of the engine. */
@NullMarked
package org.maestro.service.json;

import org.jspecify.annotations.NullMarked;
