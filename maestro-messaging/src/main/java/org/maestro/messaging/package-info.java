/** See docs/architecture.md. */
@NullMarked
package org.maestro.messaging;

import org.jspecify.annotations.NullMarked;
