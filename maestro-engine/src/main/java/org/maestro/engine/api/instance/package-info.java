/** REST routes for reading runs and steps. */
@NullMarked
package org.maestro.engine.api.instance;

import org.jspecify.annotations.NullMarked;
