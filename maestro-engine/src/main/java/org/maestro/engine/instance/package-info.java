/** Runs, steps and loops as they are read: views, why something waits, and deleting them. */
@NullMarked
package org.maestro.engine.instance;

import org.jspecify.annotations.NullMarked;
