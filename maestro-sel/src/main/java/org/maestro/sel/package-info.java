/** See docs/architecture.md. */
@NullMarked
package org.maestro.sel;

import org.jspecify.annotations.NullMarked;
