/** How fast the expression language is, next to the same in hand-written Java. */
@NullMarked
package org.maestro.benchmark.sel;

import org.jspecify.annotations.NullMarked;
