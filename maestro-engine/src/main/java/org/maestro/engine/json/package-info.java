/** The one JSON mapper of the engine. */
@NullMarked
package org.maestro.engine.json;

import org.jspecify.annotations.NullMarked;
