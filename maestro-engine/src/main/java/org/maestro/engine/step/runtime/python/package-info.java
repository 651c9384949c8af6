/** Steps that are Python: a script, a module or a function, in an environment of its own. */
@NullMarked
package org.maestro.engine.step.runtime.python;

import org.jspecify.annotations.NullMarked;
