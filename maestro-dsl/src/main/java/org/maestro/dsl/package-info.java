/** See docs/architecture.md. */
@NullMarked
package org.maestro.dsl;

import org.jspecify.annotations.NullMarked;
