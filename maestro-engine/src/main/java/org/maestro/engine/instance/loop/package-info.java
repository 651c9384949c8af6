/** Foreach steps as they are read, and acting on many of their iterations at once. */
@NullMarked
package org.maestro.engine.instance.loop;

import org.jspecify.annotations.NullMarked;
