/** Reads what programs are asked to do. */
@NullMarked
package org.maestro.benchmark.option;

import org.jspecify.annotations.NullMarked;
