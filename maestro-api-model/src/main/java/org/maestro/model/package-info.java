/** See docs/architecture.md. */
@NullMarked
package org.maestro.model;

import org.jspecify.annotations.NullMarked;
