/**
 * Where jobs run: targets by name, who may use which, how many run there at once, and which one a
 * step gets. Calls nothing but the step runtime contracts and the attempts' folders.
 */
@NullMarked
package org.maestro.engine.step.runtime.targets;

import org.jspecify.annotations.NullMarked;
