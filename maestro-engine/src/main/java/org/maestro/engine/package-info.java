/** See docs/architecture.md. */
@NullMarked
package org.maestro.engine;

import org.jspecify.annotations.NullMarked;
