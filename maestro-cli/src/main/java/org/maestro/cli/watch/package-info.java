/** Following a run: what changed, and how it is drawn. */
@NullMarked
package org.maestro.cli.watch;

import org.jspecify.annotations.NullMarked;
