/** Why a run or a step does not go on, down to the leaf that waits. */
@NullMarked
package org.maestro.engine.instance.why;

import org.jspecify.annotations.NullMarked;
