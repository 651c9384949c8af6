/** See docs/architecture.md. */
@NullMarked
package org.maestro.conductor;

import org.jspecify.annotations.NullMarked;
