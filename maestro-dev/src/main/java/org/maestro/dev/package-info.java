/** See docs/architecture.md. */
@NullMarked
package org.maestro.dev;

import org.jspecify.annotations.NullMarked;
