/** The command {@code maestro}: its entry, and what it takes from the process around it. */
@NullMarked
package org.maestro.cli;

import org.jspecify.annotations.NullMarked;
