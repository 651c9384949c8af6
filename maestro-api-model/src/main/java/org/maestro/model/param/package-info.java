/** Parameters: their types, modes and sources, before and after evaluation. */
@NullMarked
package org.maestro.model.param;

import org.jspecify.annotations.NullMarked;
